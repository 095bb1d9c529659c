/** Space is kept before content comes, and after it has gone. */
import { expect, type Page, test } from "@playwright/test";
import { bringLetters } from "./letters";

const QUICK = encodeURIComponent(JSON.stringify({ teacher: { steps: 100 }, student: { steps: 100 } }));
/** As `npm run measure -- --panels` has it. */
const MOST_SHIFT = 0.005;

declare global {
  interface Window {
    shifts: number;
  }
}

test.beforeEach(({ page }) => bringLetters(page));

async function done(page: Page): Promise<void> {
  await page.goto(`/?c=${QUICK}`);
  await expect(page.getByText(/^Done/)).toBeVisible();
}

test("nothing moves below when the experiments' names come, however wide the window", async ({ page }) => {
  await page.addInitScript(() => {
    window.shifts = 0;
    const add = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries()) window.shifts += (entry as PerformanceEntry & { value: number }).value;
    };
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  });
  for (const width of [640, 800]) {
    await page.setViewportSize({ width, height: 740 });
    await done(page);
    expect(await page.evaluate(() => window.shifts)).toBeLessThan(MOST_SHIFT);
  }
});

test("Reset takes the figures away and leaves their room", async ({ page }) => {
  await done(page);
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  await page.locator('[data-do="reset"]').click();
  await expect(page.getByText(/^Done/)).toHaveCount(0);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await height()).toBe(before);
});
