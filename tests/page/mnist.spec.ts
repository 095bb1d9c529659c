/** MNIST in Chromium: fetched when it is asked for, with a bar and a way out, once a visit; the page lives when it is not there. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { DistillLab } from "../../www/api";

declare global {
  interface Window {
    distillLab: DistillLab;
  }
}

const FILES = ["images-idx3", "labels-idx1"].map((name) => join("data", `mnist10k-${name}-ubyte.gz`));
/** A short experiment, so that what is tested is the data. */
const SHORT = "?preset=mnist10k&autorun=0";
const SET = { teacher: { steps: 30 }, student: { steps: 30 } };

/** Runs the short experiment to its end; its digest. */
function digest(page: Page): Promise<string> {
  return page.evaluate(async (set) => {
    await window.distillLab.configure(set);
    return (await window.distillLab.run()).digest;
  }, SET);
}

function native(): string {
  const binary = join("target", "release", "distill-lab");
  const sets = ["--set", "teacher.steps=30", "--set", "student.steps=30"];
  return (
    JSON.parse(execFileSync(binary, ["run", "mnist10k", ...sets, "--json"], { encoding: "utf8" })) as { digest: string }
  ).digest;
}

test("gives the command line's digest; nothing is fetched before it is asked for, and once for all", async ({
  page,
}) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".gz")) fetched.push(request.url());
  });
  await page.goto("?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  expect(fetched).toEqual([]);
  await page.evaluate(() => window.distillLab.configure({ preset: "mnist10k" }));
  expect(await digest(page)).toBe(native());
  expect(fetched).toHaveLength(2);
  const swept = await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.temperature", values: [1, 4], seeds: 2 }),
  );
  expect(swept.points.map((point) => point.seeds)).toEqual([2, 2]);
  await page.reload();
  await page.goto(SHORT);
  await digest(page);
  expect(fetched).toHaveLength(2);
});

test("offline, a second visit has it from the cache", async ({ page }) => {
  await page.goto(SHORT);
  const first = await digest(page);
  await page.route("**/*.gz", (route) => route.abort());
  await page.goto(SHORT);
  expect(await digest(page)).toBe(first);
});

test("a bar shows the way, Cancel ends it, and trying again goes on", async ({ page }) => {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  await page.route("**/*images*.gz", async (route) => {
    await gate;
    await route.continue().catch(() => undefined);
  });
  await page.goto(SHORT);
  await expect(page.locator("aside progress")).toBeVisible();
  const axe = await new AxeBuilder({ page }).include("aside").analyze();
  expect(axe.violations).toEqual([]);
  await page.locator('[data-do="stop-loading"]').press("Enter");
  await expect(page.locator("aside [role=alert]")).toContainText("cancelled");
  // Another experiment is not held up by it.
  await page.evaluate(() =>
    window.distillLab.configure({ preset: "spirals", teacher: { steps: 5 }, student: { steps: 5 } }),
  );
  await expect(page.locator("aside")).toHaveCount(0);
  expect((await page.evaluate(() => window.distillLab.run())).digest).toMatch(/^[0-9a-f]{16}$/);
  await page.evaluate(() => window.distillLab.configure({ preset: "mnist10k" }));
  await expect(page.locator("aside progress")).toBeVisible();
  open();
  expect(await digest(page)).toMatch(/^[0-9a-f]{16}$/);
});

test("a damaged file is said, and files chosen by hand help", async ({ page }) => {
  const whole = readFileSync(FILES[0] ?? "");
  await page.route("**/*images*.gz", (route) => route.fulfill({ body: whole.subarray(0, 1_000_000) }));
  await page.goto(SHORT);
  await expect(page.locator("aside [role=alert]")).toContainText("MNIST");
  await page.locator("aside input[type=file]").setInputFiles(FILES);
  await expect(page.locator("aside")).toHaveCount(0);
  expect(await digest(page)).toMatch(/^[0-9a-f]{16}$/);
});

test("the page that is one file says that it cannot carry it, and takes the files", async ({ page }) => {
  await page.goto(`${pathToFileURL(join("dist", "distill-lab.html")).href}${SHORT}`);
  await expect(page.locator("aside [role=alert]")).toContainText("single file");
  await page.locator("aside input[type=file]").setInputFiles(FILES);
  await expect(page.locator("aside")).toHaveCount(0);
  expect(await digest(page)).toMatch(/^[0-9a-f]{16}$/);
});

/** A page whose images do not come before `open` is called; they fail where it is called with false. */
async function held(page: Page): Promise<(comes?: boolean) => void> {
  let open: (comes: boolean) => void = () => undefined;
  const gate = new Promise<boolean>((resolve) => (open = resolve));
  await page.route("**/*images*.gz", async (route) => {
    if (await gate) await route.continue().catch(() => undefined);
    else await route.abort().catch(() => undefined);
  });
  const values = encodeURIComponent("1, 4");
  await page.goto(`${SHORT}&c=${JSON.stringify(SET)}&over=distillation.temperature&values=${values}&seeds=2`);
  await expect(page.locator("aside progress")).toBeVisible();
  return (comes = true) => open(comes);
}
const sweepSays = (page: Page) => page.locator("section", { has: page.locator("#h-sweep") });

