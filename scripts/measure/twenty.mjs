// Twenty panels on one page: workers, memory of the renderers, frames while it is scrolled, and what is left when one of them or
// all are removed.
import { readFileSync } from "node:fs";
import { fail } from "../setup.mjs";
import { quantile } from "./common.mjs";

const PANELS = 20;
const BAR_MB = 400;
/** Up and down, so often; the best counts, since other work on the machine makes frames late and never early. */
const PASSES = 6;
const SPEED = 2_000; // pixels a second
const BAR_FRAME_MS = 20;

/** The page that holds them, served as /host.html beside the built element. */
export const HOST = `<!doctype html><title>host</title><script type="module" src="./distill-lab.js"></script>${Array.from(
  { length: PANELS },
  (_, i) => `<distill-lab id="p${i}" preset="fifty-digits" view="curves" autorun="1"></distill-lab>`,
).join("")}`;

/** Prints the figures; whether they are within the bars. */
export async function measureTwenty(browser, port) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const system = await browser.newBrowserCDPSession();

  /** The window's own frame, its address bar, is a page too, with a renderer that has nothing of ours. */
  const isWindow = (id) => readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--top-chrome-webui");

  /** Proportional set size of all renderers of pages, in megabytes: shared memory counts once. */
  async function memory() {
    const { processInfo } = await system.send("SystemInfo.getProcessInfo");
    const sizes = processInfo
      .filter(({ type, id }) => type === "renderer" && !isWindow(id))
      .map(({ id }) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1] ?? 0));
    return sizes.reduce((sum, kb) => sum + kb, 0) / 1024;
  }
  const collect = async () => {
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
  };
  async function told(when) {
    const mb = await memory();
    console.log(`${when}: ${page.workers().length} workers, ${mb.toFixed(0)} MB in renderers`);
    return mb;
  }

  /** Waits until `holds`, looking every tenth of a second; ends if it never does. */
  async function until(holds) {
    const from = performance.now();
    while (!(await holds())) {
      if (performance.now() - from > 60_000) fail(`There are still ${page.workers().length} workers after a minute`);
      await page.waitForTimeout(100);
    }
  }

  /** Panels of which a part is in sight. */
  const inSight = () =>
    page.evaluate(
      () =>
        [...document.querySelectorAll("distill-lab")].filter((panel) => {
          const { top, bottom } = panel.getBoundingClientRect();
          return bottom > 0 && top < innerHeight;
        }).length,
    );
  /** Waits until those out of sight have given their workers away. */
  const asleep = () => until(async () => page.workers().length <= (await inSight()));

  /** Scrolls from one end of the page to the other as a wheel does; the host's frames meanwhile, in milliseconds. */
  async function scrolled(down) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.evaluate(() => {
      window.frames_ms = [];
      let before = performance.now();
      window.watching = true;
      requestAnimationFrame(function frame(now) {
        window.frames_ms.push(now - before);
        before = now;
        if (window.watching) requestAnimationFrame(frame);
      });
    });
    const session = await page.context().newCDPSession(page);
    // In the margin, beside the panels: it is the page that is scrolled.
    const distance = down ? -height : height;
    await session.send("Input.synthesizeScrollGesture", { x: 3, y: 300, yDistance: distance, speed: SPEED });
    await session.detach();
    return page.evaluate(() => {
      window.watching = false;
      return window.frames_ms.slice(1);
    });
  }

  await page.goto(`http://127.0.0.1:${port}/host.html`);
  let peak = 0;
  for (let i = 0; i < PANELS; i++) {
    const done = page.evaluate(
      (id) =>
        new Promise((next) =>
          document.getElementById(id).addEventListener("distill-lab-result", next, { once: true }),
        ).then(() => 0),
      `p${i}`,
    );
    const text = page.frameLocator(`#p${i} iframe`).locator(".status");
    await page.locator(`#p${i}`).scrollIntoViewIfNeeded();
    await Promise.race([done, text.filter({ hasText: "Done" }).waitFor({ timeout: 60_000 })]);
    done.catch(() => 0);
    peak = Math.max(peak, await memory());
  }
  await asleep();
  await told(`all ${PANELS} have run, those out of sight asleep`);

  const passes = [];
  for (let i = 0; i < PASSES; i++) {
    const frames = await scrolled(i % 2 === 1);
    peak = Math.max(peak, await memory());
    passes.push({ p95: quantile(frames, 0.95), longest: Math.max(...frames), frames: frames.length });
  }
  for (const { p95, longest, frames } of passes)
    console.log(
      `scrolled through: ${frames} frames, 95th percentile ${p95.toFixed(1)} ms, longest ${longest.toFixed(0)} ms`,
    );
  const smooth = Math.min(...passes.map(({ p95 }) => p95));
  console.log(
    `most memory meanwhile: ${peak.toFixed(0)} MB (bar: ${BAR_MB}); 95th percentile of frames ${smooth.toFixed(1)} ms (bar: ${BAR_FRAME_MS})`,
  );

  // One that is seen, and so has a worker, with the others as they are.
  await asleep();
  await until(() => page.workers().length > 0);
  await collect();
  const [workers, before] = [page.workers().length, await told("before one is removed")];
  await page.evaluate(() => {
    const seen = [...document.querySelectorAll("distill-lab")].find(
      (panel) => panel.getBoundingClientRect().bottom > 100,
    );
    // The page keeps its length: no other panel comes into sight.
    const place = document.createElement("div");
    place.style.height = `${seen.offsetHeight}px`;
    seen.replaceWith(place);
  });
  await until(() => page.workers().length === workers - 1);
  await collect();
  const one = before - (await told("one of those in sight removed"));
  await page.evaluate(() => document.querySelectorAll("distill-lab").forEach((panel) => panel.remove()));
  await until(() => page.workers().length === 0);
  await collect();
  await told("all removed");
  const broken = [
    peak > BAR_MB && `${peak.toFixed(0)} MB; allowed: at most ${BAR_MB}`,
    smooth > BAR_FRAME_MS && `frames of ${smooth.toFixed(1)} ms while scrolling; allowed: at most ${BAR_FRAME_MS}`,
    one <= 0 && `a removed panel gave back ${one.toFixed(1)} MB`,
  ].filter(Boolean);
  for (const sentence of broken) console.error(sentence);
  await page.close();
  return broken.length === 0;
}
