/** A against B, as a person uses it: one click for a control, each seed, a verdict; the command line and the API say the same. */
import { execFileSync } from "node:child_process";
import { expect, type Page, test } from "@playwright/test";
import type { Comparison } from "../../www/shared/engine_types";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150}}');
/** Trainings that outlast a click. */
const SLOW = encodeURIComponent('{"teacher":{"steps":900},"student":{"steps":6000}}');
const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
};
const compare = (page: Page) => page.locator('[data-do="compare"]');
const verdict = (page: Page) => page.locator("[data-versus-verdict]");
const cells = (page: Page, row: number) => page.locator("[data-pairs-table] tbody tr").nth(row).locator("td");
const settings = (page: Page) => page.locator("[data-versus-settings] tbody tr");
const query = (page: Page) => new URL(page.url()).searchParams;

function native(...which: string[]): Comparison {
  const run = ["run", "--release", "--quiet", "--locked", "--", "compare", ...which, "--json"];
  return JSON.parse(execFileSync("cargo", run, { encoding: "utf8" })) as Comparison;
}

test("soft targets against hard labels on unlabelled images: page, API and command line say one figure", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await open(page, "/?view=versus&autorun=0&preset=unlabelled&seed=1");
  await compare(page).click();
  await expect(verdict(page)).toContainText("12 of 12 seeds", { timeout: 120_000 });
  await expect(compare(page)).toBeVisible();
  const found = await page.evaluate(() =>
    window.distillLab.compare({ b: { distillation: { method: "hard_teacher" } }, seeds: 12 }),
  );
  const set = ["--set-b", "distillation.method=hard_teacher"];
  expect(found).toEqual(native("unlabelled", ...set, "--seeds", "1..13"));

  const { difference, seeds, scores } = found;
  expect(seeds).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const sign = difference.mean > 0 ? "+" : "";
  const figure = `${(100 * difference.mean).toFixed(2)} ± ${(100 * (difference.ci95 ?? 0)).toFixed(2)}`;
  await expect(page.locator("[data-difference]")).toHaveText(sign + figure);
  await expect(verdict(page)).toHaveAttribute("data-versus-verdict", found.verdict);
  await expect(verdict(page)).toContainText(figure.replace(/^-/, ""));
  await expect(cells(page, 1).nth(3)).toHaveText((100 * (scores.b.accuracy[2] ?? 0)).toFixed(2));
  await expect(settings(page)).toHaveText([/distillation\.method.*Soft targets.*The teacher's labels/]);
});

test("one click makes B a control, the address keeps it, and a reload has it again", async ({ page }) => {
  await open(page, `/?view=versus&autorun=0&seed=4&seeds=3&c=${SMALL}`);
  await page.locator('[data-control="smoothing"]').click();
  await expect(page.locator('[data-control="smoothing"]')).toHaveAttribute("aria-pressed", "true");
  await expect(settings(page)).toHaveText([/distillation\.method.*Soft targets.*Smoothed labels/]);
  await expect.poll(() => query(page).get("b")).toBe('{"distillation":{"method":"label_smoothing"}}');
  await page.reload();
  await expect(page.locator('[data-control="smoothing"]')).toHaveAttribute("aria-pressed", "true");
  await compare(page).click();
  await expect(verdict(page)).toContainText("3 of 3 seeds");
  await expect(page.locator("[data-pairs-table] thead th")).toHaveText(["seeds", "mean ± 95 %", "4", "5", "6"]);
});

test("where the student is refined, the student alone gets the same extra steps", async ({ page }) => {
  const refined = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150},"refine":{"steps":40}}');
  await open(page, `/?view=versus&autorun=0&seed=3&seeds=2&c=${refined}`);
  await page.locator('[data-control="longer"]').click();
  await expect(settings(page)).toHaveText([/student\.steps.*150.*190/]);
  await expect.poll(() => query(page).get("models")).toBe("student_refined,student_alone");
  await compare(page).click();
  await expect(verdict(page)).toContainText("2 of 2 seeds");
  const [one, other] = await page.evaluate(async () => {
    const lab = window.distillLab;
    const a = await lab.run();
    await lab.configure({ student: { steps: 190 } });
    const b = await lab.run();
    return [a.student_refined?.accuracy ?? 0, b.student_alone.accuracy];
  });
  await expect(cells(page, 0).nth(1)).toHaveText((100 * one).toFixed(2));
  await expect(cells(page, 1).nth(1)).toHaveText((100 * other).toFixed(2));
});

