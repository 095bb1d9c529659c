/** How long the students train: chosen on the page, in the address, in the lesson and in panels, and equal to the command line's. */
import { execFileSync } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";

const native = (...args: string[]): { digest: string } =>
  JSON.parse(
    execFileSync("cargo", ["run", "--release", "--quiet", "--locked", "--", "run", ...args, "--json"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    }),
  );
const QUICK = encodeURIComponent('{"teacher":{"steps":40},"student":{"steps":40}}');
const SETS = ["--set", "teacher.steps=40", "--set", "student.steps=40"];
async function open(page: Page, more = ""): Promise<void> {
  await page.goto(`/?autorun=0&c=${QUICK}${more}`);
  await page.evaluate(() => window.distillLab.ready);
}
const choice = (within: Page | Locator) => within.getByRole("group", { name: "Budget", exact: true });
const radio = (within: Page | Locator, times: number) =>
  choice(within).getByRole("radio", { name: `${times} ×`, exact: true });
const footer = (page: Page) => page.locator("footer code");

test("a budget multiplies the students' steps, stands in the address, and gives the command line's digest", async ({
  page,
}) => {
  await open(page);
  await expect(radio(page, 1)).toBeChecked();
  await expect(choice(page)).toContainText("40 steps a student");
  await radio(page, 3).click();
  await expect(choice(page)).toContainText("120 steps a student");
  await expect(page).toHaveURL(/[?&]budget=3(&|$)/);
  // Chosen is trained, and the pipeline counts as the engine does.
  await expect(footer(page)).toHaveText(native("fifty-digits", ...SETS, "--budget", "3").digest);
  await expect(page.locator("ol > li").nth(2)).toContainText("120");
  // Three times forty steps are the hundred and twenty of a config that says so.
  const same = native("fifty-digits", "--set", "teacher.steps=40", "--set", "student.steps=120");
  await expect(footer(page)).toHaveText(same.digest);
  await page.goBack();
  await expect(radio(page, 1)).toBeChecked();
});

test("another value of a link is shown and kept, and one that is none is refused by name", async ({ page }) => {
  await open(page, "&budget=5");
  await expect(radio(page, 5)).toBeChecked();
  await expect(choice(page).getByRole("radio")).toHaveCount(4);
  await expect(choice(page)).toContainText("200 steps a student");
  await page.evaluate(() => window.distillLab.configure({ seed: 9 }));
  await expect(page).toHaveURL(/budget=5/);
  await expect(radio(page, 5)).toBeChecked();
  await open(page, "&budget=11");
  await expect(page.locator(".problem")).toContainText("budget: got 11; allowed: a whole number from 1 to 10");
  await expect(radio(page, 1)).toBeChecked();
});

test("the keyboard chooses as among radio buttons, without taking a step of the run", async ({ page }) => {
  await open(page);
  await radio(page, 1).focus();
  await page.keyboard.press("ArrowRight");
  await expect(radio(page, 3)).toBeFocused();
  await expect(page).toHaveURL(/budget=3/);
  await page.keyboard.press("ArrowRight");
  await expect(radio(page, 10)).toBeChecked();
  await expect(page).toHaveURL(/budget=10/);
  await expect(choice(page)).toContainText("400 steps a student");
});

test("a preset says what ten times its steps give, as long as nothing else was changed", async ({ page }) => {
  await page.goto("/?autorun=0&preset=unseen-digit");
  const why = page.locator(".why");
  await expect(why).toContainText("Ten times the steps:");
  await page.evaluate(() => window.distillLab.configure({ budget: 10 }));
  await expect(why).toContainText("budget 10 (there 1)");
  await expect(why).toContainText("Ten times the steps:");
  await page.evaluate(() => window.distillLab.configure({ distillation: { temperature: 1 } }));
  await expect(why).not.toContainText("Ten times the steps:");
});

test("a chapter's run has its own budget, and the bench takes it with the run", async ({ page }) => {
  await page.goto("/?autorun=0&lesson=3");
  const chapter = page.locator("article");
  await radio(chapter, 3).click();
  await expect(choice(chapter)).toContainText("9,000 steps a student");
  expect(await page.evaluate(() => window.distillLab.config().budget)).toBe(1);
  await page.locator('[data-do="lesson-run"]').click();
  await expect(page.locator("[data-outcome]")).toContainText(/This run, seed 1: .*3s recognised/);
  await expect(radio(page.locator(".transport"), 3)).toBeChecked();
  // Chapters that have nothing to say about it have no choice.
  await page.goto("/?autorun=0&lesson=1");
  await expect(chapter).toHaveAttribute("data-chapter", "1");
  await expect(choice(chapter)).toHaveCount(0);
});

test("a panel alone has the choice, a sweep may vary it, and both languages name it", async ({ page }) => {
  await open(page, "&view=curves&lang=de");
  const group = page.getByRole("group", { name: "Budget", exact: true });
  await group.getByRole("radio", { name: "10 ×", exact: true }).click();
  await expect(group).toContainText("400 Schritte je Schüler");
  await expect(page).toHaveURL(/budget=10/);
  await open(page, "&view=sweep&over=budget&seeds=2");
  await expect(page.locator("[data-over]")).toHaveValue("budget");
  await expect(page.locator("[data-values]")).toHaveValue("1, 3, 10");
  const points = await page.evaluate(async () => {
    const { points } = await window.distillLab.sweep({ over: "budget", values: [1, 3], seeds: 2 });
    return points.map(({ value, seeds }) => [value, seeds]);
  });
  expect(points).toEqual([
    [1, 2],
    [3, 2],
  ]);
});

test("a teacher of the transfer set alone is chosen in the settings, and refused where there is no label", async ({
  page,
}) => {
  await open(page);
  await page.getByText("All settings").click();
  await page.locator('[id="set-teacher.sees"]').selectOption("transfer");
  const set = [...SETS, "--set", "teacher.sees=transfer"];
  await expect(footer(page)).toHaveText(native("fifty-digits", ...set).digest);
  const refused = await page.evaluate(() =>
    window.distillLab.configure({ transfer: { labelled: 0 } }).catch((error: { path: string }) => error.path),
  );
  expect(refused).toBe("teacher.sees");
});

for (const width of [1280, 360]) {
  test(`the choice is clean for axe and large enough to hit at ${width} px, and moves nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await open(page);
    /** In whole pixels: the browser rounds the place of a wrapped line by a sixty-fourth of one. */
    const box = async () => {
      const { x, y, width, height } = (await page.locator(".transport").boundingBox()) ?? {
        x: 0,
        y: 0,
        width: 0,
        height: 0,
      };
      return [x, y, width, height].map(Math.round);
    };
    const before = await box();
    await radio(page, 10).click();
    await expect(choice(page)).toContainText("400 steps a student");
    await expect(footer(page)).not.toBeEmpty();
    expect(await box()).toEqual(before);
    for (const one of await choice(page).getByRole("radio").all()) {
      const { width, height } = (await one.boundingBox()) ?? { width: 0, height: 0 };
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
    for (const theme of ["light", "dark"]) {
      await open(page, `&theme=${theme}`);
      const found = await new AxeBuilder({ page }).include(".transport").analyze();
      expect(found.violations).toEqual([]);
    }
  });
}
