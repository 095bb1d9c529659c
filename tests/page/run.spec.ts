import { expect, test } from "@playwright/test";

test("the default preset runs by itself to the end and shows three accuracies", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#scores tr")).toHaveCount(3, { timeout: 45_000 });
  await expect(page.locator("#status")).toContainText("done");
});
