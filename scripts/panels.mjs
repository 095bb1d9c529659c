// npm run measure:panels: twenty panels on one page: workers, memory of the renderers, and what is left when they are removed. Ends
// non-zero above the bars.
import { readFileSync } from "node:fs";
import { chromium as playwright } from "@playwright/test";
import { chromium, FLAGS } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { fail, root, site } from "./setup.mjs";

const PANELS = 20;
const BAR_MB = 400;

site();
const body = Array.from(
  { length: PANELS },
  (_, i) => `<distill-lab id="p${i}" preset="fifty-digits" view="curves" autorun="1"></distill-lab>`,
).join("");
const port = await serve(`${root}/dist`, 0, (request, response) => {
  if (request.url !== "/host.html") return false;
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><title>host</title><script type="module" src="./distill-lab.js"></script>${body}`);
  return true;
});
const browser = await playwright.launch({ executablePath: chromium(), args: FLAGS });
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
const system = await browser.newBrowserCDPSession();

/** Proportional set size of all renderers, in megabytes: shared pages count once. */
async function memory() {
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1] ?? 0));
  return sizes.reduce((sum, kb) => sum + kb, 0) / 1024;
}
const collect = async () => {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
};
const told = (when, mb) => console.log(`${when}: ${page.workers().length} workers, ${mb.toFixed(0)} MB in renderers`);

/** Waits until `holds`, looking every tenth of a second. */
async function until(holds) {
  while (!(await holds())) await page.waitForTimeout(100);
}

await page.goto(`http://127.0.0.1:${port}/host.html`);
await page.evaluate(() => {
  window.most = 0;
  let before = performance.now();
  const frame = (now) => {
    window.most = Math.max(window.most, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
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
const longest = await page.evaluate(() => window.most);
await until(() => page.workers().length <= 3);
told(`all ${PANELS} have run, those out of sight asleep`, await memory());
console.log(
  `most while scrolling: ${peak.toFixed(0)} MB (bar: ${BAR_MB}), longest frame of the host ${longest.toFixed(0)} ms`,
);
await page.evaluate(() => document.querySelectorAll("distill-lab").forEach((panel) => panel.remove()));
await until(() => page.workers().length === 0);
await collect();
const left = await memory();
told("all removed", left);
await browser.close();
if (peak > BAR_MB) fail(`${peak.toFixed(0)} MB; allowed: at most ${BAR_MB}`);
process.exit(0);
