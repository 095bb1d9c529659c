/** The boundaries and what the student took over, as a person uses them: pointer, touch, keys, the address. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { OwnPoint } from "../../www/shared/worlds";

/** Trains in a blink. */
const QUICK = { teacher: { steps: 400, hidden: [16] }, student: { steps: 200 } };
const quick = (more = {}): string => encodeURIComponent(JSON.stringify({ ...QUICK, ...more }));

async function open(page: Page, query: string): Promise<void> {
  await page.goto(`/?${query}`);
  await page.evaluate(() => window.distillLab.ready);
}
const done = (page: Page) => expect(page.getByText(/^Done/)).toBeVisible();
const field = (page: Page, model: string) => page.locator(`[data-field="${model}"] .field`);
/** The share of the picture that has a colour. */
const coloured = (page: Page, model: string) =>
  page.locator(`[data-field="${model}"] canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 3; i < data.length; i += 4) sum += data[i]!;
    return sum / (255 * (data.length / 4));
  });
const ownPoints = (page: Page) =>
  page.evaluate(() => (window.distillLab.config().data as unknown as { points: OwnPoint[] }).points);
const own = (n: number): OwnPoint[] =>
  Array.from({ length: n }, (_, i) => [
    ((i * 37) % 100) / 100 - 0.5,
    ((i * 61) % 100) / 100 - 0.5,
    i % 2 === 0 ? 0 : 1,
  ]);

test("regions are there while the teacher trains, and the students' when theirs begins", async ({ page }) => {
  await open(
    page,
    `view=boundary&preset=spirals&autorun=0&c=${quick({ teacher: { steps: 100_000, hidden: [128, 128], batch_size: 256 } })}`,
  );
  await expect(field(page, "teacher")).toBeVisible();
  expect(await coloured(page, "teacher")).toBe(0);
  await page.locator('[data-do="run"]').click();
  await expect.poll(() => coloured(page, "teacher")).toBeGreaterThan(0);
  await expect(page.locator('[data-do="run"]')).toHaveText("Pause");
  expect(await coloured(page, "student_distilled")).toBe(0);
  const before = await coloured(page, "teacher");
  await expect.poll(() => coloured(page, "teacher")).not.toBe(before);
});

test("a dragged temperature fades the regions at once and stays in the address", async ({ page }) => {
  await open(page, `view=boundary&preset=spirals&c=${quick()}`);
  await done(page);
  await expect.poll(() => coloured(page, "student_alone")).toBeGreaterThan(0.2);
  const sharp = await coloured(page, "student_alone");
  const agreed = await page.locator('[data-row="student_distilled"] [data-agree]').textContent();
  await page.getByRole("slider").fill("1");
  await expect.poll(() => coloured(page, "student_alone")).toBeLessThan(sharp / 4);
  expect(await page.locator('[data-row="student_distilled"] [data-agree]').textContent()).toBe(agreed);
  await expect(page).toHaveURL(/region-T=64/);
  await page.reload();
  await done(page);
  await expect(page.getByRole("slider")).toHaveAttribute("aria-valuetext", "T = 64");
});

test("arrow keys and the pointer read what the engine predicts at a point", async ({ page }) => {
  await open(page, `view=boundary&preset=spirals&c=${quick()}`);
  await done(page);
  await field(page, "teacher").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  await expect(page.locator("[data-reading]")).toContainText("(0.05, 0.01)");
  const said = await page.evaluate(() => window.distillLab.predict([0.05, 0.01]));
  for (const model of ["teacher", "student_alone", "student_distilled"] as const) {
    const cell = page.locator(`[data-row="${model}"] [data-p-at="1"]`);
    await expect(cell).toHaveText((said[model]?.[1] ?? Number.NaN).toFixed(4));
  }
  const before = await page.locator("[data-reading]").textContent();
  await field(page, "student_alone").hover({ position: { x: 20, y: 30 } });
  await expect(page.locator("[data-reading]")).not.toHaveText(before ?? "");
});

test("digits have no regions: the panel says so and offers worlds", async ({ page }) => {
  await open(page, "view=boundary&autorun=0");
  await expect(page.getByText("data of two features")).toBeVisible();
  await page.locator('[data-world="moons"]').click();
  await expect(field(page, "teacher")).toBeVisible();
  await expect(page).toHaveURL(/preset=spirals/);
  await expect(page).toHaveURL(/data=moons/);
});

test("points are added, flipped, moved and erased by pointer, undone, and restored by the address", async ({
  page,
}) => {
  await open(page, `view=boundary&preset=spirals&autorun=0&c=${quick()}`);
  await page.locator('[data-do="own"]').click();
  await expect(page.locator("[data-own]")).toHaveAttribute("data-own", "60");
  const box = (await field(page, "teacher").boundingBox())!;
  const at = (x: number, y: number) => ({
    x: box.width * (0.5 + x / 2.5),
    y: box.height * (0.5 - y / 2.5),
  });
  const click = (x: number, y: number) => field(page, "teacher").click({ position: at(x, y) });
  const lastIs = (want: (points: OwnPoint[]) => unknown, value: unknown) =>
    expect.poll(async () => want(await ownPoints(page))).toEqual(value);

  await page.locator('[data-tool="add-b"]').click();
  await click(1.1, 1.1);
  await lastIs((p) => [p.length, p.at(-1)?.[2]], [61, 1]);
  const [x, y] = (await ownPoints(page)).at(-1)!;
  expect(Math.hypot(x - 1.1, y - 1.1)).toBeLessThan(0.03);
  await page.locator('[data-tool="flip"]').click();
  await click(1.1, 1.1);
  await lastIs((p) => p.at(-1)?.[2], 0);
  await page.locator('[data-tool="move"]').click();
  await field(page, "teacher").hover({ position: at(1.1, 1.1) });
  await page.mouse.down();
  await field(page, "teacher").hover({ position: at(-1.1, 1) });
  await page.mouse.up();
  await lastIs((p) => Math.sign(p.at(-1)![0]), -1);
  await page.locator('[data-do="undo"]').click();
  await lastIs((p) => Math.sign(p.at(-1)![0]), 1);
  await page.locator('[data-tool="erase"]').click();
  await click(1.1, 1.1);
  await lastIs((p) => p.length, 60);
  // Training began anew, and the address has it all.
  await done(page);
  const points = await ownPoints(page);
  await expect(page).toHaveURL(/data=points/);
  const inAddress = () => JSON.parse(new URL(page.url()).searchParams.get("c") ?? "{}").data?.points;
  await expect.poll(inAddress).toEqual(points);
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  expect(await ownPoints(page)).toEqual(points);
});

test("points are set, picked up and dropped by keys alone", async ({ page }) => {
  await open(page, `view=boundary&autorun=0&preset=spirals&c=${quick({ data: { name: "points", points: own(12) } })}`);
  await page.locator('[data-tool="add-a"]').focus();
  await page.keyboard.press("Enter");
  await field(page, "teacher").focus();
  await page.keyboard.press("ArrowUp");
  for (let i = 0; i < 16; i++) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await ownPoints(page)).at(-1)).toEqual([0, 0.8, 0]);
  await page.locator('[data-tool="move"]').focus();
  await page.keyboard.press("Enter");
  await field(page, "student_distilled").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await ownPoints(page)).at(-1)).toEqual([0.05, 0.8, 0]);
});

test("too few points are refused in words, and nothing changes", async ({ page }) => {
  await open(page, `view=boundary&autorun=0&preset=spirals&c=${quick({ data: { name: "points", points: own(4) } })}`);
  await page.locator('[data-tool="erase"]').click();
  await field(page, "teacher").click({ position: { x: 1, y: 1 } });
  await expect(page.locator("[data-own]")).toHaveAttribute("data-own", "4");
  const box = (await field(page, "teacher").boundingBox())!;
  const [x, y] = own(4)[0]!;
  await field(page, "teacher").click({
    position: { x: box.width * (0.5 + x / 2.5), y: box.height * (0.5 - y / 2.5) },
  });
  await expect(page.getByRole("alert")).toContainText("data.points: got 3 points; allowed: 4 to 200");
  expect(await ownPoints(page)).toEqual(own(4));
});

test("a touch sets a point on a narrow screen, where nothing is wider than it", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true });
  const page = await context.newPage();
  await open(page, `view=boundary&autorun=0&preset=spirals&c=${quick({ data: { name: "points", points: own(12) } })}`);
  await page.locator('[data-tool="add-a"]').tap();
  await field(page, "student_alone").tap({ position: { x: 10, y: 10 } });
  await expect.poll(async () => (await ownPoints(page)).length).toBe(13);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await context.close();
});

test("what was taken over shows the run's own figures, and a higher T more likeness", async ({ page }) => {
  await open(page, "view=takeover&preset=short-training");
  await done(page);
  const result = await page.evaluate(() => window.distillLab.run());
  const cell = (i: number, k: number) => page.locator(`[data-confusion="student_distilled"] [data-cell="${i},${k}"]`);
  for (const i of [0, 3, 8]) {
    await expect(cell(i, i)).toHaveText(String(result.student_distilled.confusion[i]?.[i]));
  }
  const differ = Math.round(797 * (1 - (result.student_distilled.agreement ?? 0)));
  await expect(page.locator('[data-kind="differ_teacher"] .soft')).toHaveText(String(differ));
  const own = page.locator('[data-part="likeness"] [data-cell="3,3"]');
  const slider = page.getByRole("slider");
  await slider.fill("0.1");
  await expect.poll(async () => Number(await own.textContent())).toBeGreaterThan(0.8);
  await slider.fill("0.95");
  await expect.poll(async () => Number(await own.textContent())).toBeLessThan(0.3);
  // A test on which they disagree, explored.
  await page.locator('[data-part="disagreements"] li button').first().click();
  await expect(page).toHaveURL(/image=\d+/);
  await page.getByRole("spinbutton").fill("5");
  await page.getByRole("spinbutton").press("Tab");
  await expect(page).toHaveURL(/image=5(&|$)/);
  const sums = await page.locator('[data-soft^="student_alone"]').allTextContents();
  expect(sums.reduce((all, text) => all + Number(text), 0)).toBeCloseTo(1, 1);
});

test("a bin of the reliability diagram is read by keys", async ({ page }) => {
  await open(page, "view=takeover&preset=short-training");
  await done(page);
  const diagram = page.getByRole("img", { name: /Calibration, Teacher/ });
  await diagram.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText(/^0\.93–1\.00: \d+ samples, confidence/)).toBeVisible();
});

test("on the whole page the panel is opened by its button, and its code is not loaded before", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  await open(page, "autorun=0");
  expect(scripts.filter((url) => /TakeOver|Boundaries/.test(url))).toEqual([]);
  await page.locator('[data-do="takeover"]').click();
  await expect(page.locator('[data-part="likeness"]')).toBeVisible();
  expect(scripts.some((url) => /TakeOver/.test(url))).toBe(true);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the panels break no rule of accessibility, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const query of [`view=boundary&preset=spirals&c=${quick()}`, "view=takeover&preset=short-training"]) {
      await open(page, query);
      await done(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
    }
  });
}
