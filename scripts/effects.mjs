// npm run test:effects: the slow statistics. Prints the table of every figure expected of the presets.
import { spawnSync } from "node:child_process";
import { cargoCounts } from "./counts.mjs";
import { packages, root } from "./setup.mjs";

packages();
const done = spawnSync("cargo", ["test", "--release", "--locked", "--test", "effects", "--", "--nocapture"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
console.log(done.stdout);
if (done.status !== 0) console.error(done.stderr);
const { passed, failed } = cargoCounts(done.stdout ?? "");
console.log(`${passed} passed, ${failed || (done.status === 0 ? 0 : 1)} failed`);
process.exit(done.status ?? 1);
