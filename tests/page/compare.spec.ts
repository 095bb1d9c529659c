/** Runs kept to compare, as a person does it: keep, change, keep, read, rename, delete, undo, reload, save. */
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Download, expect, type Page, test } from "@playwright/test";
import type { Result } from "../../www/shared/engine_types";
import type { PartialConfig } from "../../www/shared/requests";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150}}');
const open = async (page: Page, address = `/?kept=1&autorun=0&c=${SMALL}`): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
};
const keepButton = (page: Page) => page.locator('[data-do="keep"]');
const chips = (page: Page) => page.locator("[data-kept]");
const names = (page: Page) => page.locator("[data-compare] thead th").allTextContents();

/** Runs the bench's config with `partial` laid over it, and keeps that run. */
async function runAndKeep(page: Page, partial: PartialConfig): Promise<Result> {
  const before = await chips(page).count();
  const result = await page.evaluate(async (partial) => {
    await window.distillLab.configure(partial);
    return window.distillLab.run();
  }, partial);
  await keepButton(page).click();
  await expect(chips(page)).toHaveCount(before + 1);
  return result;
}
async function save(page: Page, press: () => Promise<unknown>): Promise<string> {
  const [download]: [Download, unknown] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFileSync(await download.path()).toString();
}

test("two kept runs: the settings that differ, both results, both curves, exact values by keyboard", async ({
  page,
}) => {
  await open(page);
  await expect(keepButton(page)).toHaveAttribute("aria-disabled", "true");
  const first = await runAndKeep(page, {});
  // A run is kept once.
  await expect(keepButton(page)).toHaveAttribute("aria-disabled", "true");
  await expect(page.locator("[data-compare] tbody").first()).toContainText("all the same");
  const second = await runAndKeep(page, { distillation: { temperature: 3 }, student: { hidden: [16] } });

  await expect(page.locator("[data-setting]")).toHaveCount(2);
  await expect(page.locator('[data-setting="distillation.temperature"] td')).toHaveText(["20", "3"]);
  await expect(page.locator('[data-setting="student.hidden"] td')).toHaveText(["[32]", "[16]"]);
  const percent = (v: number) => (100 * v).toFixed(2);
  await expect(page.locator('[data-result="student_distilled %"] td')).toHaveText(
    [first, second].map(({ student_distilled }) => percent(student_distilled.accuracy)),
  );
  await expect(page.locator("[data-compare]")).toContainText(second.digest);

  await expect(page.locator("[data-line]")).toHaveCount(2);
  await page.locator("[data-overlay]").focus();
  await page.keyboard.press("End");
  await expect(page.locator("[data-read]")).toHaveText(
    `step 150: fifty-digits, seed 1 ${percent(first.student_distilled.accuracy)} %; ` +
      `student hidden [16], distillation temperature 3 ${percent(second.student_distilled.accuracy)} %`,
  );
  await page.locator("[data-model-choice]").selectOption("teacher");
  await page.keyboard.press("Tab");
  await page.locator("[data-overlay]").focus();
  await page.keyboard.press("Home");
  const curve = first.curves?.teacher;
  await expect(page.locator("[data-read]")).toContainText(
    `step ${curve?.step[0]}: fifty-digits, seed 1 ${percent(curve?.test_accuracy[0] ?? Number.NaN)} %`,
  );
});

test("a run is renamed, deleted and brought back by keyboard, and is there after a reload", async ({ page }) => {
  await open(page);
  await runAndKeep(page, {});
  await runAndKeep(page, { seed: 2 });
  await page.getByLabel("Name of run 1").fill("plain");
  await page.keyboard.press("Enter");
  expect(await names(page)).toEqual(["Setting", "1 plain", "2 seed 2"]);
  await page.getByLabel("Delete: plain").focus();
  await page.keyboard.press("Enter");
  await expect(chips(page)).toHaveCount(1);
  // The focus is not lost with the button: the way back has it.
  await expect(page.locator('[data-do="undo"]')).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await names(page)).toEqual(["Setting", "1 plain", "2 seed 2"]);
  await page.reload();
  await expect(chips(page)).toHaveCount(2);
  expect(await names(page)).toEqual(["Setting", "1 plain", "2 seed 2"]);
  await expect(page.locator('[data-do="undo"]')).toHaveAttribute("aria-disabled", "true");
});

test("all are saved as one file, and an item of it is a run that loads with the same digest", async ({ page }) => {
  await open(page);
  const first = await runAndKeep(page, { seed: 6 });
  await runAndKeep(page, { seed: 7 });
  const text = await save(page, () => page.locator('[data-do="save-all"]').click());
  const { runs } = JSON.parse(text) as { runs: (Result & { name: string })[] };
  expect(runs.map(({ name }) => name)).toEqual(["fifty-digits, seed 6", "seed 7"]);
  expect(runs[0]).toEqual({ name: "fifty-digits, seed 6", ...first });
  await open(page, "/?take=1&autorun=0");
  await page.getByLabel(/paste its JSON/).fill(JSON.stringify(runs[0]));
  await page.locator('[data-do="load"]').click();
  await expect(page.locator("[data-same]")).toBeVisible();

  await open(page, "/?view=kept&autorun=0");
  const chart = page.locator('[data-save="kept"]');
  await chart.locator("summary").click();
  const svg = await save(page, () => chart.locator('[data-do="svg"]').click());
  expect(svg.match(/<polyline/g)?.length).toBe(2);
  expect(svg).toContain("2 seed 7");
  expect(svg).not.toContain("var(");
});

test("two tabs at once show each other's runs, and neither loses its own", async ({ context }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  await open(one);
  await open(two);
  await runAndKeep(one, { seed: 6 });
  await expect(chips(two)).toHaveCount(1);
  await runAndKeep(two, { seed: 7 });
  await expect(chips(one)).toHaveCount(2);
  await one.getByLabel(/^Delete: fifty-digits, seed 6/).click();
  await one.reload();
  await expect(chips(one)).toHaveCount(1);
  await expect(one.getByLabel("Name of run 1")).toHaveValue("seed 7");
  await expect(chips(two)).toHaveCount(2);
});

test("without storage, and with damaged storage, runs are kept all the same", async ({ page }) => {
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.addInitScript(() => {
    const damaged: Pick<Storage, "getItem" | "setItem"> = {
      getItem: () => "[{]",
      setItem: () => {
        throw new DOMException("no room", "QuotaExceededError");
      },
    };
    Object.defineProperty(window, "localStorage", { get: () => damaged });
  });
  await open(page);
  await runAndKeep(page, {});
  await runAndKeep(page, { seed: 2 });
  await expect(page.locator("[data-line]")).toHaveCount(2);
  await expect(page.locator("[data-said]")).toHaveText("seed 2");
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(errors).toEqual([]);
});

test("the panel is fetched when it is opened, works on a narrow screen, and is accessible in both themes", async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (/\/Compare-/.test(request.url())) scripts.push(request.url());
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, `/?autorun=0&c=${SMALL}`);
  expect(scripts).toEqual([]);
  await page.locator('[data-do="kept"]').click();
  await expect(page).toHaveURL(/kept=1/);
  await runAndKeep(page, {});
  await runAndKeep(page, { seed: 2, refine: { steps: 20 } });
  await page.getByLabel("Name of run 2").fill("a name as long as names may be, which is sixty characters, no more");
  await page.keyboard.press("Enter");
  expect(scripts.length).toBeGreaterThan(0);
  for (const theme of ["light", "dark"]) {
    await open(page, `/?view=kept&autorun=0&theme=${theme}`);
    await expect(page.locator("[data-line]")).toHaveCount(2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    expect((await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});
