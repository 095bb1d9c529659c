/** What figures prove, as the page says it: which points are alike, what they were chosen on, what an interval covers, how much was tried. */
import { expect, type Page, test } from "@playwright/test";

const config = (more: object = {}): string =>
  encodeURIComponent(JSON.stringify({ teacher: { steps: 60 }, student: { steps: 120 }, ...more }));

const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
};
const said = (page: Page) => page.locator("[data-best-said]");
const tried = (page: Page) => page.locator("[data-tried]");
async function sweep(page: Page): Promise<void> {
  const start = page.locator('[data-do="sweep"]');
  await start.click();
  await expect(page.locator("[data-seeds]")).toContainText(" of ");
  await expect(start).toBeVisible();
}

test("a sweep of one value says that there is nothing to compare it with", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=3&values=4&c=${config()}`);
  await sweep(page);
  await expect(said(page)).toHaveText("T 4 is the only point: there is nothing to compare it with.");
});

test("the list of equal points names Holm, and what the points were chosen on", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=3&values=8,8.001&c=${config()}`);
  await sweep(page);
  await expect(said(page)).toContainText(/cannot be told apart from T 8(\.001)? \(Holm, all pairs\)\./);
  await expect(said(page)).toContainText(
    "Chosen by accuracy on validation samples, reported on the test set. The teacher saw the validation samples",
  );
  await expect(page.locator("[data-validation] td").first()).toHaveText(/^\d+\.\d ± \d+\.\d$/);
  const found = await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.temperature", values: [8, 8.001], seeds: 3 }),
  );
  expect(found.chosen_on).toBe("validation");
  const [leader, other] = [found.best?.leader ?? 0, 1 - (found.best?.leader ?? 0)];
  const score = (i: number) => found.points[i]?.summary.student_distilled.validation_accuracy?.mean ?? Number.NaN;
  expect(score(leader)).toBeGreaterThanOrEqual(score(other));
  expect(found.best?.alike).toEqual([other]);
  // One comparison needs no correction.
  expect(found.best?.behind[other]?.adjusted).toBe(found.best?.behind[other]?.p);
});

test("samples held out for choosing were seen by no model, and where there are none the test set is named", async ({
  page,
}) => {
  await open(page, `/?view=sweep&autorun=0&seeds=3&values=8,9&c=${config({ data: { validation: 100 } })}`);
  await sweep(page);
  await expect(said(page)).toContainText("reported on the test set.");
  await expect(said(page)).not.toContainText("The teacher saw");
  await open(page, `/?view=sweep&autorun=0&seeds=3&values=8,9&c=${config({ transfer: { size: 900 } })}`);
  await sweep(page);
  await expect(said(page)).toContainText("Chosen on the test set itself: some point has no validation samples");
  await expect(page.locator("[data-validation] td").first()).toHaveText("–");
});

test("a map's best cell is chosen in the same way, and so it is said", async ({ page }) => {
  const over = "over=distillation.temperature,distillation.alpha&values=1,20;0,1";
  await open(page, `/?view=sweep&autorun=0&seeds=3&lang=de&${over}&c=${config()}`);
  await page.locator('[data-do="sweep"]').click();
  await expect(said(page)).toContainText("Gewählt nach der Genauigkeit auf Validierungsbeispielen");
  await expect(said(page)).toContainText("auf der Testmenge");
});

test("settings are counted over sweeps and runs, once each, and a reload goes on counting", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=2&values=4,8&c=${config()}`);
  await expect(tried(page)).toHaveText("");
  await sweep(page);
  await expect(tried(page)).toHaveText(
    "Settings tried on the test set in this session: 2. The best of many looks better there than it will on new samples.",
  );
  await page.evaluate(() => window.distillLab.run());
  await expect(tried(page)).toHaveAttribute("data-tried", "3");
  // The same settings under another seed are no further ones.
  await page.evaluate(async () => {
    await window.distillLab.configure({ seed: 9 });
    await window.distillLab.run();
  });
  await sweep(page);
  await expect(tried(page)).toHaveAttribute("data-tried", "3");
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  await expect(tried(page)).toHaveAttribute("data-tried", "3");
});

test("the repeat's interval covers what is chosen, by keyboard, in words and in the address", async ({ page }) => {
  await open(page, `/?view=repeat&autorun=0&c=${config()}`);
  await page.locator("[data-n]").selectOption("6");
  await page.locator('[data-do="repeat-n"]').click();
  const verdict = page.locator("[data-pairs-verdict]");
  await expect(verdict).toContainText("6 of 6 seeds");
  await expect(verdict).toContainText("; paired t, two-sided, 95 %, n = 6");
  const half = async (): Promise<number> => {
    const text = await page.locator("[data-pairs-table] tbody tr").last().locator("td").first().textContent();
    return Number(text?.split("±")[1]);
  };
  const narrow = await half();
  const chart = page.locator("[data-pairs]");
  await expect(chart).toHaveAttribute("aria-label", /The interval covers other seeds$/);
  const choice = page.getByRole("combobox", { name: "The interval covers" });
  await choice.focus();
  await page.keyboard.press("ArrowDown");
  await expect(choice).toHaveValue("images");
  await expect(verdict).toContainText("; seeds crossed with test samples, 95 %, n = 6");
  await expect(chart).toHaveAttribute("aria-label", /The interval covers other seeds and test samples$/);
  await expect(page).toHaveURL(/covers=images/);
  expect(await half()).toBeGreaterThan(narrow);
  const summary = await page.evaluate(
    async () =>
      (await window.distillLab.sweep({ over: "distillation.temperature", values: [20], seeds: 6 })).points[0]?.summary,
  );
  expect(await half()).toBeCloseTo(100 * (summary?.gain_with_images?.ci95 ?? 0), 2);
});

test("where each seed draws its own tests there is one interval, and it is said that it covers both", async ({
  page,
}) => {
  await open(page, `/?view=repeat&autorun=0&lang=de&covers=images&c=${config({ data: { name: "moons" } })}`);
  await page.locator("[data-n]").selectOption("6");
  await page.locator('[data-do="repeat-n"]').click();
  await expect(page.locator("[data-coverage]")).toHaveText(
    "Das Intervall erfasst andere Seeds und Testbeispiele, denn jeder Seed zieht seine eigenen",
  );
  await expect(page.locator("[data-pairs-verdict]")).toContainText("gepaarter t-Test");
});
