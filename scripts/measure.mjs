// npm run measure: what the built page costs and how free it stays, in Chromium. Figures for the README.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium as driver } from "@playwright/test";
import { given } from "./arguments.mjs";
import { chromium, FLAGS } from "./chromium.mjs";
import { median, whenDone } from "./measured/common.mjs";
import { BARS, measureFrames, table } from "./measured/frames.mjs";
import { LIVE_WORKER, measureLive } from "./measured/live.mjs";
import { measureSweep } from "./measured/sweep.mjs";
import { serve } from "./serve.mjs";
import { fail, root, site } from "./setup.mjs";

const USAGE = `npm run measure -- [--json] [--panels [VIEW...]]
  --json    prints the figures alone
  --panels  every panel, or those named, with a run going in it: frames, long tasks and layout shifts; ends non-zero above the bars`;

const {
  json,
  panels,
  positionals: views,
} = given(USAGE, { json: { type: "boolean" }, panels: { type: "boolean" } }, true);
if (views.length > 0 && !panels) fail(`got ${views.join(" ")}; views are named after --panels\n\n${USAGE}`);

site();
const ROUNDS = 5;
const size = (file) =>
  brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const bytes = { wasm: 0, js: 0, css: 0 };
for (const file of readdirSync(join(root, "dist/assets"))) {
  const kind = file.split(".").at(-1);
  if (kind in bytes) bytes[kind] += size(join(root, "dist/assets", file));
}

const port = await serve({ "/pkg/": join(root, "pkg"), "/": join(root, "dist") }, 0, (request, response) => {
  if (request.url !== "/live.js") return false;
  response.writeHead(200, { "content-type": "text/javascript" }).end(LIVE_WORKER);
  return true;
});
if (panels) {
  const browser = await driver.launch({ executablePath: chromium(), args: FLAGS });
  const rows = await measureFrames(browser, port, ROUNDS, views.length > 0 ? views : null);
  await browser.close();
  console.log(json ? JSON.stringify({ bars: BARS, rows }) : table(rows));
  process.exit(rows.every((row) => row.holds) ? 0 : 1);
}
const rounds = [];
for (let i = 0; i < ROUNDS; i++) {
  const browser = await driver.launch({ executablePath: chromium(), args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.addInitScript(() => {
    window.seen = { long: [], point: 0 };
    new PerformanceObserver((list) =>
      window.seen.long.push(...list.getEntries().map((e) => [e.startTime, e.duration])),
    ).observe({ type: "longtask", buffered: true });
    const wait = setInterval(() => {
      if (!window.distillLab) return;
      clearInterval(wait);
      window.distillLab.on("progress", () => {
        window.seen.point ||= performance.now();
      });
    }, 1);
  });
  await page.goto(`http://127.0.0.1:${port}/?seed=${i}`);
  await whenDone(page);
  // A long training flat out, with clicks in the middle of it.
  const during = await page.evaluate(async () => {
    await window.distillLab.configure({ student: { steps: 20_000 } });
    const from = performance.now();
    const run = window.distillLab.run();
    const clicks = [];
    for (let k = 0; k < 10; k++) {
      await new Promise((done) => setTimeout(done, 150));
      const at = performance.now();
      const box = document.querySelector(".head input[type=checkbox]:not(:disabled)");
      box.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      clicks.push(performance.now() - at);
    }
    await run;
    const tasks = window.seen.long.filter(([start]) => start >= from);
    return {
      tasks: tasks.map(([start, d]) => [start - from, d].map(Math.round)),
      ran: performance.now() - from,
      longest: Math.max(0, ...tasks.map(([, d]) => d)),
      click: Math.max(...clicks),
    };
  });
  const share = Number(/(\d+) %/.exec(await page.locator('.transport [role="status"]').textContent())?.[1]);
  // From the call to the worker's own word that it has stopped, or has taken its step, in the middle of a training.
  const acts = await page.evaluate(async () => {
    const lab = window.distillLab;
    const told = (state) =>
      new Promise((done) => {
        const off = lab.on("status", (s) => {
          if (s.state === state) {
            off();
            done();
          }
        });
      });
    const took = [];
    const run = lab.run();
    for (let k = 0; k < 10; k++) {
      await new Promise((done) => setTimeout(done, 20 + 7 * k));
      for (const [act, state] of [
        ["pause", "paused"],
        ["resume", "running"],
      ]) {
        const at = performance.now();
        const heard = told(state);
        lab[act]();
        await heard;
        took.push(performance.now() - at);
      }
    }
    run.catch(() => {});
    const at = performance.now();
    const heard = told("idle");
    lab.reset();
    await heard;
    took.push(performance.now() - at);
    return Math.max(...took);
  });
  const first = await page.evaluate(() => ({
    picture: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    point: window.seen.point,
  }));
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  rounds.push({ acts, ...first, ...during, share, loaded });
  await browser.close();
}
const browser = await driver.launch({ executablePath: chromium(), args: FLAGS });
const sweeps = await measureSweep(browser, port, ROUNDS);
const live = await measureLive(browser, port, ROUNDS);
const steps = await measureLive(browser, port, ROUNDS, "steps");
await browser.close();
const figures = {
  "first picture, ms": median(rounds.map((r) => r.picture)),
  "first training point, ms": median(rounds.map((r) => r.point)),
  "longest task while training, ms (worst round)": Math.max(...rounds.map((r) => r.longest)),
  "slowest click while training, ms (worst round)": Math.max(...rounds.map((r) => r.click)),
  "slowest pause, resume or reset, ms (worst round)": Math.max(...rounds.map((r) => r.acts)),
  "share of the worker's time in the engine, %": median(rounds.map((r) => r.share)),
  ...sweeps,
  ...live,
  ...steps,
  "wasm, bytes in brotli": bytes.wasm,
  "JS, bytes in brotli (all of it)": bytes.js,
  "CSS, bytes in brotli": bytes.css,
  "single file, bytes in brotli": size(join(root, "dist/distill-lab.html")),
  "element, bytes in brotli": size(join(root, "dist/distill-lab.js")),
};
if (json) console.log(JSON.stringify({ figures, rounds }));
else
  for (const [name, value] of Object.entries(figures))
    console.log(`${name}: ${typeof value === "string" ? value : value < 10 ? value.toFixed(2) : Math.round(value)}`);
process.exit(0);
