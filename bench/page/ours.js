// The engine's workloads in a worker of their own, timed there.
import init, { apart, Bench, notebook_whole, peak } from "/pkg/distill_lab_bench.js";
import { answer, timed } from "./timed.js";

await init({ module_or_path: new URL("/pkg/distill_lab_bench_bg.wasm", import.meta.url) });
const workloads = new Map();
answer(({ what, name, ms }) => {
  if (what === "peak") return { gflops: peak(1) / timed((n) => peak(n), ms) / 1e6 };
  if (what === "apart") return { gflops: apart(1) / timed((n) => apart(n), ms) / 1e6 };
  if (what === "whole") return { us: 1000 * timed((n) => Array.from({ length: n }, (_, i) => notebook_whole(i)), ms) };
  if (!workloads.has(name)) workloads.set(name, new Bench(name));
  const workload = workloads.get(name);
  const work = what === "plain" ? (n) => workload.plain_products(n) : (n) => workload.steps(n);
  return { us: 1000 * timed(work, ms), operations: workload.operations() };
});
