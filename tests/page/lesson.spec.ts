import { expect, test } from "@playwright/test";

test("a chapter predicts, runs, shows live figures and checks; its link opens it", async ({ page }) => {
  // Pressed as soon as it is there, with the engine still loading: nothing of the address may be lost.
  await page.goto("/?autorun=0&seed=5");
  await page.locator('[data-do="lesson"]').click();
  await expect(page.locator("article")).toHaveAttribute("data-chapter", "1");
  await expect(page).toHaveURL(/seed=5.*lesson=1|lesson=1.*seed=5/);
  for (const chapter of ["2", "3", "4", "5", "6", "10"]) {
    await page.goto(`/?autorun=0&lesson=${chapter}`);
    await expect(page.locator("article")).toHaveAttribute("data-chapter", chapter);
    for (const claim of await page.locator("[data-claim]").all())
      await expect(claim).toHaveText(/^[+-]?\d+\.\d+ ± \d+\.\d+/);
  }
  await expect(page.locator("article math").first()).toBeVisible();
  await page.goto("/?autorun=0&lesson=4");
  await page.getByRole("radio", { name: "nothing", exact: true }).check();
  await page.locator('[data-do="lesson-run"]').click();
  // With alpha = 0 both students are the same network.
  await expect(page.locator(".run [role=status]")).toContainText(
    /You said: nothing\. This run: alone ([\d.]+ %), distilled \1\./,
    { timeout: 45_000 },
  );
  await page.getByRole("radio", { name: /shrinks/ }).check();
  await expect(page.locator("fieldset [role=status]")).toContainText("Yes.");
});
