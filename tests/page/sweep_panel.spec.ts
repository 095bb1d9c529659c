/** The sweep panel as a person uses it: choose, watch, cancel, leave in the middle, read, take a point, mistype. */
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Download, expect, type Page, test } from "@playwright/test";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":120}}');
/** Trainings that outlast a click. */
const SLOW = encodeURIComponent('{"teacher":{"steps":900},"student":{"steps":6000}}');
const MAP = "over=distillation.temperature,distillation.alpha";

const open = async (page: Page, address: string): Promise<void> => {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.locator("[data-over]")).toBeVisible();
};
const start = (page: Page) => page.locator('[data-do="sweep"]');
const cancel = (page: Page) => page.locator('[data-do="cancel-sweep"]');
const said = (page: Page) => page.locator("[data-seeds]");
const config = (page: Page) => page.evaluate(() => window.distillLab.config());
async function finish(page: Page): Promise<void> {
  await start(page).click();
  await expect(said(page)).toContainText("seeds");
  await expect(start(page)).toBeVisible();
}

test("a field chosen by name is swept over typed values, and the figures are the engine's", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&c=${SMALL}`);
  await page.locator("[data-over]").selectOption("student.hidden");
  await page.locator('[data-values="0"]').fill("4..16 x3 log");
  await page.locator("[data-n-seeds]").fill("4");
  await page.locator("[data-n-seeds]").press("Enter");
  await expect(said(page)).toHaveText("12 trainings, each of two students");
  await finish(page);
  await expect(said(page)).toHaveText("4 of 4 seeds");
  await expect(page.locator("[data-sweep] thead th")).toHaveText(["student's width", "4", "8", "16"]);
  // Three models at three points, each with its band.
  await expect(page.locator("[data-sweep-chart] circle")).toHaveCount(9);
  await expect(page.locator("[data-sweep-chart] polygon")).toHaveCount(3);

  const found = await page.evaluate(() =>
    window.distillLab.sweep({ over: "student.hidden", values: [4, 8, 16], seeds: 4 }),
  );
  const text = (model: "teacher" | "student_alone" | "student_distilled", i: number): string => {
    const a = found.points[i]?.summary[model]?.["accuracy"];
    return a ? `${(100 * a.mean).toFixed(1)} ± ${(100 * (a.ci95 ?? 0)).toFixed(1)}` : "";
  };
  const rows = page.locator("[data-sweep] tbody tr");
  await expect(rows.first().locator("td")).toHaveText(["4", "4", "4"]);
  for (const [row, model] of (["teacher", "student_alone", "student_distilled"] as const).entries()) {
    await expect(rows.nth(row + 1).locator("td")).toHaveText([0, 1, 2].map((i) => text(model, i)));
  }
  // The verdict is the engine's: a name only where every interval leaves out zero.
  const { best } = found;
  if (best === null) throw new Error("nothing was compared");
  const clear = best.behind.every((by, i) => i === best.leader || (by?.ci95 != null && by.mean > by.ci95));
  expect(best.clear).toBe(clear);
  const verdict = page.locator("[data-best-said]");
  await expect(verdict).toContainText(clear ? "Best: student's width" : "No point is clearly best: student's width");
  await expect(page.locator("[data-sweep-chart] [data-best]")).toHaveCount(clear ? 1 : 0);
});

test("every choice is in the address, and the back button takes it back", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&c=${SMALL}`);
  await page.locator("[data-over]").selectOption("distillation.alpha");
  await page.locator('[data-values="0"]').fill("0, 0.5, 1");
  await page.locator('[data-values="0"]').press("Enter");
  await page.locator("[data-n-seeds]").fill("3");
  await page.locator("[data-n-seeds]").press("Enter");
  await expect(page).toHaveURL(/over=distillation\.alpha.*values=0,%200\.5,%201.*seeds=3/);
  const address = page.url();
  await finish(page);
  const picture = await page.locator("[data-sweep]").textContent();
  // The same address gives the same picture.
  await open(page, address);
  await expect(page.locator("[data-over]")).toHaveValue("distillation.alpha");
  await finish(page);
  expect(await page.locator("[data-sweep]").textContent()).toBe(picture);

  await page.locator("[data-over]").selectOption("data.label_noise");
  await expect(page).toHaveURL(/over=data\.label_noise/);
  await page.goBack();
  await expect(page.locator("[data-over]")).toHaveValue("distillation.alpha");
  await expect(page.locator('[data-values="0"]')).toHaveValue("0, 0.5, 1");
  // What was swept is still there.
  expect(await page.locator("[data-sweep]").textContent()).toBe(picture);
});

