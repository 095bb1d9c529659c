// npm run bench: how fast the engine is in Chromium's worker and natively, as shares of the four-lane peak of the same run.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { writeReport } from "./bench/report.mjs";
import { xla } from "./bench/xla.mjs";
import { launch } from "./chromium.mjs";
import { median, quantile } from "./measure/common.mjs";
import { serve } from "./serve.mjs";
import { build, fail, given, root } from "./setup.mjs";

const USAGE = `npm run bench -- [--json FILE] [--rounds N] [--guard] [--peers]
  --json    the file that the figures go to; beside docs/benchmarks.json its table and its plot are written too
  --rounds  how often each workload is measured, 1 to 1000 times (default: 7)
  --guard   also asks that a step stays faster than the plain loops by a wide margin
  --peers   also measures TensorFlow.js between the engine's own rounds, and XLA natively; npm run bench:peers is this`;

const {
  json: file,
  peers,
  guard,
  rounds: asked,
} = given(USAGE, {
  json: { type: "string" },
  rounds: { type: "string", default: "7" },
  guard: { type: "boolean" },
  peers: { type: "boolean" },
});
const rounds = Number(asked);
if (file === "") fail('--json: got ""; allowed: a file to write to');
if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000)
  fail(`--rounds: got ${JSON.stringify(asked)}; allowed: a whole number from 1 to 1000`);
const MS = 150;
const TFJS = "tests/bench_peers";

build("build:bench", "build:bench-native", ...(peers ? ["setup:peers"] : []));
/** Everything measured, by engine and workload: a list of microseconds, one for each round. */
const samples = new Map();
const note = (engine, workload, us) => {
  const key = `${engine} ${workload}`;
  if (!samples.has(key)) samples.set(key, []);
  samples.get(key).push(us);
};
const operations = {};
const peaks = { chromium: [], native: [], apart: [] };

