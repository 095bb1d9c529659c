/** Drawing a digit as a person does: by mouse, by finger, by keys; and what the models answer. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const SEVEN: [number, number][] = [
  [0.25, 0.15],
  [0.75, 0.15],
  [0.45, 0.9],
];

async function open(page: Page, query = ""): Promise<void> {
  await page.goto(`/?view=draw&${query}`);
  await page.evaluate(() => window.distillLab.ready);
}
const done = (page: Page) => expect(page.getByText(/^Done/)).toBeVisible();
const pad = (page: Page) => page.locator("[data-pad]");
const summary = (page: Page) => page.locator("[data-summary]");
/** Cells of ink on the pad. */
const ink = (page: Page) =>
  pad(page)
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((v, i) => i % 4 === 3 && v > 0).length;
    });
async function draw(page: Page, points: [number, number][]): Promise<void> {
  const { x, y, width, height } = (await pad(page).boundingBox())!;
  const [first, ...rest] = points.map(([u, v]) => [x + u * width, y + v * height] as const);
  await page.mouse.move(first![0], first![1]);
  await page.mouse.down();
  for (const [u, v] of rest) await page.mouse.move(u, v, { steps: 4 });
  await page.mouse.up();
}

test("a 7 drawn by mouse is answered by all three models, at the engine's word and while the pen is down", async ({
  page,
}) => {
  await open(page);
  await done(page);
  await expect(summary(page)).toHaveText("Draw something: the models answer at once.");
  const { x, y, width, height } = (await pad(page).boundingBox())!;
  await page.mouse.move(x + 0.25 * width, y + 0.15 * height);
  await page.mouse.down();
  await page.mouse.move(x + 0.75 * width, y + 0.15 * height, { steps: 5 });
  // The pen is still down, and the models say something of what there is.
  await expect(summary(page)).toContainText("Teacher");
  const half = await summary(page).textContent();
  await page.mouse.move(x + 0.45 * width, y + 0.9 * height, { steps: 8 });
  await page.mouse.up();
  await expect(summary(page)).not.toHaveText(half ?? "");
  await expect(summary(page)).toContainText(/Teacher 7 \(/);
  // The image that is shown is the one that was asked about.
  const seen = await page.locator(".seen canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, 8, 8);
    return Array.from({ length: 64 }, (_, i) => data[4 * i + 3]! / 255);
  });
  const said = await page.evaluate(
    (input) => window.distillLab.predict(input),
    seen.map((v) => Math.round(16 * v) / 16),
  );
  for (const model of ["teacher", "student_alone", "student_distilled"] as const) {
    await expect(page.locator(`[data-answer="${model} 7"]`)).toHaveText(said[model]![7]!.toFixed(3));
  }
  // Said politely when the pen rests.
  await expect(page.locator('.answers [role="status"]')).toContainText(/Teacher 7/);
});

