// npm run profile: where a step's time goes. Chromium's profiler samples the workloads by function, callgrind counts the
// instructions of the native ones. Writes docs/profile.md and the flame picture docs/profile.svg.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as driver } from "@playwright/test";
import { chromium, FLAGS } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { benchmark, named, root } from "./setup.mjs";

const SECONDS = 1.5;
/** Steps that callgrind runs; it takes fifty times as long. */
const STEPS = { notebook: 400, digits: 60, "digits-student": 300, mnist: 6, wide: 2 };
const LEAST_SHARE = 0.01;

benchmark();
named();

/** `distill_lab::kernels::tile::across::h0123` without crate and hash. */
const plain = (name) =>
  name
    .replace(/::h[0-9a-f]{16}$/, "")
    .replace(/^.*?distill_lab(_bench|_kernels)?::/, "")
    .replace(/<.*$/, "");

async function sampled(workload) {
  const port = await serve({ "/pkg/": join(root, ".cache/named"), "/": join(root, "bench/page") }, 0);
  // Functions that the compiler takes into others cannot be told apart.
  const args = [...FLAGS, "--js-flags=--no-wasm-inlining"];
  const browser = await driver.launch({ executablePath: chromium(), args });
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
  const nodes = new Map(
    profile.nodes.map((node) => [node.id, { ...node, self: 0, name: plain(node.callFrame.functionName) }]),
  );
  profile.samples.forEach((id, i) => (nodes.get(id).self += profile.timeDeltas[i]));
  const step = [...nodes.values()].find(({ name }) => name.endsWith("Trainer::step")) ?? nodes.get(profile.nodes[0].id);
  const total = (node) => node.self + (node.children ?? []).reduce((sum, id) => sum + total(nodes.get(id)), 0);
  const shares = {};
  const walk = (node) => {
    shares[node.name] = (shares[node.name] ?? 0) + node.self / total(step);
    (node.children ?? []).forEach((id) => walk(nodes.get(id)));
  };
  walk(step);
  return { us, shares, nodes, step, total };
}

/** Instructions of a step: those of twice as many steps less those of as many, so that the start falls out. */
function counted(workload) {
  const scratch = mkdtempSync(join(tmpdir(), "distill-lab-profile-"));
  const run = (n) => {
    const file = join(scratch, String(n));
    const bin = join(root, "target/release/distill-lab-bench");
    const args = ["--tool=callgrind", `--callgrind-out-file=${file}`, bin, "steps", workload, String(n)];
    const done = spawnSync("valgrind", args, { encoding: "utf8" });
    if (done.status !== 0) return null;
    return Number(/^(?:summary|totals): (\d+)/m.exec(readFileSync(file, "utf8"))[1]);
  };
  const [once, twice] = [run(STEPS[workload]), run(2 * STEPS[workload])];
  rmSync(scratch, { recursive: true, force: true });
  return once === null || twice === null ? null : (twice - once) / STEPS[workload];
}

/** An icicle: a function's width is its time, its callees stand below it. */
function flame({ nodes, step, total }) {
  const [width, height] = [900, 18];
  const whole = total(step);
  const boxes = [];
  let deepest = 0;
  const draw = (node, x, depth) => {
    const w = (width * total(node)) / whole;
    if (w < 2) return;
    deepest = Math.max(deepest, depth);
    const label = node.name.slice(0, Math.floor(w / 6.2));
    boxes.push(
      `<g><title>${node.name}: ${((100 * total(node)) / whole).toFixed(1)} %</title>` +
        `<rect x="${x.toFixed(1)}" y="${depth * height + 26}" width="${w.toFixed(1)}" height="${height - 1}" fill="hsl(${150 + 18 * depth} 40% 78%)" stroke="#fff"/>` +
        `<text x="${(x + 3).toFixed(1)}" y="${depth * height + 39}">${label}</text></g>`,
    );
    let at = x;
    for (const child of (node.children ?? []).map((id) => nodes.get(id))) {
      draw(child, at, depth + 1);
      at += (width * total(child)) / whole;
    }
  };
  draw(step, 0, 0);
  const tall = (deepest + 1) * height + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${tall}" font-family="sans-serif" font-size="11">
<rect width="${width}" height="${tall}" fill="#fff"/>
<text x="3" y="17" font-size="13">A step of the workload digits in Chromium: width is time, below a function stand those it calls</text>
${boxes.join("\n")}
</svg>
`;
}

const rows = [];
const instructions = [];
for (const workload of Object.keys(STEPS)) {
  const profile = await sampled(workload);
  if (workload === "digits") writeFileSync(join(root, "docs/profile.svg"), flame(profile));
  const shares = Object.entries(profile.shares).toSorted(([, a], [, b]) => b - a);
  for (const [name, share] of shares) {
    if (share >= LEAST_SHARE) rows.push(`| ${workload} | \`${name}\` | ${(100 * share).toFixed(0)} % |`);
  }
  const count = counted(workload);
  instructions.push(
    `| ${workload} | ${count === null ? "valgrind is not there" : Math.round(count).toLocaleString("en")} |`,
  );
  console.log(
    `${workload}: ${profile.us.toFixed(1)} us a step, ${count === null ? "?" : Math.round(count)} instructions natively`,
  );
}
writeFileSync(
  join(root, "docs/profile.md"),
  `# Profile

Written by \`npm run profile\`. What it means: [performance.md](performance.md).

## Time of a step by function

Chromium's profiler, five samples a millisecond, own time without callees. V8's inlining is off, so that functions can be
told apart; a function stands once for each of its instances.

![Flame picture of a step](profile.svg)

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
