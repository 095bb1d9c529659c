// How freely each panel moves while a long training runs in it: frames, long tasks, and what jumps while it fills.
import { quantile } from "./common.mjs";

/** Watched for this long, after the first point has come. */
const WATCHED_MS = 5_000;
const BROWSER_SETTLES_MS = 2_000;
/** Frames at 60 a second; a task that is felt; shifts that round to nothing (a number that takes a dash's place). */
export const BARS = { frame: 20, task: 50, shift: 0.005 };
const LONG = JSON.stringify({ student: { steps: 100_000 } });
/** Data that a panel needs. */
const PRESETS = { boundary: "spirals" };

/** The whole page, with every panel open that can be. */
const WHOLE = "(page)";
const ALL_OPEN = { takeover: 1, take: 1, kept: 1, pairs: 1, steps: 1, draw: 1 };

/** The views that the page has, read off what it says of one that it has not. */
async function views(page, port) {
  await page.goto(`http://127.0.0.1:${port}/?view=none&autorun=0`);
  const text = await page.getByText(/allowed: one of/).textContent();
  return [WHOLE, .../allowed: one of ([a-z, -]+)/.exec(text)[1].trim().split(", ")];
}

/** One visit: the panel opens, its run begins by itself and is watched. */
async function visit(browser, port, view) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.seen = { long: [], shift: 0 };
    new PerformanceObserver((list) => window.seen.long.push(...list.getEntries().map((e) => e.duration))).observe({
      type: "longtask",
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  // A new window's own pages (its address bar is one) are built beside ours in the first second.
  await page.waitForTimeout(BROWSER_SETTLES_MS);
  const shown = view === WHOLE ? ALL_OPEN : { view };
  const query = new URLSearchParams({ ...shown, preset: PRESETS[view] ?? "fifty-digits", c: LONG });
  await page.goto(`http://127.0.0.1:${port}/?${query}`);
  const seen = await page.evaluate(async (watched) => {
    const lab = window.distillLab;
    await lab.ready;
    await new Promise((done) => {
      const off = lab.on("progress", () => {
        off();
        done();
      });
    });
    // A drawing, where one can be made, is answered again as the models learn.
    document.querySelector("form [data-do=load]")?.click();
    window.seen.long = [];
    const frames = [];
    await new Promise((done) => {
      const until = performance.now() + watched;
      let before = performance.now();
      const next = (now) => {
        frames.push(now - before);
        before = now;
        if (now < until) requestAnimationFrame(next);
        else done();
      };
      requestAnimationFrame((now) => {
        before = now;
        requestAnimationFrame(next);
      });
    });
    return { frames, long: window.seen.long };
  }, WATCHED_MS);
  // Whether a run that ends, with all its figures, makes anything jump.
  await page.evaluate(async () => {
    await window.distillLab.configure({ student: { steps: 300 } });
    await window.distillLab.run();
    await new Promise((done) => setTimeout(done, 300));
  });
  const shift = await page.evaluate(() => window.seen.shift);
  await context.close();
  return { frame: quantile(seen.frames, 0.95), task: Math.max(0, ...seen.long), shift };
}

/**
 * A row for each view, of the best of `rounds` visits: other work on the machine makes frames late but never early. `only`:
 * some views. Each row says whether it is within the bars.
 */
export async function measureFrames(browser, port, rounds, only = null) {
  const page = await browser.newPage();
  const all = await views(page, port);
  await page.close();
  const rows = [];
  for (const view of all.filter((name) => only === null || only.includes(name))) {
    const visits = [];
    // No more visits than are needed to show that it can be held.
    for (let i = 0; i < rounds; i++) {
      visits.push(await visit(browser, port, view));
      if (holds(best(visits))) break;
    }
    rows.push({ view, visits: visits.length, ...best(visits), holds: holds(best(visits)) });
  }
  return rows;
}

function best(visits) {
  // Shifts do not depend on the machine's load alone: the worst counts.
  const least = (key) => Math.min(...visits.map((visit) => visit[key]));
  return { frame: least("frame"), task: least("task"), shift: Math.max(...visits.map((visit) => visit.shift)) };
}
const holds = (row) => row.frame <= BARS.frame && row.task <= BARS.task && row.shift < BARS.shift;

export function table(rows) {
  const cell = (value, width) => String(value).padStart(width);
  const lines = [`${"view".padEnd(14)} frame p95, ms  longest task, ms  layout shift  visits`];
  for (const { view, frame, task, shift, visits, holds } of rows) {
    lines.push(
      `${view.padEnd(14)} ${cell(frame.toFixed(1), 13)} ${cell(task === 0 ? "none" : Math.round(task), 17)} ${cell(shift.toFixed(4), 13)} ${cell(visits, 7)}${holds ? "" : "  over the bar"}`,
    );
  }
  return lines.join("\n");
}
