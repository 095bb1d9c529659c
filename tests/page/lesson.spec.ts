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
  await expect(page.locator("[data-outcome]")).toContainText(
    /You said: nothing\. This run, seed 1: alone ([\d.]+ %), distilled \1\./,
  );
  await page.getByRole("radio", { name: /shrinks/ }).check();
  await expect(page.locator("fieldset [role=status]")).toContainText("Yes.");
  // Of a run that the chapter did not make nothing is said but that.
  await page.evaluate(async () => {
    await window.distillLab.configure({ distillation: { temperature: 4 } });
    await window.distillLab.run();
  });
  await expect(page.locator("[data-outcome]")).toHaveText(
    "You said: nothing. The run on the bench has other settings.",
  );
});

test("a chapter of many seeds is answered by all of them", async ({ page }) => {
  await page.goto("/?autorun=0&lesson=10");
  await page.locator('[data-do="lesson-run"]').click();
  const outcome = page.locator("[data-outcome]");
  await expect(outcome).toHaveText(
    /^12 seeds \(1–12\): teacher [\d.]+ ± [\d.]+ %, alone [\d.]+ ± [\d.]+ %, distilled [\d.]+ ± [\d.]+ %; distilled: .* points/,
  );
  await expect(outcome).toHaveAttribute("aria-busy", "false");
});

test("a press on a paired difference compares the two settings, and gives the figure that the text has", async ({
  page,
}) => {
  await page.goto("/?autorun=0&lesson=7");
  const claim = page.locator('[data-claim="fifty-digits/T = 20 minus T = 4"]');
  await expect(claim).toHaveText(/^\+\d\.\d ± \d\.\d points$/);
  const said = ((await claim.textContent()) ?? "").replace(" points", "");
  await claim.click();
  await expect(page.locator("article [role=note]")).toContainText("--a distillation.temperature=20");
  await expect(page.locator("[data-found]")).toContainText("A against B");
  await expect(page.locator("[data-versus-verdict=a]")).toContainText("12 of 12 seeds");
  const found = await page.evaluate(() =>
    window.distillLab.compare({
      a: { preset: "fifty-digits", distillation: { temperature: 20 } },
      b: { preset: "fifty-digits", distillation: { temperature: 4 } },
      seeds: 12,
    }),
  );
  const { mean, ci95 } = found.difference;
  expect(`+${(100 * mean).toFixed(1)} ± ${(100 * (ci95 ?? 0)).toFixed(1)}`).toBe(said);
});

test("a press on a figure says where it is from and what one seed gives beside it; the bench stays in sight", async ({
  page,
}) => {
  await page.goto("/?autorun=0&lesson=1");
  const claim = page.locator('[data-claim="fifty-digits/gain at T = 20"]');
  await claim.focus();
  await page.keyboard.press("Enter");
  await expect(claim).toHaveAttribute("aria-expanded", "true");
  const note = page.locator("article [role=note]");
  await expect(note).toContainText(
    "+11.6 ± 1.7 points: mean and 95 % interval over 12 seeds (1–12). This engine must give it again, to the digit",
  );
  await expect(note).toContainText("npm run test:effects");
  await expect(note).toContainText(
    "cargo run --release -- run fifty-digits --seeds 1..13 --set distillation.temperature=20",
  );
  const gain = page.locator("[data-found]");
  await expect(gain).toContainText("That is one seed; the claim is a mean over 12.");
  const result = await page.evaluate(() => window.distillLab.run());
  const points = 100 * (result.student_distilled.accuracy - result.student_alone.accuracy);
  await expect(gain).toContainText(`seed 1: +${points.toFixed(1)} points.`);
  await expect(gain).toContainText(/from\s+\+5\.\d\s+to\s+\+17\.\d points: this one lies within\./);
  // To the end of the lesson, with what it talks about beside it.
  await page.locator('[data-do="next-chapter"]').scrollIntoViewIfNeeded();
  await expect(page.locator("header h1")).not.toBeInViewport();
  for (const part of [
    page.locator('.bench [data-do="run"]'),
    page.locator(".bench .plot"),
    page.getByText("Refine", { exact: true }),
  ])
    await expect(part).toBeInViewport({ ratio: 1 });
  // What of it is below is reached within it.
  const read = await page.evaluate(() => scrollY);
  await page.locator("#h-set").scrollIntoViewIfNeeded();
  await expect(page.locator("#h-set")).toBeInViewport();
  expect(await page.evaluate(() => scrollY)).toBe(read);
  await claim.focus();
  await page.keyboard.press("Escape");
  await expect(note).toHaveCount(0);
});

test("a chapter's run may be a sweep, or open panels", async ({ page }) => {
  await page.goto("/?autorun=0&lesson=7");
  await page.locator('[data-do="lesson-run"]').click();
  const sweep = page.getByRole("region", { name: "Sweep: a setting's every value", exact: true });
  await expect(sweep.getByRole("columnheader", { name: /20/ })).toBeVisible();
  await expect(page).toHaveURL(/values=1/);
  await expect(page.locator("[data-outcome]")).toContainText(/of 12 seeds.*The sweep panel has every figure\.$/);
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
