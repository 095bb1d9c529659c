// Set-up shared by every command: checks prerequisites, installs what is missing, builds what has changed.
// One line for each step that did something; silent where nothing was to do. Needs no package.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withPolicy } from "./policy.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamps = join(root, ".cache");

/** Ends with a message for people. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a command quietly; on failure prints what it said and ends. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (done.error || done.status !== 0) {
    fail(`${command} ${args.join(" ")} failed:\n${done.error ?? ""}${done.stdout ?? ""}${done.stderr ?? ""}`);
  }
  return done.stdout ?? "";
}

function files(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => files(join(path, name)));
}

function hash(inputs) {
  const sum = createHash("sha256");
  for (const file of inputs.flatMap(files)) sum.update(file).update(readFileSync(join(root, file)));
  return sum.digest("hex");
}

/** Does `work` unless `inputs` are as they were when it was last done and `outputs` are there. */
export function step(name, inputs, outputs, work) {
  const stamp = join(stamps, name.replaceAll(" ", "-"));
  const now = hash(inputs);
  const fresh =
    existsSync(stamp) && readFileSync(stamp, "utf8") === now && outputs.every((o) => existsSync(join(root, o)));
  if (fresh) return;
  const from = performance.now();
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, now);
  console.log(`${name}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
}

function prerequisites() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node.js 20.19 or newer is needed; this is ${process.version}. See https://nodejs.org`);
  }
  const rustc = spawnSync("rustc", ["--version"], { cwd: root, encoding: "utf8" });
  if (rustc.error || rustc.status !== 0) {
    fail(
      `Rust is needed and rustc was not found (or its toolchain is missing). Install rustup: https://rustup.rs\n${rustc.stderr ?? ""}`,
    );
  }
  const version = /rustc (\d+)\.(\d+)/.exec(rustc.stdout);
  if (version && Number(version[1]) === 1 && Number(version[2]) < 95) {
    fail(`Rust 1.95 or newer is needed; this is ${rustc.stdout.trim()}. Run: rustup update stable`);
  }
}

/** npm packages. */
export function packages() {
  prerequisites();
  step("npm packages", ["package-lock.json"], ["node_modules/vite"], () =>
    run("npm", ["ci", "--no-audit", "--no-fund"]),
  );
}

const SOURCES = ["src", "kernels", "build.rs", "data/digits.csv", "Cargo.toml", "Cargo.lock", "xtask"];
const FEATURES = [
  "--enable-simd",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-reference-types",
  "--enable-multivalue",
];

/** A package of the workspace as a module for the browser: cargo, wasm-bindgen, wasm-opt. */
function wasm(name, cratename, out, inputs, ...more) {
  const file = `${out}/${cratename.replaceAll("-", "_")}_bg.wasm`;
  const beside = cratename === "distill-lab" ? [`${out}/digits.bin`] : [];
  step(name, inputs, [file, ...beside], () => {
    const installed = spawnSync("rustup", ["target", "list", "--installed"], { cwd: root, encoding: "utf8" });
    if (!installed.error && !installed.stdout.includes("wasm32-unknown-unknown")) {
      run("rustup", ["target", "add", "wasm32-unknown-unknown"]);
    }
    run("cargo", ["run", "--quiet", "--locked", "-p", "xtask", "--", "wasm", out, cratename]);
    // Rust lays its stack first, so that no value has an address below 1024 and constants may move into the loads.
    run("node_modules/.bin/wasm-opt", [
      "-O3",
      "--one-caller-inline-max-function-size=20",
      // A second round: what the first one uncovers is worth half a kilobyte.
      "-O3",
      "--low-memory-unused",
      "--reorder-functions",
      ...more,
      ...FEATURES,
      file,
      "-o",
      file,
    ]);
  });
}

/** The engine for the browser, in pkg/. */
export function engine() {
  packages();
  wasm("engine (wasm)", "distill-lab", "pkg", SOURCES);
}

/** The reader of tables of one's own, a module of its own: the page loads it when a table is given. */
export function table() {
  packages();
  wasm("table reader (wasm)", "distill-lab-table", "pkg/table", ["table", "Cargo.lock", "xtask"]);
}

/** The workloads with the names of their functions, for the profiler. */
export function named() {
  packages();
  wasm("workloads with names (wasm)", "distill-lab-bench", ".cache/named", [...SOURCES, "bench"], "--debuginfo");
}

/** The engine's workloads, for the bench: the same code in a module of its own, so that the page carries none of it. */
export function benchmark() {
  packages();
  wasm("workloads (wasm)", "distill-lab-bench", ".cache/bench", [...SOURCES, "bench"]);
  step("workloads (native)", [...SOURCES, "bench"], ["target/release/distill-lab-bench"], () =>
    run("cargo", ["build", "--release", "--quiet", "--locked", "-p", "distill-lab-bench"]),
  );
}

/** The built site, in dist/. */
export function site() {
  engine();
  table();
  const inputs = [
    "www",
    "src/export/templates",
    "index.html",
    "vite.config.ts",
    "svelte.config.js",
    "package-lock.json",
    "pkg",
    "scripts",
  ];
  step(
    "site",
    [...inputs, "vite.single.config.ts", "vite.element.config.ts"],
    ["dist/index.html", "dist/distill-lab.html", "dist/distill-lab.js", "dist/distill-lab.d.ts"],
    () => {
      const vite = (...more) => run("node_modules/.bin/vite", ["build", "--logLevel", "warn", ...more]);
      // The page last: the list of what makes a version of the site holds the other two.
      vite("--config", "vite.single.config.ts");
      vite("--config", "vite.element.config.ts");
      const single = readFileSync(join(root, ".cache/single/index.html"), "utf8");
      writeFileSync(join(root, ".cache/single/distill-lab.html"), withPolicy(single));
      vite();
      copyFileSync(join(root, ".cache/single/distill-lab.html"), join(root, "dist/distill-lab.html"));
      copyFileSync(join(root, ".cache/element/distill-lab.js"), join(root, "dist/distill-lab.js"));
      // Its types, from the same source.
      run("node_modules/.bin/tsc", ["-p", "www/embed/tsconfig.json"]);
      writeFileSync(join(root, "dist/distill-lab.d.ts"), 'export * from "./types/embed/element.js";\n');
    },
  );
}
