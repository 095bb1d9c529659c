// npm run check: formats, lints, types, documentation; no tests. Each part is one line.
import { spawnSync } from "node:child_process";
import { failure } from "./counts.mjs";
import { engine, root } from "./setup.mjs";

engine();
const parts = [
  ["Rust format", "cargo", ["fmt", "--all", "--check"], {}],
  [
    "Rust lints",
    "cargo",
    ["clippy", "--release", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"],
    {},
  ],
  [
    "Rust documentation",
    "cargo",
    ["doc", "--release", "--locked", "--no-deps", "--document-private-items"],
    { RUSTDOCFLAGS: "-D warnings" },
  ],
  ["Rust packages", process.execPath, ["scripts/crates.mjs"], {}],
  ["TypeScript format", "node_modules/.bin/prettier", ["--check", "--log-level", "warn", "."], {}],
  ["TypeScript lints", "node_modules/.bin/eslint", ["--max-warnings", "0", "."], {}],
  ["TypeScript and Svelte", "node_modules/.bin/svelte-check", ["--fail-on-warnings"], {}],
  ["TypeScript of the workers", "node_modules/.bin/tsc", ["--noEmit", "-p", "www/worker/tsconfig.json"], {}],
];
let failed = 0;
for (const [name, command, args, env] of parts) {
  const from = performance.now();
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  const holds = done.status === 0;
  if (!holds) {
    console.log(failure({ name, why: `${done.stdout}${done.stderr}` }));
    failed += 1;
  }
  console.log(`${name}: ${holds ? "clean" : "NOT clean"}, ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
console.log(`${parts.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
