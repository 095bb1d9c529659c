// npm test: every test that decides whether a change may land, by cargo, Vitest and Playwright, each in its own words; then what
// failed and why, and "N passed, N failed". `npm test -- page -g WORD` runs one part of it, or less.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium, described } from "./chromium.mjs";
import { build, root } from "./setup.mjs";

/** As much of a failure's own words as is printed; `.ci/run` repeats the first lines of it. */
const MOST_CHARACTERS = 4_000;
/** Terminal colours, which runners write into their reports. */
const COLOURS = /\u001b\[[0-9;]*m/g;

const CARGO = ["test", "--release", "--locked", "--no-fail-fast"];
const SLOW = ["vitest", "run", "--config", "tests/vitest.config.ts"];
/** By name: its command, the report that it writes (else what it prints is read), how this is read, and what it needs. */
const PARTS = {
  // xtask is the build's, and compiles half of wasm-bindgen.
  rust: { command: ["cargo", ...CARGO, "--workspace", "--exclude", "xtask", "--", "--quiet"], counts: cargoCounts },
  vitest: {
    needs: ["build:engine", "build:table"],
    command: ["vitest", "run"],
    report: ".cache/vitest.json",
    counts: vitestCounts,
  },
  // The command line gives the digests that the page must give.
  page: {
    needs: ["build:all", "build:native"],
    command: ["playwright", "test"],
    report: ".cache/playwright.json",
    counts: playwrightCounts,
  },
  browsers: {
    needs: ["build:page", "build:native"],
    command: [...SLOW, "tests/browsers"],
    report: ".cache/slow.json",
    counts: vitestCounts,
  },
  exports: {
    needs: ["build:native", "setup:exports"],
    command: [...SLOW, "tests/exports"],
    report: ".cache/slow.json",
    counts: vitestCounts,
  },
  hosts: {
    needs: ["build:page", "build:native", "setup:hosts"],
    command: ["playwright", "test", "--config", "tests/hosts/playwright.config.ts"],
    report: ".cache/hosts.json",
    counts: playwrightCounts,
  },
  // Its tests are marked to be ignored by a plain `cargo test`.
  effects: { command: ["cargo", ...CARGO, "--test", "effects", "--", "--ignored", "--nocapture"], counts: cargoCounts },
  contributing: { command: ["cargo", ...CARGO, "--test", "contributing", "--", "--ignored"], counts: cargoCounts },
};

/** Sums cargo test's closing lines; what a failed test printed stands under its name. */
function cargoCounts(text) {
  const results = [...text.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)];
  const said = /^---- (.+) stdout ----\n([\s\S]*?)(?=^---- |^failures:$)/gm;
  const failures = [...text.matchAll(said)].map(([, name, why]) => ({ name, why }));
  return { passed: results.reduce((sum, [, passed]) => sum + Number(passed), 0), failures };
}

/** A file that could not be run at all is a failure of its own. */
function vitestCounts(report) {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed");
    if (status === "failed" && tests.length === 0) return [{ name, why: message }];
    return tests.map((test) => ({ name: test.fullName, why: test.failureMessages.join("\n") }));
  });
  return { passed: report.numPassedTests, failures };
}

function playwrightCounts(report) {
  const failures = report.errors.map(({ message }) => ({ name: "Playwright", why: message }));
  const walk = ({ specs = [], suites = [] }) => {
    for (const { ok, file, line, title, tests } of specs) {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      if (!ok) failures.push({ name: `${file}:${line} ${title}`, why: errors.map((e) => e.message).join("\n") });
    }
    suites.forEach(walk);
  };
  report.suites.forEach(walk);
  return { passed: report.stats.expected + report.stats.flaky, failures };
}

/** Runs a command and shows what it prints; resolves to that and to how it ended. */
function shown([command, ...args], env) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.on("data", (data) => {
        output += data;
        to.write(data);
      });
    }
    child.on("error", (error) => done({ code: 1, output: String(error) }));
    child.on("close", (code) => done({ code, output }));
  });
}

const args = process.argv.slice(2);
const known = args.findIndex((arg) => !Object.hasOwn(PARTS, arg));
const named = known < 0 ? args : args.slice(0, known);
const names = named.length > 0 ? named : ["rust", "vitest", "page"];
// What follows the names is for the last one's runner, such as `-g WORD`.
PARTS[names.at(-1)].command.push(...args.slice(named.length));

const env = { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}` };
build(...new Set(names.flatMap((name) => PARTS[name].needs ?? [])));
if (names.some((name) => !PARTS[name].command.includes("cargo"))) {
  env.CHROME_PATH = chromium();
  console.log(described(env.CHROME_PATH));
}

let passed = 0;
const failures = [];
for (const name of names) {
  const { command, report, counts } = PARTS[name];
  const file = report && join(root, report);
  if (file) rmSync(file, { force: true });
  const { code, output } = await shown(command, env);
  const read = file ? existsSync(file) && JSON.parse(readFileSync(file, "utf8")) : output.replace(COLOURS, "");
  const counted = read ? counts(read) : { passed: 0, failures: [] };
  // A part that ends badly has failed, whatever it counted; so has one that ran nothing.
  if (counted.failures.length === 0 && (code !== 0 || counted.passed === 0)) {
    counted.failures.push({ name: command.join(" "), why: `exit code ${code}\n${output.slice(-2_000)}` });
  }
  passed += counted.passed;
  failures.push(...counted.failures);
}
for (const { name, why } of failures) {
  const lines = String(why).replace(COLOURS, "").trim().slice(0, MOST_CHARACTERS).split("\n");
  console.log([`FAILS  ${name}`, ...lines.map((line) => `       ${line}`.trimEnd())].join("\n"));
}
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
