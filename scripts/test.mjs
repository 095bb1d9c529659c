// npm test: every test that decides whether a change may land. One line for each part; the last line sums them up.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "./chromium.mjs";
import { cargoCounts, failure, playwrightCounts, vitestCounts } from "./counts.mjs";
import { library } from "./library.mjs";
import { root, run, site } from "./setup.mjs";

site();
library();
const browser = chromium();
run("cargo", ["build", "--quiet", "--release", "--locked"]);

const total = { passed: 0, failed: 0 };

/** Runs one part; `count` reads its counts from what it printed. */
function part(name, command, args, count) {
  const from = performance.now();
  const env = { ...process.env, CHROME_PATH: browser };
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8", env, maxBuffer: 1 << 28 });
  const output = `${done.stdout ?? ""}${done.stderr ?? ""}`;
  let counts;
  try {
    counts = count(output);
  } catch (error) {
    counts = { passed: 0, failed: 1, failures: [{ name, why: `${error}\n${output.slice(-1_000)}` }] };
  }
  // A part that ends badly has failed, whatever it counted; so has one that ran nothing.
  if (counts.failed === 0 && (done.status !== 0 || counts.passed === 0)) {
    counts.failed = 1;
    counts.failures = [{ name, why: output.slice(-1_000) }];
  }
  total.passed += counts.passed;
  total.failed += counts.failed;
  for (const one of counts.failures) console.log(failure(one));
  for (const { name: test, why } of counts.unsteady ?? []) {
    console.log(`held at the second try: ${test}\n       ${why.trim().split("\n").slice(0, 6).join("\n       ")}`);
  }
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${name}: ${counts.passed} of ${counts.passed + counts.failed} tests hold, ${seconds} s`);
}

/** Counts from a JSON report that the runner writes to a file. */
function reported(name, counts) {
  const file = join(root, ".cache", name);
  rmSync(file, { force: true });
  return { file, count: () => counts(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined) };
}

const rust = ["test", "--release", "--locked", "--no-fail-fast"];
const integration = [
  "kernels",
  "golden",
  "gradients",
  "config",
  "experiment",
  "worlds",
  "steps",
  "sweep",
  "table",
  "cli",
].flatMap((name) => (existsSync(join(root, `tests/${name}.rs`)) ? ["--test", name] : []));
part("Rust, library and integration", "cargo", [...rust, "--lib", ...integration], cargoCounts);
part("Rust, kernels", "cargo", [...rust, "--lib", "-p", "distill-lab-kernels"], cargoCounts);
part("Rust, reader of tables", "cargo", [...rust, "-p", "distill-lab-table"], cargoCounts);
part("Rust, examples in the documentation", "cargo", [...rust, "--doc"], cargoCounts);
const vitest = reported("vitest.json", vitestCounts);
part(
  "TypeScript and wasm",
  "node_modules/.bin/vitest",
  ["run", "--reporter=json", `--outputFile=${vitest.file}`],
  vitest.count,
);
// The command line gives the digests that the page must give.
spawnSync("cargo", ["build", "--release", "--locked"], { cwd: root, stdio: "ignore" });
const pages = reported("playwright.json", playwrightCounts);
process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = pages.file;
part("The page in Chromium", "node_modules/.bin/playwright", ["test", "--reporter=json"], pages.count);

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