test("a sweep and a repeat begun while the images are on their way wait for them", async ({ page }) => {
  const open = await held(page);
  await page.locator('[data-do="sweep"]').click();
  await page.locator('[data-do="repeat"]').click();
  await expect(sweepSays(page)).toContainText("Fetching the MNIST images: 0 of 4");
  await expect(page.locator("aside progress")).toBeVisible();
  open();
  await expect(page.locator("[data-seeds]")).toContainText("2 of 2");
  await expect(page.locator("[data-verdict]")).toHaveAttribute("data-verdict", /\w/);
  await expect(page.locator("aside")).toHaveCount(0);
});

test("a sweep waits on though the bench turns to other data; with its Cancel the download ends", async ({ page }) => {
  const open = await held(page);
  await page.locator('[data-do="sweep"]').click();
  await expect(sweepSays(page)).toContainText("Fetching the MNIST images");
  await page.evaluate(() => window.distillLab.configure({ preset: "spirals" }));
  await expect(page.locator("aside progress")).toBeVisible();
  await page.locator('[data-do="cancel-sweep"]').click();
  await expect(page.locator("aside")).toHaveCount(0);
  await expect(page.locator('[data-do="sweep"]')).toBeVisible();
  await expect(page.locator("[data-problem]")).toHaveCount(0);
  open();
});

test("a sweep whose images do not come says so, and works when they do", async ({ page }) => {
  const open = await held(page);
  await page.locator('[data-do="sweep"]').click();
  await expect(sweepSays(page)).toContainText("Fetching the MNIST images");
  open(false);
  await expect(page.locator("[data-problem]")).toContainText("The MNIST images could not be loaded");
  await page.unroute("**/*images*.gz");
  await page.locator('[data-do="retry-loading"]').click();
  await expect(page.locator("aside")).toHaveCount(0);
  await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.temperature", values: [1, 4], seeds: 2 }).then(() => undefined),
  );
  await expect(page.locator("[data-problem]")).toHaveCount(0);
});

test("a digit is drawn in MNIST's form, and all three models answer", async ({ page }) => {
  await page.goto(
    `?view=draw&preset=mnist10k&c=${JSON.stringify({ teacher: { steps: 400 }, student: { steps: 300 } })}`,
  );
  await expect(page.getByText(/^Done/)).toBeVisible({ timeout: 60_000 });
  const { x, y, width, height } = (await page.locator("[data-pad]").boundingBox())!;
  const at = (u: number, v: number): [number, number] => [x + u * width, y + v * height];
  await page.mouse.move(...at(0.25, 0.15));
  await page.mouse.down();
  await page.mouse.move(...at(0.75, 0.15), { steps: 6 });
  await page.mouse.move(...at(0.45, 0.9), { steps: 9 });
  await page.mouse.up();
  await expect(page.locator("[data-summary]")).toContainText(/Teacher 7 \(/);
  const seen = await page.locator(".seen canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    return { size: [canvas.width, canvas.height], ink: Array.from({ length: 784 }, (_, i) => data[4 * i + 3]! / 255) };
  });
  expect(seen.size).toEqual([28, 28]);
  // Scaled to 20 pixels, its centre of mass in the middle.
  const rows = seen.ink.flatMap((v, i) => (v > 0.05 ? [Math.floor(i / 28)] : []));
  expect(Math.max(...rows) - Math.min(...rows) + 1).toBeGreaterThanOrEqual(20);
  expect(Math.max(...rows) - Math.min(...rows) + 1).toBeLessThanOrEqual(21);
  const mass = seen.ink.reduce((sum, v) => sum + v, 0);
  const centre = seen.ink.reduce((sum, v, i) => sum + v * Math.floor(i / 28), 0) / mass;
  expect(Math.abs(centre - 13.5)).toBeLessThan(0.6);
  // The answer is the engine's about that image.
  const said = await page.evaluate((input) => window.distillLab.predict(input), seen.ink);
  const shown = Number(await page.locator('[data-answer="teacher 7"]').textContent());
  expect(Math.abs(shown - said.teacher![7]!)).toBeLessThan(0.02);
});

test("28 x 28 images and lines are shown, and no task of the page is long", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(SHORT);
  await digest(page);
  await page.evaluate(() => {
    (window as unknown as { long: number[] }).long = [];
    new PerformanceObserver((list) =>
      (window as unknown as { long: number[] }).long.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({ entryTypes: ["longtask"] });
  });
  const canvas = page
    .locator("section", { has: page.locator("#h-soft") })
    .locator("canvas")
    .first();
  await expect(canvas).toHaveAttribute("width", "28");
  await page.locator('[data-do="takeover"]').click();
  await expect(
    page
      .locator("section", { has: page.locator("#h-takeover") })
      .locator("canvas")
      .first(),
  ).toHaveAttribute("width", "28");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  console.log("long tasks, ms:", await page.evaluate(() => (window as unknown as { long: number[] }).long));
  await page.evaluate(() => window.distillLab.configure({ preset: "mnist1d" }));
  await expect(
    page.locator("section", { has: page.locator("#h-soft") }).locator("svg[data-line] polyline"),
  ).toBeVisible();
});