test("in German decimals have a comma and values a semicolon between them; the address stays as it is", async ({
  page,
}) => {
  await open(page, `/?view=sweep&autorun=0&lang=de&seeds=2&values=1,2.5&c=${SMALL}`);
  const values = page.locator('[data-values="0"]');
  await expect(values).toHaveValue("1; 2,5");
  await values.fill("2,5; 4,5");
  await values.press("Enter");
  await expect(page).toHaveURL(/values=2\.5,%204\.5/);
  await expect(page.locator("[data-sweep] thead th")).toHaveText(["T", "2,5", "4,5"]);
  await values.fill("2,5,4");
  await values.press("Enter");
  await expect(page.locator("[data-problem]")).toContainText("Zahlen mit Semikolon dazwischen");
  await values.fill("0,05; 1");
  await values.press("Enter");
  await expect(page.locator("[data-problem]")).toContainText("gegeben 0,05; erlaubt: eine Zahl von 0,1 bis 100");
  await values.fill("1; 4");
  await values.press("Enter");
  await start(page).click();
  await expect(page.locator("[data-sweep] tbody td").last()).toHaveText(/^[+-]?\d+,\d ± \d+,\d$/);
});

test("any numeric field can be swept by its path, alone or against another", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=2&c=${SMALL}`);
  await page.locator("[data-over]").selectOption({ label: "another field …" });
  await page.locator('[data-field="0"]').selectOption("student.optimizer.learning_rate");
  await page.locator('[data-values="0"]').fill("0.001, 0.01");
  await page.locator('[data-field="1"]').selectOption("student.steps");
  await page.locator('[data-values="1"]').fill("20, 40, 60");
  await page.locator('[data-values="1"]').press("Enter");
  await page.locator('[data-values="0"]').fill("0.001, 0.01");
  await page.locator('[data-values="0"]').press("Enter");
  await finish(page);
  await expect(said(page)).toHaveText("2 of 2 seeds");
  await expect(page.locator("[data-sweep-map] [data-cell]")).toHaveCount(6);
  await page.getByText("Table", { exact: true }).click();
  await expect(page.locator("[data-sweep-table] thead th")).toHaveText([
    "student.steps \\ student.optimizer.learning_rate",
    "0.001",
    "0.01",
  ]);
  await expect(page.locator("[data-sweep-table] tbody td").first()).toHaveText(/^\d+\.\d ± \d+\.\d$/);
});

test("arrow keys read exact values, Enter and a click set the bench, and back undoes it", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=2&values=1,4,16&c=${SMALL}`);
  await finish(page);
  await page.locator("[data-sweep-chart]").focus();
  await page.keyboard.press("Home");
  const readout = page.locator("[data-sweep-readout]");
  await expect(readout).toContainText(/^T 1 \(2 seeds\): Teacher \d+\.\d ± \d+\.\d %; Student alone/);
  await page.keyboard.press("ArrowRight");
  await expect(readout).toContainText("T 4 (2 seeds)");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-taken]")).toContainText("The bench now has: T 4.");
  expect((await config(page)).distillation.temperature).toBe(4);
  await expect(page).toHaveURL(/T=4/);
  // The results are still those of this bench, but for the field that was swept.
  await expect(page.locator("[data-stale]")).toHaveCount(0);
  await page.goBack();
  await expect.poll(async () => (await config(page)).distillation.temperature).toBe(20);

  const box = await page.locator("[data-sweep-chart]").boundingBox();
  if (box === null) throw new Error("no chart");
  await page.mouse.click(box.x + box.width - 30, box.y + 100);
  await expect.poll(async () => (await config(page)).distillation.temperature).toBe(16);
  // Other settings than the results': said beside them.
  await page.evaluate(() => window.distillLab.configure({ refine: { steps: 5 } }));
  await expect(page.locator("[data-stale]")).toContainText("seed 1");
});

