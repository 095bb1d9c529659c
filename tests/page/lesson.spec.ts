import { expect, test } from "@playwright/test";
import { CHAPTERS } from "../../www/ui/lesson/chapters";

test("a chapter predicts, runs, shows live figures and checks; its link opens it", async ({ page }) => {
  // Pressed as soon as it is there, with the engine still loading: nothing of the address may be lost.
  await page.goto("/?autorun=0&seed=5");
  await page.locator('[data-do="lesson"]').click();
  await expect(page.locator("article")).toHaveAttribute("data-chapter", "1");
  await expect(page).toHaveURL(/seed=5.*lesson=1|lesson=1.*seed=5/);
  for (const { id: chapter } of CHAPTERS.slice(1)) {
    await page.goto(`/?autorun=0&lesson=${chapter}`);
    await expect(page.locator("article")).toHaveAttribute("data-chapter", chapter);
    for (const claim of await page.locator("[data-claim]").all())
      await expect(claim).toHaveText(/^[+-]?\d+\.\d+ ± \d+\.\d+/);
  }
  await page.goto("/?autorun=0&lesson=4");
  await expect(page.locator("article math").first()).toBeVisible();
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

test("a chapter's run may be a sweep, or open panels", async ({ page }) => {
  await page.goto("/?autorun=0&lesson=7");
  await page.locator('[data-do="lesson-run"]').click();
  const sweep = page.getByRole("region", { name: "Sweep: a setting's every value", exact: true });
  await expect(sweep.getByRole("columnheader", { name: /20/ })).toBeVisible();
  await expect(page).toHaveURL(/values=1/);
  await sweep.locator('[data-do="cancel-sweep"]').click();
  await expect(sweep.locator('[data-do="sweep"]')).toBeVisible();
  await page.goto("/?autorun=0&lesson=11");
  await page.locator('[data-do="next-chapter"]').click();
  await expect(page.locator("article")).toHaveAttribute("data-chapter", "12");
  await expect(page.locator("article h2")).toBeFocused();
  await expect(page.locator('[data-do="next-chapter"]')).toHaveCount(0);
  await page.locator('[data-do="lesson-run"]').click();
  await expect(page).toHaveURL(/own/);
  for (const name of ["own-data", "take"]) {
    await expect(page.locator(`[data-do="${name}"]`)).toHaveAttribute("aria-expanded", "true");
  }
});
