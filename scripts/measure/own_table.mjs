// A large table, read on the page: how long it takes, and the longest task of the page's thread meanwhile, until the first
// training step.
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Writes a table of five classes, the same at every call. */
function writeTable(file, rows, columns) {
  const out = openSync(file, "w");
  let state = 1;
  const draw = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  writeSync(out, `${Array.from({ length: columns }, (_, i) => `f${i}`).join(",")},label\n`);
  for (let row = 0; row < rows; row++) {
    const label = row % 5;
    const fields = Array.from({ length: columns }, (_, i) => ((i % 5 === label ? 1 : 0) + draw()).toFixed(5));
    writeSync(out, `${fields.join(",")},${label}\n`);
  }
  closeSync(out);
}

/** Figures by name. */
export async function measureTable(browser, port, rows, columns) {
  const folder = mkdtempSync(join(tmpdir(), "distill-lab-"));
  const file = join(folder, "large.csv");
  writeTable(file, rows, columns);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/?autorun=0&view=own-data`);
  await page.evaluate(() => window.distillLab.ready);
  await page.locator('[data-do="table-file"]').waitFor();
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ type: "longtask" });
    window.distillLab.on("progress", () => (window.firstStep ??= performance.now()));
  });
  const timed = async (work) => {
    const from = performance.now();
    await work();
    return performance.now() - from;
  };
  const read = await timed(async () => {
    await page.locator('[data-do="table-file"]').setInputFiles(file);
    await page.locator('[data-state="read"]').waitFor({ timeout: 300_000 });
  });
  const reading = await page.evaluate(() => window.longest);
  const used = await timed(async () => {
    await page.locator('[data-do="table-use"]').click();
    await page.waitForFunction(() => window.firstStep !== undefined, null, { timeout: 120_000 });
  });
  const task = (ms) => (ms === 0 ? "under 50 ms" : `${ms.toFixed(0)} ms`);
  const figures = {
    table: `${rows} x ${columns}, ${(statSync(file).size / 1e6).toFixed(0)} MB`,
    "read and checked, s": (read / 1000).toFixed(1),
    "longest task of the page while it is read": task(reading),
    "from Use to the first training step, s": (used / 1000).toFixed(1),
    "longest task of all": task(await page.evaluate(() => window.longest)),
  };
  await page.close();
  rmSync(folder, { recursive: true });
  return figures;
}