const port = await serve(
  { "/pkg/": ".cache/bench", "/peers/": `${TFJS}/node_modules`, "/peer/": TFJS, "/": "bench/page" },
  0,
);
const browser = await launch();
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${port}/index.html`);
await page.evaluate(() => {
  const workers = new Map();
  window.ask = async (script, question) => {
    if (!workers.has(script)) {
      const worker = new Worker(script, { type: script.startsWith("/peer/") ? "classic" : "module" });
      workers.set(script, worker);
      await new Promise((done, failed) => {
        worker.onmessage = done;
        worker.onerror = (e) => failed(new Error(`${script}: ${e.message}`));
      });
    }
    const worker = workers.get(script);
    return new Promise((done, failed) => {
      worker.onmessage = ({ data }) => (data.error ? failed(new Error(data.error)) : done(data));
      worker.postMessage({ id: 1, ...question });
    });
  };
});
const ask = (script, question) => page.evaluate(([s, q]) => window.ask(s, q), [script, question]);
const names = ["notebook", "digits", "digits-student", "mnist", "wide"];
// TensorFlow.js' slowest steps take a second: fewer rounds of them, and `wide` not at all.
const peerRounds = Math.min(rounds, 3);
for (let round = -1; round < rounds; round++) {
  const keep = round >= 0; // the first round is for compilers and caches
  const { gflops } = await ask("/ours.js", { what: "peak", ms: MS });
  if (keep) peaks.chromium.push(gflops);
  const apart = await ask("/ours.js", { what: "apart", ms: MS });
  if (keep) peaks.apart.push(apart.gflops);
  for (const name of names) {
    const { us, operations: count } = await ask("/ours.js", { what: "steps", name, ms: MS });
    operations[name] = count;
    if (keep) note("distill-lab (Chromium)", name, us);
    if (keep && round < peerRounds) {
      const plain = await ask("/ours.js", { what: "plain", name, ms: MS });
      note("plain loops (Chromium)", name, plain.us);
    }
    if (peers && round < peerRounds && name !== "wide") {
      for (const backend of ["wasm", "cpu"]) {
        const peer = await ask(`/peer/tfjs_${backend}.js`, { name, ms: MS });
        if (keep) note(`TensorFlow.js ${backend} (Chromium)`, name, peer.us);
      }
    }
  }
  const whole = await ask("/ours.js", { what: "whole", ms: MS });
  if (keep) note("distill-lab (Chromium)", "notebook-whole", whole.us);
}
const version = browser.version();
await browser.close();

const native = JSON.parse(
  execFileSync("target/release/distill-lab-bench", [String(rounds)], { cwd: root, encoding: "utf8" }),
);
peaks.native = native.peaks;
for (const row of native.rows) row.us.forEach((us) => note("distill-lab (native)", row.workload, us));
native.notebook_whole_ms.forEach((ms) => note("distill-lab (native)", "notebook-whole", 1000 * ms));
if (peers) {
  const python = process.env.XLA_PYTHON ?? "python3";
  for (const [name, values] of Object.entries(xla(python, rounds) ?? {}))
    values.forEach((us) => note("XLA (native)", name, us));
}

const peak = {
  chromium: median(peaks.chromium),
  native: median(peaks.native),
  apart: median(peaks.apart),
};
const rows = [...samples].map(([key, values]) => {
  const workload = key.slice(key.lastIndexOf(" ") + 1);
  const engine = key.slice(0, key.lastIndexOf(" "));
  const us = median(values);
  const count = operations[workload];
  const gflops = count === undefined ? null : count / us / 1000;
  return {
    workload,
    engine,
    us_per_step: us,
    quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
    rounds: values.length,
    ...(workload === "notebook-whole" && { ms: us / 1000 }),
    gflops,
    of_peak: gflops === null ? null : gflops / (engine.includes("native") ? peak.native : peak.chromium),
  };
});
const report = {
  machine: {
    processor: cpus()[0]?.model,
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    system: process.platform,
    chromium: version,
    node: process.version,
  },
  peak_gflops: peak.chromium,
  peak_gflops_native: peak.native,
  peak_gflops_apart: peak.apart,
  rows,
};
const ours = (workload, place) =>
  rows.find((r) => r.workload === workload && r.engine === `distill-lab (${place})`)?.us_per_step;
console.log(
  `four-lane peak: ${peak.chromium.toFixed(1)} GFLOP/s in Chromium's worker (${peak.apart.toFixed(1)} where no addition waits for a multiplication), ${peak.native.toFixed(1)} natively`,
);
for (const row of rows) {
  const place = row.engine.includes("native") ? "native" : "Chromium";
  const ratio = row.us_per_step / ours(row.workload, place);
  console.log(
    `${row.workload.padEnd(15)} ${row.engine.padEnd(30)} ${row.us_per_step.toFixed(1).padStart(10)} us` +
      (row.of_peak === null ? "" : `  ${(100 * row.of_peak).toFixed(0).padStart(4)} % of peak`) +
      (row.engine.startsWith("distill-lab") ? "" : `  ${ratio.toFixed(2)} x our time`),
  );
}
if (file) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
if (file?.endsWith("docs/benchmarks.json")) writeReport(report);
if (guard) {
  // Two thirds of what was measured when the guard was set: a kernel that has lost its tiles does not reach it.
  const least = { notebook: 7, digits: 10, mnist: 13 };
  let failed = 0;
  for (const [name, times] of Object.entries(least)) {
    const plain = rows.find((r) => r.workload === name && r.engine.startsWith("plain")).us_per_step;
    const ratio = plain / ours(name, "Chromium");
    if (ratio < times) failed += 1;
    const holds = ratio < times ? "FAILS" : "holds";
    console.log(`${holds}  ${name}: ${ratio.toFixed(1)} x as fast as the plain loops; at least ${times} x is asked`);
  }
  console.log(`${Object.keys(least).length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
process.exit(0);