test("a map fills in, is read cell by cell, shows the gain, and sets both fields", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=2&${MAP}&values=1,8;0,0.5,1&c=${SMALL}`);
  await expect(page.locator("[data-sweep-map] .empty")).toHaveCount(6);
  await finish(page);
  await expect(page.locator("[data-sweep-map] .empty")).toHaveCount(0);
  await page.locator("[data-sweep-map]").focus();
  await page.keyboard.press("End");
  const readout = page.locator("[data-sweep-readout]");
  await expect(readout).toContainText("T 8, α 1 (2 seeds): ");
  await page.keyboard.press("ArrowDown");
  await expect(readout).toContainText("T 8, α 0.5 (2 seeds): ");
  await page.locator('[data-measure="gain"]').click();
  await expect(page).toHaveURL(/measure=gain/);
  await page.locator("[data-sweep-map]").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-taken]")).toContainText("T 8, α 0.5");
  const { temperature, alpha } = (await config(page)).distillation;
  expect([temperature, alpha]).toEqual([8, 0.5]);
  // The shading of the gain: what the API gives, seed by seed.
  const gain = await page.evaluate(async () => {
    const over = ["distillation.temperature", "distillation.alpha"];
    const found = await window.distillLab.sweep({
      over,
      values: [
        [1, 8],
        [0, 0.5, 1],
      ],
      seeds: 2,
    });
    return { values: found.points.map(({ value }) => value), gain: found.points[4]?.summary.gain.mean ?? 0 };
  });
  expect(gain.values).toEqual([
    [1, 0],
    [1, 0.5],
    [1, 1],
    [8, 0],
    [8, 0.5],
    [8, 1],
  ]);
  await page.locator("[data-sweep-map]").focus();
  await expect(page.locator("[data-sweep-map] .figure").nth(4)).toContainText((100 * gain.gain).toFixed(1));
});

test("a sweep cancelled in the middle keeps what it has and says how many seeds", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&${MAP}&values=1,8;0,1&c=${SLOW}`);
  await start(page).click();
  await expect(page.locator("[data-sweep-map] .figure")).not.toHaveCount(0);
  await expect(page.locator("progress")).toBeVisible();
  await cancel(page).click();
  await expect(said(page)).toHaveText(/^Cancelled; what is done stays: \d+(–\d+)? of 12 seeds$/);
  await expect(page.locator("[data-sweep-map] .figure")).not.toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("a reload in the middle comes back to the same settings and offers the sweep again", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&values=1,8&c=${SLOW}`);
  await start(page).click();
  await expect(page.locator("[data-sweep] thead button")).not.toHaveCount(0);
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  await expect(said(page)).toContainText("left in the middle of this sweep. Run it again");
  await expect(page.locator('[data-values="0"]')).toHaveValue("1,8");
  await start(page).click();
  await expect(cancel(page)).toBeVisible();
  await cancel(page).click();
  await expect(said(page)).toContainText("Cancelled");
  await page.reload();
  await expect(said(page)).toHaveText("24 trainings, each of two students");
});

test("two tabs sweep at once and do not disturb each other", async ({ context }) => {
  const [one, other] = [await context.newPage(), await context.newPage()];
  await open(one, `/?view=sweep&autorun=0&seeds=3&values=1,8&c=${SMALL}`);
  await open(other, `/?view=sweep&autorun=0&seeds=60&over=distillation.alpha&values=0,1&c=${SLOW}`);
  await start(other).click();
  await expect(cancel(other)).toBeVisible();
  await finish(one);
  await expect(said(one)).toHaveText("3 of 3 seeds");
  await cancel(other).click();
  await expect(said(other)).toContainText("Cancelled");
  await expect(one.locator("[data-sweep] thead th")).toHaveText(["T", "1", "8"]);
  expect(one.url()).not.toContain("alpha");
});

test("bad values are said where they stand, what is allowed with them, and nothing else changes", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=2&values=1,4&c=${SMALL}`);
  await finish(page);
  const picture = await page.locator("[data-sweep]").textContent();
  const problem = page.locator("[data-problem]");
  const values = page.locator('[data-values="0"]');
  for (const [text, says] of [
    ["abc", 'values: got "abc"; allowed: numbers with commas between them, or a range such as 1..64 x7 log'],
    ["4..1", 'got "4..1"'],
    ["0, 1", "distillation.temperature: got 0; allowed: a number from 0.1 to 100"],
    ["1..100 x201", "values: got 201 values; allowed: 1 to 200"],
  ]) {
    await values.fill(text ?? "");
    await values.press("Enter");
    await expect(problem).toContainText(says ?? "");
    // Enter on the button, which says that it is disabled.
    await start(page).press("Enter");
    await expect(start(page)).toBeVisible();
    expect(await page.locator("[data-sweep]").textContent()).toBe(picture);
  }
  await values.fill("1, 4");
  await values.press("Enter");
  await expect(problem).toHaveCount(0);
  await page.locator("[data-n-seeds]").fill("0");
  await page.locator("[data-n-seeds]").press("Enter");
  await expect(problem).toContainText('seeds: got "0"; allowed: 1 – 100');
  // From the address likewise: each names its parameter, and the rest applies.
  await open(page, `/?view=sweep&autorun=0&seeds=900&values=1,x&over=distillation.alpha`);
  await expect(page.locator(".problem")).toHaveCount(2);
  await expect(page.locator(".problem").first()).toContainText("seeds");
  await expect(page.locator("[data-over]")).toHaveValue("distillation.alpha");
  // A field that cannot be swept is said and gives way to the usual one, and its values with it.
  for (const over of ["data.points", "nope", "student.steps,student.steps"]) {
    await open(page, `/?view=sweep&autorun=0&over=${over}&values=1`);
    await expect(page.locator(".problem")).toContainText(`over: got "${over}"; allowed:`);
    await expect(page.locator("[data-over]")).toHaveValue("distillation.temperature");
    await expect(values).toHaveValue("1, 2, 3, 4, 8, 16, 32, 64");
    await expect(page.locator("main")).not.toContainText("Infinity");
  }
  // Scripts get the same answer, and a sweep that runs is not disturbed by one that cannot be.
  const refused = await page.evaluate(() =>
    window.distillLab
      .sweep({ over: ["student.steps", "student.steps"], values: [[1], [2]], seeds: 1 })
      .catch(({ path, message }: { path: string; message: string }) => ({ path, message })),
  );
  expect(refused).toMatchObject({ path: "over", message: expect.stringContaining("two different ones") });
});

