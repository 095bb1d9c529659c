/** Sweeps in Chromium: any number of workers, any order, and the command line give the same bits; workers come and go. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { DistillLab } from "../../www/api";
import type { Result } from "../../www/shared/engine_types";
import type { FromSweeper, ToSweeper } from "../../www/shared/protocol";
import type { SweepResult } from "../../www/shared/requests";

interface Heard {
  /** Results' texts by seed and value. */
  rows: Record<string, Result>;
  /** Sweep workers that had a job. */
  workers: number;
  /** Sweep workers that have become ready. */
  ready: number;
  /** Values that were given away. */
  given: number;
}
declare global {
  interface Window {
    distillLab: DistillLab;
    heard: Heard;
    /** Workers that have been started and not ended. */
    alive: Set<Worker>;
  }
}

/** Listens to what the page's workers say, as the page itself does; `cores` is what the machine is said to have. */
async function listen(page: Page, cores: number): Promise<void> {
  await page.addInitScript((n) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => n });
    window.heard = { rows: {}, workers: 0, ready: 0, given: 0 };
    window.alive = new Set();
    const Real = window.Worker;
    window.Worker = class extends Real {
      #jobs = new Map<number, Extract<ToSweeper, { type: "train" }>>();
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        window.alive.add(this);
        this.addEventListener("message", ({ data }: MessageEvent<FromSweeper>) => {
          if (data.type === "ready" && !("version" in data)) window.heard.ready += 1;
          if (data.type === "given") window.heard.given += data.values.length;
          const job = data.type === "row" && this.#jobs.get(data.job);
          if (job)
            window.heard.rows[`${job.seed} ${job.configs[data.valueIndex]?.distillation.temperature}`] = data.result;
        });
      }
      override postMessage(message: ToSweeper, ...rest: unknown[]): void {
        if (message.type === "train") {
          if (this.#jobs.size === 0) window.heard.workers += 1;
          this.#jobs.set(message.job, message);
        }
        super.postMessage(message, rest[0] as Transferable[]);
      }
      override terminate(): void {
        window.alive.delete(this);
        super.terminate();
      }
    };
  }, cores);
}

const SMALL = { teacher: { steps: 150 }, student: { steps: 300 } };
const OVER = "distillation.temperature";
const VALUES = [1, 2.5, 20, 4];

test("a sweep's rows are the same texts with 1, 2 and 5 workers, its jobs shuffled, and the command line's", async ({
  context,
}) => {
  const orders: [number, number[]][] = [
    [1, [1, 2, 3, 4]],
    [2, [4, 2, 1, 3]],
    [5, [3, 1, 4, 2]],
  ];
  const all: { heard: Heard; result: SweepResult }[] = [];
  for (const [cores, seeds] of orders) {
    const page = await context.newPage();
    await listen(page, cores);
    await page.goto("/?autorun=0");
    // The idle page has started some workers, at most four.
    await page.waitForFunction((n) => window.heard.ready === n, Math.min(4, cores));
    const result = await page.evaluate(
      async ([config, over, values, seeds]) => {
        await window.distillLab.configure(config);
        // A single seed, whose values all the workers share.
        await window.distillLab.sweep({ over, values, seeds: [9] });
        return window.distillLab.sweep({ over, values, seeds });
      },
      [SMALL, OVER, VALUES, seeds] as const,
    );
    const heard = await page.evaluate(() => window.heard);
    expect(Object.keys(heard.rows)).toHaveLength(20);
    expect(heard.workers).toBeGreaterThanOrEqual(Math.min(4, cores));
    expect(await page.evaluate(() => window.alive.size)).toBe(1 + cores);
    if (cores > 1) expect(heard.given).toBeGreaterThan(0);
    all.push({ heard, result });
    await page.close();
  }
  for (const { heard } of all.slice(1)) expect(heard.rows).toEqual(all[0]?.heard.rows);

  const set = ["--set", "teacher.steps=150", "--set", "student.steps=300"];
  const which = ["--over", OVER, "--values", VALUES.join(), "--seeds", "1..5"];
  const native = JSON.parse(
    execFileSync(
      "cargo",
      ["run", "--release", "--quiet", "--locked", "--", "sweep", "fifty-digits", ...set, ...which, "--json"],
      { encoding: "utf8" },
    ),
  );
  expect(all[0]?.result).toEqual(native);
});

test("the same sweep once more is the same, on the same workers", async ({ page }) => {
  await listen(page, 2);
  await page.goto("/?autorun=0");
  const [first, again, alive] = await page.evaluate(
    async ([config, over, values]) => {
      await window.distillLab.ready;
      await window.distillLab.configure(config);
      const sweep = () => window.distillLab.sweep({ over, values, seeds: 3 });
      return [await sweep(), await sweep(), window.alive.size];
    },
    [SMALL, OVER, VALUES] as const,
  );
  expect(again).toEqual(first);
  // The lab's own, and two.
  expect(alive).toBe(3);
});

test("a sweep and a repeat at once do not disturb each other", async ({ page }) => {
  await listen(page, 2);
  await page.goto("/?autorun=0");
  await page.evaluate(async (config) => {
    await window.distillLab.ready;
    await window.distillLab.configure(config);
  }, SMALL);
  await page.locator('[data-do="sweep"]').click();
  await page.locator('[data-do="repeat"]').click();
  await page
    .getByRole("region", { name: /^Sweep/ })
    .getByRole("button", { name: "Cancel" })
    .click();
  await expect(page.locator("[data-verdict]")).toHaveAttribute("data-verdict", /.+/);
  await expect(page.locator('[data-do="repeat"]')).toBeVisible();
  await expect(page.locator("[data-verdict]")).toContainText("12");
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("an embedded panel holds no worker but its own until a sweep, and none of those once it is out of sight", async ({
  page,
}) => {
  await listen(page, 2);
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><iframe src="/?view=sweep" width="700" height="500"></iframe><div style="height: 3000px"></div><p id="end">end</p>',
    }),
  );
  await page.goto("/host.html");
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error("no frame");
  await frame.waitForFunction(() => window.distillLab !== undefined);
  const alive = () => frame.evaluate(() => window.alive.size);
  await frame.evaluate(() => window.distillLab.ready);
  expect(await alive()).toBe(1);
  await frame.evaluate(
    async ([config, over]) => {
      await window.distillLab.configure(config);
      await window.distillLab.sweep({ over, values: [1, 4], seeds: 2 });
    },
    [SMALL, OVER] as const,
  );
  expect(await alive()).toBe(3);
  await page.locator("#end").scrollIntoViewIfNeeded();
  await expect.poll(alive).toBe(1);
});

test("the single file sweeps in a sandboxed frame", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "distill-lab-"));
  copyFileSync("dist/distill-lab.html", join(folder, "page.html"));
  writeFileSync(
    join(folder, "host.html"),
    '<!doctype html><iframe sandbox="allow-scripts" src="page.html?preset=notebook-repaired" width="900" height="900"></iframe>',
  );
  await page.goto(pathToFileURL(join(folder, "host.html")).href);
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error("no frame");
  await frame.waitForFunction(() => window.distillLab !== undefined);
  const points = await frame.evaluate(async () => {
    await window.distillLab.ready;
    const { points } = await window.distillLab.sweep({ over: "distillation.temperature", values: [1, 4], seeds: 2 });
    return points.map(({ value, seeds }) => [value, seeds]);
  });
  expect(points).toEqual([
    [1, 2],
    [4, 2],
  ]);
});
