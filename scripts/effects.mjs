// npm run test:effects: the slow statistics. Prints the table of every figure expected of the presets.
import { spawnSync } from "node:child_process";
import { cargoCounts, failure } from "./counts.mjs";
import { packages, root } from "./setup.mjs";

packages();
const done = spawnSync("cargo", ["test", "--release", "--locked", "--test", "effects", "--", "--nocapture"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
console.log(done.stdout);
const { passed, failed, failures } = cargoCounts(done.stdout ?? "");
if (done.status !== 0 && failed === 0) failures.push({ name: "effects", why: done.stderr });
for (const one of failures) console.log(failure(one));
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(done.status ?? 1);
