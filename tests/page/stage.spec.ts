/** The stage with the engine behind it: what is drawn is what was computed, and a hand that tries something changes nothing. */
import { expect, type Page, test } from "@playwright/test";

/** A step a stop of the playhead, and an epoch every second step. */
const SHORT = {
  teacher: { steps: 40, hidden: [16] },
  student: { steps: 60, hidden: [8] },
  distillation: { temperature: 4 },
};
const address = (config: unknown, more = ""): string =>
  `/?view=stage&c=${encodeURIComponent(JSON.stringify(config))}${more}`;
const stage = (page: Page) => page.locator("[data-on-stage]");
const dial = (page: Page) => page.locator("[data-dial]");
const scrubber = (page: Page) => page.locator("[data-scrubber]");
const figure = (page: Page, who: string, column: number) => page.locator(`[data-figures-of="${who}"] td`).nth(column);
const state = (page: Page) =>
  page.evaluate(() => ({
    config: JSON.stringify(window.distillLab.config()),
    address: location.href,
    history: history.length,
  }));

/** Opens the stage, and waits until its run stands there as it ended. */
async function open(page: Page, config: unknown = SHORT, more = ""): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(address(config, more));
  await page.evaluate(() => window.distillLab.ready);
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  await expect(page.locator("[data-stage]")).toHaveAttribute("data-stage", "done");
  await page.locator("[data-figures] summary").click();
}