test("the map and the chart are saved as pictures that stand alone", async ({ page }) => {
  await open(page, `/?view=sweep&autorun=0&seeds=2&${MAP}&values=1,8;0,1&c=${SMALL}`);
  await finish(page);
  const menu = page.locator('[data-save="sweep-map"]');
  await menu.locator("summary").click();
  const [file]: [Download, unknown] = await Promise.all([
    page.waitForEvent("download"),
    menu.locator('[data-do="svg"]').click(),
  ]);
  const svg = readFileSync(await file.path()).toString();
  expect(svg).toContain("2 of 2 seeds");
  expect(svg).not.toMatch(/var\(|class=/);
});

test("on a narrow screen nothing moves while it fills in, and no rule of accessibility is broken", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [theme, query] of [
    ["light", "values=1,2,4"],
    ["dark", `${MAP}&values=1,4;0,1`],
  ]) {
    await open(page, `/?view=sweep&autorun=0&seeds=6&theme=${theme}&${query}&c=${SMALL}`);
    const height = () => page.locator("main").evaluate((main) => main.scrollHeight);
    await start(page).click();
    await expect(page.locator("[data-sweep] thead button, [data-sweep-map] .figure")).not.toHaveCount(0);
    const before = await height();
    await expect(start(page)).toBeVisible();
    expect(await height()).toBe(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    expect((await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

test("the panel is fetched when it is shown", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (/\/Sweep-.*\.js/.test(request.url())) scripts.push(request.url());
  });
  await page.goto("/?view=curves&autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  expect(scripts).toEqual([]);
  await open(page, "/?autorun=0");
  expect(scripts).toHaveLength(1);
});
