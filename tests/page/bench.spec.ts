/** What the bench says of its figures: whose they are, and that they can be reckoned with. */
import { expect, type Page, test } from "@playwright/test";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150}}');
const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
};
const chosen = (page: Page) => page.locator(".preset select option:checked");

test("figures stay with the settings that made them: a verdict, a run's scores, a preset's title", async ({ page }) => {
  await open(page, `/?preset=notebook-repaired&autorun=0`);
  await expect(chosen(page)).toHaveText("The notebook, repaired");
  await expect(page.locator("[data-one-run]")).toContainText(/One run, seed\s+3\. Another seed gives other figures\./);
  await page.evaluate(() => window.distillLab.run());
  await page.locator('[data-do="repeat-here"]').click();
  const verdict = page.locator("[data-verdict]");
  await expect(verdict).toContainText("12 seeds (1–12): ");
  await expect(verdict).toHaveAttribute("data-verdict", /./);
  await expect(page.locator("[data-one-run]")).toContainText("12 seeds (1–12): ");
  // Another seed is the same experiment, and its scores stay to be seen while the next run is made.
  await page.evaluate(() => window.distillLab.configure({ seed: 5 }));
  await expect(verdict).toHaveAttribute("data-verdict", /./);
  await expect(page.locator('[data-model="teacher"] .accuracy')).toHaveText(/\d/);
  await expect(chosen(page)).toHaveText("The notebook, repaired");
  // Any other setting makes another one.
  await page.evaluate(() => window.distillLab.configure({ distillation: { temperature: 7 } }));
  const scoreboard = page.getByRole("region", { name: "Scoreboard" });
  await expect(scoreboard).toContainText(
    "The repeat was made with other settings: distillation.temperature 5 (here 7)",
  );
  await expect(scoreboard).not.toContainText("±");
  await expect(verdict).toHaveCount(0);
  await expect(page.locator("[data-one-run]")).not.toContainText("12 seeds");
  await expect(page.locator('[data-model="teacher"] .accuracy')).toHaveText("–");
  await expect(chosen(page)).toHaveText("The notebook, repaired (changed)");
  await expect(page.locator(".why")).toHaveText(
    "No longer as this preset has it: distillation.temperature 7 (there 5).",
  );
});

test("a sample that there is not changes nothing, and the range is said", async ({ page }) => {
  await open(page, `/?autorun=0&image=5&loss-image=7`);
  for (const [name, shown, last] of [
    ["Soft targets", "5", 796],
    ["The student's loss on one image", "7", 49],
  ] as const) {
    const panel = page.getByRole("region", { name, exact: true });
    const box = panel.getByLabel("Image", { exact: true });
    for (const typed of ["900", "-1", "1.5", ""]) {
      await box.fill(typed);
      await box.blur();
      await expect(box).toHaveValue(shown);
      await expect(panel.getByRole("alert")).toContainText(`allowed: 0 – ${last}`);
    }
    await box.fill(String(last));
    await box.blur();
    await expect(box).toHaveValue(String(last));
    await expect(panel.getByRole("alert")).toHaveCount(0);
  }
});

test("the loss adds up as printed, in the page's figures, and fits 320 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 500 });
  for (const lang of ["en", "de"]) {
    await open(page, `/?view=loss&lang=${lang}&autorun=0&c=${SMALL}`);
    await page.evaluate(() => window.distillLab.run());
    const line = page.locator("[data-loss]");
    for (const alpha of ["0.9", "0.37", "0.05"]) {
      await page.getByRole("slider", { name: /alpha/ }).fill(alpha);
      const number = (x: string) => Number(lang === "de" ? x.replace(",", ".") : x);
      await expect(line).toContainText(
        ` = ${Number(alpha)
          .toFixed(2)
          .replace(".", lang === "de" ? "," : ".")} · 400 · `,
      );
      const [sum = "", ...rest] = (await line.innerText()).split(/ [=·+] /);
      const [a, t2, kl, b, ce] = rest.map(number);
      const digits = sum.split(/[.,]/)[1]?.length ?? 0;
      expect(digits).toBeGreaterThanOrEqual(4);
      expect((a! * t2! * kl! + b! * ce!).toFixed(digits)).toBe(number(sum).toFixed(digits));
      const terms = (await page.locator("tbody td:nth-child(2)").allInnerTexts()).map(number);
      expect((terms[0]! + terms[1]!).toFixed(digits)).toBe(number(sum).toFixed(digits));
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth), lang).toBeLessThanOrEqual(320);
  }
  // Another method has another soft term: T² and KL are not in its loss.
  await open(page, `/?view=loss&autorun=0&method=logit_matching&c=${SMALL}`);
  await page.evaluate(() => window.distillLab.run());
  await expect(page.locator("[data-loss]")).toHaveText(/^\d+\.\d+ [=≈] \d+\.\d+ \+ \d+\.\d+$/);
  await expect(page.getByRole("region")).not.toContainText("T² · KL");
});
