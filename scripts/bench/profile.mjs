// npm run profile: where a step's time goes. Chromium's profiler samples the workloads by function, callgrind counts the
// instructions of the native ones. Writes docs/profile.md; .cache/profile/*.cpuprofile open in DevTools as flame charts.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../chromium.mjs";
import { serve } from "../serve.mjs";
import { build, root } from "../setup.mjs";

const SECONDS = 1.5;
/** Steps that callgrind runs; it takes fifty times as long. */
const STEPS = { notebook: 400, digits: 60, "digits-student": 300, mnist: 6, wide: 2 };
const LEAST_SHARE = 0.01;
const folder = join(root, ".cache/profile");

build("build:named", "build:bench-native");
mkdirSync(folder, { recursive: true });
const port = await serve({ "/pkg/": join(root, ".cache/named"), "/": join(root, "bench/page") }, 0);

/** `distill_lab::kernels::tile::across::h0123` without crate and hash. */
const plain = (name) =>
  name
    .replace(/::h[0-9a-f]{16}$/, "")
    .replace(/^.*?distill_lab(_bench|_kernels)?::/, "")
    .replace(/<.*$/, "");

/** Microseconds a step, and each function's share of a step's samples. */
async function sampled(workload) {
  // Functions that the compiler takes into others cannot be told apart.
  const browser = await launch("--js-flags=--no-wasm-inlining");
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/index.html`);
  const us = await page.evaluate(async (name) => {
    const { default: init, Bench } = await import("/pkg/distill_lab_bench.js");
    await init({ module_or_path: "/pkg/distill_lab_bench_bg.wasm" });
    window.bench = new Bench(name);
    const { timed } = await import("/timed.js");
    return 1000 * timed((n) => window.bench.steps(n), 300);
  }, workload);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Profiler.enable");
  await cdp.send("Profiler.setSamplingInterval", { interval: 200 });
  await cdp.send("Profiler.start");
  await page.evaluate((n) => window.bench.steps(n), Math.ceil((SECONDS * 1e6) / us));
  const { profile } = await cdp.send("Profiler.stop");
  await browser.close();
  writeFileSync(join(folder, `${workload}.cpuprofile`), JSON.stringify(profile));

  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const own = new Map();
  profile.samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + profile.timeDeltas[i]));
  const step = profile.nodes.find(({ callFrame }) => plain(callFrame.functionName).endsWith("Trainer::step"));
  const times = {};
  const walk = ({ id, callFrame, children = [] }) => {
    const name = plain(callFrame.functionName);
    times[name] = (times[name] ?? 0) + (own.get(id) ?? 0);
    children.forEach((child) => walk(nodes.get(child)));
  };
  walk(step ?? profile.nodes[0]);
  const whole = Object.values(times).reduce((sum, time) => sum + time, 0);
  return { us, shares: Object.entries(times).map(([name, time]) => [name, time / whole]) };
}

/** Instructions of a step: those of twice as many steps less those of as many, so that the start falls out. */
function counted(workload) {
  const bin = join(root, "target/release/distill-lab-bench");
  const [once, twice] = [STEPS[workload], 2 * STEPS[workload]].map((steps) => {
    const file = join(folder, "callgrind.out");
    rmSync(file, { force: true });
    const args = ["--tool=callgrind", `--callgrind-out-file=${file}`, bin, "steps", workload, String(steps)];
    if (spawnSync("valgrind", args).status !== 0) return NaN;
    return Number(/^(?:summary|totals): (\d+)/m.exec(readFileSync(file, "utf8"))[1]);
  });
  const each = (twice - once) / STEPS[workload];
  return Number.isNaN(each) ? "valgrind is not there" : Math.round(each).toLocaleString("en");
}

const rows = [];
const instructions = [];
for (const workload of Object.keys(STEPS)) {
  const { us, shares } = await sampled(workload);
  for (const [name, share] of shares.toSorted(([, a], [, b]) => b - a)) {
    if (share >= LEAST_SHARE) rows.push(`| ${workload} | \`${name}\` | ${(100 * share).toFixed(0)} % |`);
  }
  const count = counted(workload);
  instructions.push(`| ${workload} | ${count} |`);
  console.log(`${workload}: ${us.toFixed(1)} us a step; instructions natively: ${count}`);
}
writeFileSync(
  join(root, "docs/profile.md"),
  `# Profile

Written by \`npm run profile\`. What it means: [performance.md](performance.md).

## Time of a step by function

Chromium's profiler, five samples a millisecond, own time without callees. V8's inlining is off, so that functions can be
told apart; a function stands once for each of its instances. \`.cache/profile/digits.cpuprofile\` opens in DevTools
(Performance, Load profile) as a flame chart.

| workload | function | share |
| --- | --- | --- |
${rows.join("\n")}

## Instructions of a step, natively

Counted by callgrind, which knows vectors of up to eight lanes (AVX2) and so sees that code.

| workload | instructions |
| --- | --- |
${instructions.join("\n")}
`,
);
process.exit(0);
