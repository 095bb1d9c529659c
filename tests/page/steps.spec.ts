/** Single steps as a person takes them: forwards and back over the phases' border, by keys, while the run goes on, on a narrow screen. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

/** Every phase in a blink. */
const QUICK = { teacher: { steps: 60, hidden: [16] }, student: { steps: 40 } };
const quick = (more = {}): string => encodeURIComponent(JSON.stringify({ ...QUICK, ...more }));
const SMALL = `view=steps&autorun=0&c=${quick()}`;

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`/?${query}`);
  await page.evaluate(() => window.distillLab.ready);
}
const done = (page: Page) => expect(page.getByText(/^Done/)).toBeVisible();
const move = (page: Page, id: string) => page.locator(`[data-move="${id}"]`).click();
const summary = (page: Page) => page.locator("section[aria-labelledby=h-steps] p[data-summary]");
const status = (page: Page) => page.locator(".status");
/** The panel's parts come one with each frame; until the last is there it says that it is busy. */
const whole = (page: Page) =>
  expect(page.locator('section[aria-labelledby="h-steps"] [aria-busy="false"] [data-part="weights"]')).toBeVisible();
/** Everything that the panel says in words and numbers. */
async function said(page: Page): Promise<string> {
  await whole(page);
  return page.locator('section[aria-labelledby="h-steps"]').innerText();
}
const digest = (page: Page) => page.evaluate(() => window.distillLab.run().then((result) => result.digest));
/** Colours of a picture, as a number that another picture does not have. */
const colours = (page: Page, part: string) =>
  page.locator(part).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, i) => (sum * 31 + value + i) % 1_000_003, 0);
  });

test("a step shows its batch, its loss in terms, every layer and the weights", async ({ page }) => {
  await open(page, SMALL);
  await expect(summary(page)).toContainText("take a step");
  await expect(page.locator('[data-move="back-1"]')).toHaveAttribute("aria-disabled", "true");
  await move(page, "step-1");
  await expect(summary(page)).toContainText("Step 1: Teacher, step 1 of 60");
  await expect(page.locator('[data-part="batch"] li')).toHaveCount(32);
  await expect(page.locator("[data-layer-row]")).toHaveCount(4);
  await expect(page.locator("[data-term]")).toHaveCount(2);
  // Adam's first step moves every weight that has a gradient by the learning rate.
  const [, , , most] = await page.locator('[data-layer-row="0w"] td').allTextContents();
  expect(Number(most)).toBeCloseTo(0.001, 4);
  await page.evaluate(() => window.distillLab.step(61));
  await expect(summary(page)).toContainText("Step 62: Student distilled, step 2 of 40");
  await whole(page);
  const terms = await page.locator("[data-term] td:nth-child(2)").allTextContents();
  const [soft = 0, hard = 0, loss = 0] = terms.map(Number);
  expect(soft + hard).toBeCloseTo(loss, 1);
  expect(soft).toBeGreaterThan(0);
  await page.locator('[data-model-shown="alone"]').click();
  await expect(summary(page)).toContainText("Step 62: Student alone");
  await expect(page.locator('[data-term="soft"]')).toHaveCount(0);
});

test("steps back and forth over the phases' border show the same again, and the end is the same", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.distillLab.step(58));
  await expect(summary(page)).toContainText("Step 58");
  const seen: string[] = [];
  for (let step = 58; step < 62; step++) {
    await expect(summary(page)).toContainText(`Step ${step}:`);
    seen.push(await said(page));
    await move(page, "step-1");
  }
  await expect(summary(page)).toContainText("Step 62:");
  for (let step = 61; step >= 58; step--) {
    await move(page, "back-1");
    await expect(status(page)).toHaveText(`step ${step} of 100`);
    await expect(summary(page)).toContainText(`Step ${step}:`);
    await expect.poll(() => said(page)).toBe(seen[step - 58]);
  }
  const wandered = await digest(page);
  await page.evaluate(() => window.distillLab.reset());
  expect(await digest(page)).toBe(wandered);
  // After the end too, whose result is withdrawn until it is reached again.
  await done(page);
  await expect(summary(page)).toContainText("Step 100:");
  await move(page, "back-10");
  await expect(status(page)).toHaveText("step 90 of 100");
  await expect(summary(page)).toContainText("Step 90:");
  await move(page, "step-10");
  await done(page);
  await expect(summary(page)).toContainText("Step 100:");
  expect(await digest(page)).toBe(wandered);
});

