// What every command begins with, in plain Node.js: the toolchain and the npm packages. The build itself is wireit's; its graph
// stands in package.json. `node scripts/setup.mjs SCRIPT` runs that script of the graph when all is there.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Ends with a message for people.
 * @returns {never}
 */
export function fail(message) {
  console.error(message);
  return process.exit(1);
}

/** Runs a command quietly and returns what it printed; throws what it said where it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (done.error || done.status !== 0) {
    throw new Error(
      `${command} ${args.join(" ")} failed:\n${done.error ?? ""}${done.stdout ?? ""}${done.stderr ?? ""}`,
    );
  }
  return done.stdout ?? "";
}

/** Runs a command whose words go to standard error, so that a caller's own standard output stays its own. */
function show(command, args) {
  const env = { ...process.env, WIREIT_FAILURES: process.env.WIREIT_FAILURES ?? "continue" };
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], env });
  if (done.error || done.status !== 0)
    fail(`${command} ${args.join(" ")} failed${done.error ? `: ${done.error}` : ""}`);
}

/** Builds what has changed since it was last built: scripts of the graph in package.json. */
export function build(...scripts) {
  for (const script of scripts) show("npm", ["run", "--silent", script]);
}

/** The values of `options` (as `parseArgs` takes them) and the words between them; ends with `usage` where they are wrong. */
export function given(usage, options, allowPositionals = false) {
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals,
    });
    if (!values.help) return { ...values, positionals };
  } catch (thrown) {
    fail(`${thrown.message}\n\n${usage}`);
  }
  console.log(usage);
  return process.exit(0);
}

/** Whether node_modules holds what package-lock.json names; packages for other systems may be missing. */
function installed() {
  const [wanted, found] = ["package-lock.json", "node_modules/.package-lock.json"].map((file) =>
    existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), "utf8")).packages : {},
  );
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || (found[path] ? found[path].version === version : optional),
  );
}

function setUp() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node.js 20.19 or newer is needed; this is ${process.version}. See https://nodejs.org`);
  }
  const says = (command, ...args) => spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (says("rustup", "--version").error) fail("Rust is needed and rustup was not found. See https://rustup.rs");
  const targets = says("rustup", "target", "list", "--installed");
  // rust-toolchain.toml names version, components and target; rustup installs all of them.
  if (says("rustc", "--version").status !== 0 || !targets.stdout.includes("wasm32-unknown-unknown")) {
    show("rustup", ["toolchain", "install"]);
  }
  if (!installed()) show("npm", ["ci", "--no-audit", "--no-fund"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp();
  build(...process.argv.slice(2));
}