test("A is pinned, the settings change, and B is what is set now", async ({ page }) => {
  await open(page, `/?versus=1&autorun=0&seed=3&seeds=2&c=${SMALL}`);
  await page.locator('[data-do="pin"]').click();
  await expect(page.locator('[data-control="present"]')).toHaveAttribute("aria-pressed", "true");
  await page.evaluate(() => window.distillLab.configure({ preset: "spirals", distillation: { temperature: 2 } }));
  await expect(settings(page).filter({ hasText: "data.name" })).toHaveText(/data\.name.*Digits.*Spirals/i);
  await expect.poll(() => query(page).get("preset")).toBe("spirals");
  const address = page.url();
  await open(page, address);
  await expect(page.locator("[data-side-a]")).toContainText("fifty-digits, seed 3");
  await expect(settings(page).filter({ hasText: "data.name" })).toBeVisible();
  await page.locator('[data-do="pin"]').click();
  await expect(page.locator("[data-side-a]")).toHaveText("the present settings");
  await expect.poll(() => query(page).get("a")).toBeNull();
});

test("any other setting is chosen by field and value, and a refused one is said", async ({ page }) => {
  await open(page, `/?view=versus&autorun=0&seed=3&seeds=2&c=${SMALL}`);
  await page.locator('[data-control="other"]').click();
  await page.locator("[data-b-field]").selectOption("teacher.activation");
  await expect(settings(page)).toHaveText([/teacher\.activation.*relu.*tanh/]);
  await page.locator("[data-b-field]").selectOption("distillation.temperature");
  await page.locator("[data-b-value]").fill("0");
  await page.locator("[data-b-value]").press("Enter");
  await expect(page.locator("[data-versus-problem]")).toContainText("b.distillation.temperature: got 0; allowed");
  await page.locator("[data-b-value]").fill("2");
  await page.locator("[data-b-value]").press("Enter");
  await expect(page.locator("[data-versus-problem]")).toHaveCount(0);
  await expect(settings(page)).toHaveText([/distillation\.temperature.*20.*2/]);
});

test("keys read each seed, and cancelling keeps those that are done", async ({ page }) => {
  await open(page, `/?view=versus&autorun=0&seed=3&seeds=2&c=${SMALL}`);
  await compare(page).click();
  await expect(verdict(page)).toContainText("2 of 2 seeds");
  await page.locator("[data-pairs]").focus();
  await page.keyboard.press("End");
  await expect(page.locator("[data-readout]")).toContainText(/seed 4: A .* %, B .* %; A − B .* points/);
  await open(page, `/?view=versus&autorun=0&seed=3&seeds=60&c=${SLOW}`);
  await compare(page).click();
  await page.locator('[data-do="cancel-versus"]').click();
  await expect(page.getByText("Cancelled; what is done stays")).toBeVisible();
});

test("words are swept: ticked by name, drawn in places of their own, in the address and as the command line has it", async ({
  page,
}) => {
  await open(page, `/?view=sweep&autorun=0&seed=3&seeds=2&over=distillation.method&c=${SMALL}`);
  await expect(page.locator("[data-word]:checked")).toHaveCount(4);
  for (const word of ["label_smoothing", "logit_matching"]) await page.locator(`[data-word="${word}"]`).uncheck();
  await expect.poll(() => query(page).get("values")).toBe("soft_targets, hard_teacher");
  await page.locator('[data-do="sweep"]').click();
  await expect(page.locator("[data-seeds]")).toContainText("2 of 2 seeds");
  await expect(page.locator("[data-sweep] thead th").nth(1)).toHaveText("Soft targets");
  await expect(page.locator("[data-sweep-chart] polyline")).toHaveCount(0);
  const found = await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.method", values: ["soft_targets", "hard_teacher"], seeds: 2 }),
  );
  const which = ["--over", "distillation.method", "--values", "soft_targets,hard_teacher", "--seeds", "3..5"];
  const set = ["--set", "teacher.steps=60", "--set", "student.steps=150", "--set", "seed=3"];
  const run = ["run", "--release", "--quiet", "--locked", "--", "sweep", "fifty-digits", ...set, ...which, "--json"];
  expect(found).toEqual(JSON.parse(execFileSync("cargo", run, { encoding: "utf8" })));
  // A click sets the bench to the point.
  await page.locator("[data-sweep] thead button").nth(1).click();
  await expect.poll(() => page.evaluate(() => window.distillLab.config().distillation.method)).toBe("hard_teacher");
});
