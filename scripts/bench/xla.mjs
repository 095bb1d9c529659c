// XLA's native code through JAX, where Python has it: one thread, in an environment of its own under .cache.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { root, run } from "../setup.mjs";

/** Microseconds of each round by workload; null, with a line that says so, where JAX cannot be had. */
export function xla(python, rounds) {
  const own = join(root, ".cache/jax");
  const bin = join(own, "bin/python");
  if (!existsSync(bin)) {
    const made = spawnSync(python, ["-m", "venv", own], { encoding: "utf8" });
    const got =
      made.status === 0 && spawnSync(join(own, "bin/pip"), ["install", "-q", "jax==0.10.2"], { encoding: "utf8" });
    if (!got || got.status !== 0) {
      console.error(`XLA is not measured: ${made.error ?? made.stderr}${got ? got.stderr : ""}`);
      return null;
    }
  }
  return JSON.parse(
    run("taskset", ["-c", "0", bin, "tests/bench_peers/xla.py", String(rounds)])
      .trim()
      .split("\n")
      .at(-1),
  );
}