test("on the whole page curves, stations and figures go back with the steps, by keys", async ({ page }) => {
  await open(page, `autorun=0&table=1&c=${quick()}`);
  const before = await page.evaluate(async () => {
    const points: unknown[] = [];
    window.distillLab.on("progress", ({ points: more, anew }) => {
      if (anew) points.length = 0;
      points.push(...more);
    });
    (window as unknown as { points: unknown[] }).points = points;
    await window.distillLab.run();
    return points.length;
  });
  await done(page);
  const rows = page.locator("table", { has: page.getByRole("columnheader", { name: /Teacher/ }) }).locator("tbody tr");
  const all = await rows.count();
  await page.locator('[data-do="step"]').focus();
  await page.keyboard.press("Shift+S");
  await expect(status(page)).toHaveText("step 99 of 100");
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await page.keyboard.press("ArrowLeft");
  await expect(status(page)).toHaveText("step 98 of 100");
  await page.evaluate(() => window.distillLab.back(50));
  await expect(status(page)).toHaveText("step 48 of 100");
  await expect(page.locator("li[aria-current]")).toContainText("Teacher");
  expect(await page.evaluate(() => (window as unknown as { points: unknown[] }).points.length)).toBeLessThan(before);
  await page.locator('[data-do="step"]').focus();
  await page.keyboard.press("ArrowRight");
  await expect(status(page)).toHaveText("step 49 of 100");
  await page.evaluate(() => window.distillLab.run());
  await done(page);
  await expect.poll(() => rows.count()).toBe(all);
  expect(await page.evaluate(() => (window as unknown as { points: unknown[] }).points.length)).toBe(before);
  const refused = await page.evaluate(() =>
    window.distillLab.back(-1).then(
      () => "",
      (error: { message: string }) => error.message,
    ),
  );
  expect(refused).toBe("n: got -1; allowed: a whole number from 1 to 9007199254740991");
});

test("the panel is loaded when it is opened, and its choices are in the address", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await open(page, `autorun=0&c=${quick()}`);
  await page.evaluate(() => window.distillLab.step(70));
  expect(scripts.filter((url) => /Steps/.test(url))).toEqual([]);
  await page.locator('[data-do="steps"]').click();
  await expect(summary(page)).toContainText("Step 70: Student distilled");
  await page.locator('[data-model-shown="alone"]').click();
  await page.locator('[data-pick="layer"]').selectOption("1");
  await page.locator('[data-pick="unit"]').fill("7");
  await page.locator('[data-pick="unit"]').press("Tab");
  await expect(page).toHaveURL(/steps=1&step-model=student_alone&layer=1&unit=7/);
  await expect(page.locator("[data-sheet]")).toHaveAttribute("aria-valuetext", "class 7");
  const words = await said(page);
  const picture = await colours(page, "[data-sheet] canvas");
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  await page.evaluate(() => window.distillLab.step(70));
  await expect.poll(() => said(page)).toBe(words);
  await expect.poll(() => colours(page, "[data-sheet] canvas")).toBe(picture);
});

test("arrow keys choose a unit, and read exact weights, updates and bins", async ({ page }) => {
  await open(page, SMALL);
  await page.evaluate(() => window.distillLab.step(75));
  await whole(page);
  await page.locator("[data-sheet]").focus();
  const first = await colours(page, "[data-unit] figure:first-child canvas");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/unit=\d+/);
  await expect.poll(() => colours(page, "[data-unit] figure:first-child canvas")).not.toBe(first);
  await page.locator("[data-unit]").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[data-weight-reading]")).toContainText(/row 1, column 0: weight -?[\d.e-]+, update/);
  await page.locator('[data-part="weights"] svg').first().focus();
  await page.keyboard.press("End");
  await expect(page.locator("[data-histogram-reading]").first()).toHaveText(/ to [\d.]+: \d+$/);
});

test("while the run goes on the latest step is shown now and then, and a pause shows the last one", async ({
  page,
}) => {
  await open(page, `view=steps&autorun=0&c=${quick({ teacher: { steps: 100_000, hidden: [128, 128] } })}`);
  await page.locator('[data-do="run"]').click();
  await expect(summary(page)).toContainText("Teacher");
  const before = await summary(page).textContent();
  await expect(summary(page)).not.toHaveText(before ?? "");
  await expect(page.locator('[data-do="run"]')).toHaveText("Pause");
  await expect(page.locator('[data-move="step-1"]')).toHaveAttribute("aria-disabled", "true");
  await page.locator('[data-do="run"]').click();
  await expect(page.locator('[data-do="run"]')).toHaveText("Resume");
  await expect
    .poll(async () => {
      const stood = /step (\d+) of/.exec((await status(page).textContent()) ?? "")?.[1];
      return (await summary(page).textContent())?.includes(`Step ${stood}:`);
    })
    .toBe(true);
  // Back from full speed stops there.
  await page.locator('[data-do="run"]').click();
  await page.evaluate(() => window.distillLab.back(5));
  await expect(page.locator('[data-do="run"]')).toHaveText("Resume");
});

test("data without images: points of the plane, bars of features, labels withheld are marked", async ({ page }) => {
  await open(page, `view=steps&autorun=0&preset=spirals&c=${quick({ transfer: { size: 100, labelled: 10 } })}`);
  await page.evaluate(() => window.distillLab.step(62));
  await expect(summary(page)).toContainText("Student distilled");
  await expect(page.locator('[data-part="batch"] circle').first()).toBeVisible();
  await expect(page.locator('[data-part="batch"] circle.withheld').first()).toBeVisible();
  await open(page, `view=steps&autorun=0&preset=notebook-repaired`);
  await move(page, "epoch");
  await expect(summary(page)).toContainText("Step 32: Teacher");
  // The last batch of an epoch is what is left over.
  await expect(page.locator('[data-part="batch"] li')).toHaveCount(8);
});

test("it fits a narrow screen and breaks no rule of accessibility", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, SMALL);
    await page.evaluate(() => window.distillLab.step(65));
    await expect(summary(page)).toContainText("Step 65");
    await whole(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  }
});