test("the answers soften with T, which stays in the address", async ({ page }) => {
  await open(page);
  await done(page);
  await draw(page, SEVEN);
  await expect(summary(page)).toContainText(/Teacher 7 \(/);
  const sure = async () => Number(await page.locator('[data-answer="teacher 7"]').textContent());
  const before = await sure();
  await page.getByRole("slider", { name: "Draw a digit, Temperature" }).fill("1");
  await expect.poll(sure).toBeLessThan(before - 0.3);
  await expect(summary(page)).toContainText(/Teacher 7 \(/);
  await expect(page).toHaveURL(/draw-T=64/);
});

test("strokes are rubbed out, taken back and cleared", async ({ page }) => {
  await open(page, "autorun=0");
  await draw(page, SEVEN);
  await expect.poll(() => ink(page)).toBeGreaterThan(2000);
  const whole = await ink(page);
  await page.locator('[data-tool="rubber"]').click();
  await draw(page, SEVEN.slice(0, 2));
  await expect.poll(() => ink(page)).toBeLessThan(whole);
  await page.locator('[data-do="undo"]').click();
  await expect.poll(() => ink(page)).toBe(whole);
  await page.locator('[data-do="clear"]').click();
  await expect.poll(() => ink(page)).toBe(0);
  await page.locator('[data-do="undo"]').click();
  await expect.poll(() => ink(page)).toBe(whole);
  await page.locator('[data-do="undo"]').click();
  await expect.poll(() => ink(page)).toBe(0);
  await expect(page.locator('[data-do="undo"]')).toHaveAttribute("aria-disabled", "true");
  // A thicker pen leaves more ink.
  await page.locator('[data-tool="pen"]').click();
  await page.getByRole("slider", { name: "Thickness" }).fill("0.18");
  await draw(page, SEVEN);
  await expect.poll(() => ink(page)).toBeGreaterThan(1.5 * whole);
});

test("keys draw, dab, rub out and take back, and a screen reader hears where", async ({ page }) => {
  await open(page);
  await done(page);
  await pad(page).focus();
  const press = async (key: string, times: number) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  // A 1: up, then down with the pen.
  await press("ArrowUp", 11);
  await expect(page.locator("[data-brush]")).toHaveText("row 4, column 15: paper");
  expect(await ink(page)).toBe(0);
  await press("Shift+ArrowDown", 21);
  await expect(page.locator("[data-brush]")).toHaveText("row 25, column 15: ink");
  await expect(summary(page)).toContainText(/Teacher 1 \(/);
  const line = await ink(page);
  await press("ArrowRight", 6);
  await press("Space", 1);
  await expect.poll(() => ink(page)).toBeGreaterThan(line);
  await press("Delete", 1);
  await expect.poll(() => ink(page)).toBe(line);
  await press("Control+z", 2);
  await press("ArrowLeft", 1);
  await expect(page.locator("[data-brush]")).toHaveText(/column 20/);
  await expect.poll(() => ink(page)).toBe(line);
  // Tab leaves the pad: no trap.
  await page.keyboard.press("Tab");
  await expect(page.locator('[data-tool="pen"]')).toBeFocused();
});

test("a test image is loaded, changed, and still near what it was", async ({ page }) => {
  await open(page);
  await done(page);
  await page.getByRole("spinbutton").fill("5");
  await page.locator('[data-do="load"]').click();
  await expect.poll(() => ink(page)).toBeGreaterThan(3000);
  const whole = await ink(page);
  const teacher = (await summary(page).textContent())?.match(/Teacher (\d)/)?.[1];
  expect(teacher).toBeDefined();
  await page.locator('[data-tool="rubber"]').click();
  await draw(page, [
    [0.2, 0.5],
    [0.8, 0.5],
  ]);
  await expect.poll(() => ink(page)).toBeLessThan(whole);
  await page.locator('[data-do="undo"]').click();
  await expect.poll(() => ink(page)).toBe(whole);
});

test("data that are no images: the panel says so and leads to the digits", async ({ page }) => {
  await open(page, "preset=spirals&autorun=0");
  await expect(page.getByText("no images")).toBeVisible();
  await expect(pad(page)).toHaveCount(0);
  await page.locator('[data-do="digits"]').click();
  await expect(pad(page)).toBeVisible();
  await done(page);
  await draw(page, SEVEN);
  await expect(summary(page)).toContainText(/Teacher 7/);
});

test("models that are not trained say so; as they train they begin to answer", async ({ page }) => {
  await open(page, "autorun=0");
  await draw(page, SEVEN);
  await expect(summary(page)).toHaveText("No model has been trained yet: press Run.");
  await page.locator('[data-do="run"]').click();
  await done(page);
  await expect(summary(page)).toContainText(/Teacher 7/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing to complain of, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await done(page);
    await draw(page, SEVEN);
    await expect(summary(page)).toContainText(/Teacher 7/);
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    expect((await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
}

test.describe("by finger", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  test("a stroke draws and does not scroll; beside the pad the page scrolls", async ({ page }) => {
    await open(page);
    await done(page);
    await pad(page).scrollIntoViewIfNeeded();
    const at = await page.evaluate(() => scrollY);
    const { x, y, width, height } = (await pad(page).boundingBox())!;
    const cdp = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", point?: [number, number]) =>
      cdp.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: point ? [{ x: x + point[0] * width, y: y + point[1] * height }] : [],
      });
    await touch("touchStart", SEVEN[0]);
    for (let k = 1; k <= 6; k++) await touch("touchMove", [0.25 + (0.5 * k) / 6, 0.15]);
    for (let k = 1; k <= 9; k++) await touch("touchMove", [0.75 - (0.3 * k) / 9, 0.15 + (0.75 * k) / 9]);
    await touch("touchEnd");
    await expect(summary(page)).toContainText(/Teacher 7/);
    expect(await page.evaluate(() => scrollY)).toBe(at);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const action = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).touchAction);
    expect([await action("[data-pad]"), await action(".mine"), await action("body")]).toEqual(["none", "auto", "auto"]);
  });
});
