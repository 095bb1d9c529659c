/** The language of the page, and the browser's own. */
import { expect, test } from "@playwright/test";

test("a browser whose language is no language starts the page all the same", async ({ page }) => {
  // What WebKitGTK says under the locale C.UTF-8.
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "language", { configurable: true, get: () => "C" }),
  );
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.locator(".uplot")).toBeVisible();
});