/** From the left end of the dial's track to the right: where the pointer holds it. */
async function hold(page: Page, share: number): Promise<void> {
  const box = (await dial(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + share * box.width, box.y + box.height / 2, { steps: 4 });
}

test("counts and answers are those of the run at each step that is looked at", async ({ page }) => {
  await open(page);
  const { curves, student_distilled } = await page.evaluate(() => window.distillLab.run());
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  const percent = (share: number) => (100 * share).toFixed(1);
  await expect(figure(page, "student_distilled", 3)).toHaveText(percent(student_distilled.accuracy));
  for (const own of [20, 44, 60]) {
    await scrubber(page).focus();
    await page.keyboard.press("End");
    for (let step = 60; step > own; step--) await page.keyboard.press("ArrowLeft");
    await expect(stage(page)).toHaveAttribute("data-stage-step", String(40 + own));
    for (const who of ["student_alone", "student_distilled"] as const) {
      const { step, test_accuracy } = curves![who]!;
      const at = step.indexOf(own);
      expect(at).toBeGreaterThanOrEqual(0);
      await expect(figure(page, who, 3)).toHaveText(percent(test_accuracy[at]!));
    }
  }
  // In the teacher's phase the students are as they were drawn.
  await page.keyboard.press("Home");
  for (const who of ["student_alone", "student_distilled"]) await expect(figure(page, who, 0)).toHaveText("–");
});

test("a drag is seen at once, and given up it changes nothing", async ({ page }) => {
  await open(page);
  const before = await state(page);
  const result = await page.evaluate(() => window.distillLab.run());
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  const was = await figure(page, "student_distilled", 1).textContent();
  await hold(page, 0.95);
  await expect(stage(page)).toHaveAttribute("data-on-stage", "tried");
  await expect(figure(page, "student_distilled", 1)).not.toHaveText(was!);
  expect(await state(page)).toEqual(before);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  await expect(figure(page, "student_distilled", 1)).toHaveText(was!);
  expect(await state(page)).toEqual(before);
  expect((await page.evaluate(() => window.distillLab.run())).digest).toBe(result.digest);
});

test("let go, the temperature is set once, its run is made, and twelve seeds follow", async ({ page }) => {
  await open(page);
  const before = await state(page);
  await hold(page, 0.8);
  await expect(stage(page)).toHaveAttribute("data-on-stage", "tried");
  const tried = Number(await dial(page).getAttribute("aria-valuenow"));
  await page.mouse.up();
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  const after = await state(page);
  expect((JSON.parse(after.config) as { distillation: { temperature: number } }).distillation.temperature).toBe(tried);
  expect(after.history - before.history).toBe(1);
  await expect(page.locator("[data-race]")).toContainText(/12 seeds.* ± /);
  const { accuracy } = (await page.evaluate(() => window.distillLab.run())).student_distilled;
  await expect(figure(page, "student_distilled", 3)).toHaveText((100 * accuracy).toFixed(1));
});

test("by keys the dial tries, Escape gives up, and Enter sets", async ({ page }) => {
  await open(page);
  await dial(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const last = Number(await dial(page).getAttribute("aria-valuemax"));
  await expect.poll(() => page.evaluate(() => window.distillLab.config().distillation.temperature)).toBe(last);
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  await expect(dial(page)).toHaveAttribute("aria-valuetext", /distilled \d+, alone \d+ of 797/);
});

test("let go where it was taken up, nothing is made again", async ({ page }) => {
  await open(page, { ...SHORT, distillation: { temperature: 64 } });
  const before = await state(page);
  await page.evaluate(() => {
    window.distillLab.on("status", ({ state }) => document.body.setAttribute("data-told", state));
  });
  await dial(page).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(stage(page)).toHaveAttribute("data-on-stage", "tried");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(stage(page)).toHaveAttribute("data-on-stage", "done");
  expect(await page.locator("body").getAttribute("data-told")).toBeNull();
  expect(await state(page)).toEqual(before);
});

test("a sample of the wall comes on stage, and one of the taught is told", async ({ page }) => {
  await open(page);
  const image = page.locator("section[aria-label=Sample]");
  await page.locator("[data-wall]").first().focus();
  // The first sample, then the one below it: of the next class.
  for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
  await expect(image).toContainText("label: 1");
  await expect(page.locator("[data-nobody]")).toBeVisible();
  await page.locator("[data-thumb^=taught]").last().click();
  await expect(page.locator("[data-ribbon]")).not.toHaveCount(0);
  await expect(page.locator("[data-nobody]")).toHaveCount(0);
});

test("a run that begins by itself is played, and stands still where nothing is to move", async ({ page }) => {
  await page.goto(address(SHORT));
  const step = async () => Number(await stage(page).getAttribute("data-stage-step"));
  await expect.poll(step).toBeGreaterThan(0);
  expect(await step()).toBeLessThan(100);
  await page.locator('[data-do="stage-play"]').click();
  const held = await step();
  await page.locator('[data-do="stage-play"]').click();
  await expect.poll(step).toBeGreaterThan(held);
  await expect.poll(step).toBe(100);
});

test("without controls the dial only looks: nothing is trained, and nothing is set", async ({ page }) => {
  await open(page, SHORT, "&controls=0");
  const before = await state(page);
  const [says, right] = [figure(page, "student_distilled", 1), figure(page, "student_distilled", 3)];
  const [was, count] = [await says.textContent(), await right.textContent()];
  await hold(page, 0.95);
  await page.mouse.up();
  await expect(says).not.toHaveText(was!);
  await expect(right).toHaveText(count!);
  expect(await state(page)).toEqual(before);
});

for (const [preset, seen] of [
  ["spirals", "[data-wall] canvas.field"],
  ["mnist1d", "[data-wall] canvas"],
  ["notebook-repaired", "[data-wall] canvas"],
] as const) {
  test(`${preset} stands on the same stage`, async ({ page }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await open(page, { teacher: { steps: 30 }, student: { steps: 30 } }, `&preset=${preset}`);
    await expect(page.locator(seen).first()).toBeVisible();
    await expect(figure(page, "student_distilled", 3)).not.toHaveText("");
    expect(errors).toEqual([]);
  });
}

test("a run that fails says so on the stage", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const optimizer = { name: "sgd", learning_rate: 10, momentum: 0.99 };
  const wild = { teacher: { optimizer, hidden: [64, 64, 64, 64, 64, 64], activation: "gelu", steps: 400 } };
  await page.goto(address(wild));
  await expect(stage(page)).toHaveAttribute("data-on-stage", "failed");
  await expect(stage(page).getByRole("alert")).toContainText("a lower learning rate keeps it finite");
});

test("in German every word of it is German", async ({ page }) => {
  await open(page, SHORT, "&lang=de");
  await expect(page.getByText("Was ein Label verschweigt")).toBeVisible();
  await expect(dial(page)).toHaveAttribute("aria-label", "Temperatur");
});
