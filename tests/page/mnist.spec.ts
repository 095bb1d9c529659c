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
