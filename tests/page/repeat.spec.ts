/** The repeat seed by seed, as a person uses it: choose how many, watch, cancel, read each pair, doubt the verdict. */
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Download, expect, type Page, test } from "@playwright/test";
import type { Summary } from "../../www/shared/engine_types";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150}}');
/** Trainings that outlast a click. */
const SLOW = encodeURIComponent('{"teacher":{"steps":900},"student":{"steps":6000}}');
const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
};
const verdict = (page: Page) => page.locator("[data-pairs-verdict]");
const start = (page: Page) => page.locator('[data-do="repeat-n"]');
const cells = (page: Page, row: number) => page.locator("[data-pairs-table] tbody tr").nth(row).locator("td");
const isFull = (text: string) => text !== "–";

test("six seeds fill in, and mean, interval and verdict are the sweep's at the same seeds", async ({ page }) => {
  await open(page, `/?view=repeat&autorun=0&seed=3&c=${SMALL}`);
  await page.locator("[data-n]").selectOption("6");
  await start(page).click();
  await expect(page.locator("[data-pairs-table] thead th")).toHaveText([
    "seeds",
    "mean ± 95 %",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
  ]);
  await expect(start(page)).toBeVisible();
  await expect(verdict(page)).toContainText("6 of 6 seeds");
  await expect(verdict(page)).toContainText("; paired t, two-sided, 95 %, n = 6");

  const summary = await page.evaluate(async (): Promise<Summary | undefined> => {
    const over = "distillation.temperature";
    const values = [window.distillLab.config().distillation.temperature];
    return (await window.distillLab.sweep({ over, values, seeds: 6 })).points[0]?.summary;
  });
  const gain = summary?.gain;
  const alone = summary?.student_alone?.["accuracy"];
  if (!gain?.ci95 || !alone?.ci95) throw new Error("no summary");
  const kind = Math.abs(gain.mean) <= gain.ci95 ? "no_clear_difference" : gain.mean > 0 ? "better" : "worse";
  await expect(verdict(page)).toHaveAttribute("data-pairs-verdict", kind);
  await expect(verdict(page)).toContainText(
    `${(100 * Math.abs(gain.mean)).toFixed(1)} ± ${(100 * gain.ci95).toFixed(1)}`,
  );
  await expect(cells(page, 0).first()).toHaveText(
    `${(100 * alone.mean).toFixed(2)} ± ${(100 * alone.ci95).toFixed(2)}`,
  );
  // Each pair: a line, two dots and its gain below.
  await expect(page.locator("[data-pairs] .pair")).toHaveCount(6);
  await expect(page.locator("[data-pairs] circle")).toHaveCount(18);
});

test("arrow keys read each pair's exact values, and a run of that seed has them", async ({ page }) => {
  await open(page, `/?pairs=1&autorun=0&seed=3&c=${SMALL}`);
  await page.locator("[data-n]").selectOption("6");
  await start(page).click();
  await expect(start(page)).toBeVisible();
  await page.locator("[data-pairs]").focus();
  const readout = page.locator("[data-readout]");
  await page.keyboard.press("ArrowRight");
  await expect(readout).toContainText("seed 1:");
  await page.keyboard.press("ArrowLeft");
  await expect(readout).toContainText("seed 1:");
  await page.keyboard.press("End");
  await expect(readout).toContainText("seed 6:");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  const result = await page.evaluate(async () => {
    await window.distillLab.configure({ seed: 2 });
    return window.distillLab.run();
  });
  const percent = (v: number) => (100 * v).toFixed(2);
  const [alone, distilled] = [result.student_alone.accuracy, result.student_distilled.accuracy];
  await expect(readout).toContainText(
    `seed 2: Student alone ${percent(alone)} % → Student distilled ${percent(distilled)} %; Gain`,
  );
  // The table has the same pair, and the gain that the engine has for it.
  await expect(cells(page, 0).nth(2)).toHaveText(percent(alone));
  const gain = Number(await cells(page, 2).nth(2).textContent());
  expect(gain).toBeCloseTo(100 * (distilled - alone), 2);
  // The bench has another one of these seeds now; with one that is not among them the panel says whose results these are.
  await expect(page.locator("[data-stale]")).toHaveCount(0);
  await page.evaluate(() => window.distillLab.configure({ seed: 9 }));
  await expect(page.locator("[data-stale]")).toContainText("seed 3;");
});

test("a cancelled repeat keeps the pairs that are done, and their places", async ({ page }) => {
  await open(page, `/?view=repeat&autorun=0&c=${SLOW}`);
  await page.locator("[data-n]").selectOption("24");
  await start(page).click();
  await expect(page.locator("[data-pairs] .pair")).not.toHaveCount(0);
  await page.locator('[data-do="cancel-pairs"]').click();
  await expect(start(page)).toBeVisible();
  const done = (await cells(page, 2).allTextContents()).slice(1).filter(isFull).length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(24);
  await expect(page.locator("[data-pairs] .pair")).toHaveCount(done);
  await expect(page.locator("[data-pairs-table] thead th")).toHaveCount(26);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("the pairs are fetched when asked for, from the scoreboard, and are saved as a picture", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (/\/Repeat-/.test(request.url())) scripts.push(request.url());
  });
  await open(page, `/?autorun=0&c=${SMALL}`);
  expect(scripts).toEqual([]);
  await page.locator('[data-do="pairs"]').click();
  await expect(page).toHaveURL(/pairs=1/);
  await page.locator("[data-n]").selectOption("6");
  await start(page).click();
  await expect(start(page)).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  // The scoreboard has the same repeat.
  await expect(page.locator("[data-verdict]")).toContainText("6");
  const chart = page.locator('[data-save="pairs"]');
  await chart.locator("summary").click();
  const [file]: [Download, unknown] = await Promise.all([
    page.waitForEvent("download"),
    chart.locator('[data-do="svg"]').click(),
  ]);
  const svg = readFileSync(await file.path()).toString();
  expect(svg.match(/<circle/g)?.length).toBe(18);
  expect(svg).toContain("paired t, two-sided, 95 %, n = 6");
  expect(svg).not.toContain("var(");
  // Where the scoreboard stands alone it opens them too.
  await open(page, "/?view=compare&autorun=0");
  await page.locator('[data-do="pairs"]').click();
  await expect(page.locator("[data-pairs]")).toBeVisible();
});

test("it works on a narrow screen, moves nothing while it fills in, and is accessible in both themes", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const theme of ["light", "dark"]) {
    await open(page, `/?view=repeat&autorun=0&theme=${theme}&c=${SMALL}`);
    await page.locator("[data-n]").selectOption("24");
    await start(page).click();
    await expect(page.locator("[data-pairs] .pair")).not.toHaveCount(0);
    const height = () => page.locator("main").evaluate((main) => main.scrollHeight);
    const before = await height();
    await expect(start(page)).toBeVisible();
    expect(await height()).toBe(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    expect((await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});
