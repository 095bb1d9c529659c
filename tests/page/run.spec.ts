/** The built page in Chromium: runs, pauses, comes back from its address, and agrees with the command line to the bit. */
import { execFileSync } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import type { DistillLab } from "../../www/api";

declare global {
  interface Window {
    distillLab: DistillLab;
  }
}

const native = (...set: string[]): { digest: string } =>
  JSON.parse(
    execFileSync("cargo", ["run", "--release", "--quiet", "--locked", "--", "run", ...set, "--json"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    }),
  );
const digest = (page: Page) => page.evaluate(async () => (await window.distillLab.run()).digest);
const score = (page: Page, model: string) => page.locator(`[data-model="${model}"] .accuracy`);

test("the default preset runs by itself, asks no other host, and shows what the command line computes", async ({
  page,
}) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && hostname !== "127.0.0.1") elsewhere.push(request.url());
  });
  await page.goto("/");
  await expect(score(page, "student_distilled")).toHaveText(/^\d+\.\d$/);
  await expect(page.locator("footer code")).toHaveText(native("fifty-digits").digest);
  expect(elsewhere).toEqual([]);
});

for (const preset of ["notebook-as-written", "notebook-repaired", "spirals", "tiny-student", "unlabelled"]) {
  test(`${preset} gives the command line's digest`, async ({ page }) => {
    await page.goto(`/?preset=${preset}&autorun=0`);
    await page.evaluate(() => window.distillLab.ready);
    expect(await digest(page)).toBe(native(preset).digest);
  });
}

test("pausing, stepping and resuming change no bit", async ({ page }) => {
  await page.goto("/?autorun=0&seed=3");
  await page.evaluate(() => window.distillLab.ready);
  const run = page.locator('[data-do="run"]');
  for (let i = 0; i < 3; i++) await page.locator('[data-do="step"]').click();
  await run.click();
  await expect(run).toHaveText("Pause");
  await run.click();
  await expect(run).toHaveText(/Resume|Run/);
  if ((await run.textContent()) === "Resume") await run.click();
  await expect(page.locator("footer code")).toHaveText(native("fifty-digits", "--set", "seed=3").digest);
});

test("dragging T reshapes the soft targets at once, and trains nothing", async ({ page }) => {
  await page.goto("/");
  await expect(score(page, "student_distilled")).toHaveText(/\d/);
  const before = await page.locator("footer code").textContent();
  const largest = () =>
    page.locator("[data-p]").evaluateAll((cells) => Math.max(...cells.map((c) => Number(c.textContent))));
  const soft = await largest();
  await page.getByRole("slider", { name: "Temperature", exact: true }).fill("0.25");
  await expect.poll(largest).toBeGreaterThan(Math.min(0.99, soft + 0.3));
  const sum = await page
    .locator("[data-p]")
    .evaluateAll((cells) => cells.reduce((s, c) => s + Number(c.textContent), 0));
  expect(Math.abs(sum - 1)).toBeLessThan(0.01);
  expect(await page.locator("footer code").textContent()).toBe(before);
});

test("the address brings the panels back as they were left", async ({ page }) => {
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  await page.getByRole("combobox", { name: "Curves" }).selectOption("test-loss");
  await page.getByLabel("log axis").check();
  await page.getByRole("checkbox", { name: "Table" }).check();
  await page.locator('[data-legend="teacher"]').click();
  const images = page.getByLabel("Image", { exact: true });
  await images.nth(0).fill("5");
  await images.nth(1).fill("7");
  await images.nth(1).press("Tab");
  await page.getByRole("slider", { name: "Temperature", exact: true }).fill("0.25");
  await page.getByRole("slider", { name: /alpha/ }).fill("0.3");
  await expect(page).toHaveURL(
    /(?=.*curve=test-loss)(?=.*log=1)(?=.*table=1)(?=.*hide=teacher)(?=.*[?&]image=5)(?=.*soft-T=1)(?=.*loss-image=7)(?=.*loss-alpha=0.3)/,
  );
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.getByRole("combobox", { name: "Curves" })).toHaveValue("test-loss");
  await expect(page.getByLabel("log axis")).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Table" })).toBeChecked();
  await expect(page.locator('[data-legend="teacher"]')).toHaveAttribute("aria-pressed", "false");
  await expect(images.nth(0)).toHaveValue("5");
  await expect(images.nth(1)).toHaveValue("7");
  await expect(page.locator("[data-temperature]")).toHaveText("T = 1");
  await expect(page.getByRole("slider", { name: /alpha/ })).toHaveValue("0.3");
  // Setting the config's own temperature takes the slider along again.
  await page.evaluate(() => window.distillLab.configure({ distillation: { temperature: 9 } }));
  await expect(page.locator("[data-temperature]")).toHaveText("T = 9");
});

test("the address brings every setting back", async ({ page }) => {
  await page.goto("/?autorun=0");
  const wanted = {
    seed: 7,
    distillation: { temperature: 6, alpha: 0.5 },
    student: { hidden: [12, 9], activation: "tanh" as const },
  };
  const config = await page.evaluate(async (c) => {
    await window.distillLab.ready;
    return window.distillLab.configure(c);
  }, wanted);
  await page.reload();
  expect(
    await page.evaluate(async () => {
      await window.distillLab.ready;
      return window.distillLab.config();
    }),
  ).toEqual(config);
});

test("bad input says what, where and what is allowed, and changes nothing", async ({ page }) => {
  await page.goto("/?autorun=0&preset=nope&T=0&seed=5&lesson=99&lang=xx&over=nope&values=5,6");
  await page.evaluate(() => window.distillLab.ready);
  for (const name of ["lesson", "lang", "over"]) {
    await expect(page.getByRole("alert").filter({ hasText: `${name}: got` })).toContainText("allowed");
  }
  // Values that were chosen for another field are none of the temperature's.
  await expect(page.locator("[data-sweep] thead th")).toHaveText(["T", "1", "2", "3", "4", "8", "16", "32", "64"]);
  await expect(page.getByRole("alert").filter({ hasText: "preset" })).toContainText("nope");
  await expect(page.getByRole("alert").filter({ hasText: "temperature: got" })).toContainText("allowed");
  const before = await page.evaluate(() => window.distillLab.config());
  expect(before.seed).toBe(5);
  const bad: [string, unknown][] = [
    ["distillation.temperature", { distillation: { temperature: 0 } }],
    ["distillation.temperature", { distillation: { temperature: -1 } }],
    ["distillation.temperature", { distillation: { temperature: null } }],
    ["distillation.temperature", { distillation: { temperature: 1e9 } }],
    ["transfer.size", { transfer: { size: -5 } }],
    ["student.widths", { student: { widths: [3] } }],
    ["preset", { preset: "x".repeat(10_000_000) }],
  ];
  for (const [path, config] of bad) {
    const error = await page.evaluate(
      (c) =>
        window.distillLab.configure(c as never).then(
          () => null,
          (e) => ({ code: e.code, path: e.path, message: e.message }),
        ),
      config,
    );
    expect(error, JSON.stringify(config).slice(0, 80)).not.toBeNull();
    if (path !== "preset") expect(error?.path).toBe(path);
    expect(error?.message).toContain("allowed");
    expect(error?.message.length).toBeLessThan(2000);
  }
  expect(await page.evaluate(() => window.distillLab.config())).toEqual(before);
  await page.locator('[id="set-distillation.alpha"]').fill("7");
  await page.locator('[id="set-distillation.alpha"]').press("Enter");
  await expect(page.locator('[id="set-distillation.alpha-doc"]')).toContainText("7");
  expect((await digest(page)).length).toBe(16);
});

test("going back shows the run that was there, at once, and it answers as it did", async ({ page }) => {
  await page.goto("/");
  const shown = page.locator("footer code");
  await expect(shown).toHaveText(/^[0-9a-f]{16}$/);
  const predict = () =>
    page.evaluate(() => window.distillLab.predict(Float32Array.from({ length: 64 }, (_, i) => (i % 5) / 4)));
  const [first, answer] = [await shown.textContent(), await predict()];
  // What a handler writes into the detail is its own.
  const second = await page.evaluate(async () => {
    window.distillLab.on("configchange", (config) => (config.distillation.temperature = 99));
    window.distillLab.on("result", (result) => (result.digest = "written over"));
    await window.distillLab.configure({ distillation: { temperature: 2 } });
    return (await window.distillLab.run()).digest;
  });
  await expect(shown).toHaveText(second);
  await expect(page).toHaveURL(/T=2/);
  await page.goBack();
  await expect(shown).toHaveText(first ?? "");
  await expect(page.locator('.transport [role="status"]')).toContainText("Done");
  await expect(page.locator("[data-temperature]")).toHaveText("T = 20");
  expect(await predict()).toEqual(answer);
  await page.goForward();
  await expect(shown).toHaveText(second);
  await expect(page.locator("[data-temperature]")).toHaveText("T = 2");
});

test("twelve repeats end with a verdict, and the sweep fills in to the last temperature", async ({ page }) => {
  await page.goto("/?preset=notebook-repaired&autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  await page.locator('[data-do="repeat"]').click();
  await expect(page.locator("[data-verdict]")).toContainText("12 seeds");
  await page.locator('[data-do="sweep"]').click();
  await expect(page.locator('[data-do="sweep"]')).toBeVisible();
  await expect(page.locator("[data-sweep] thead th")).toHaveCount(9);
  await expect(page.locator("[data-sweep] tr:not([data-validation])").last().locator("td").last()).toHaveText(/ ± /);
});

test("a sweep that is cancelled stops and keeps what it has", async ({ page }) => {
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  await page.locator('[data-do="sweep"]').click();
  await expect(page.locator("[data-sweep] thead button")).not.toHaveCount(0);
  const sweep = page.getByRole("region", { name: /^Sweep/ });
  await sweep.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator('[data-do="sweep"]')).toBeVisible();
  const said = (await page.locator("[data-seeds]").textContent()) ?? "";
  expect(said).toMatch(/^Cancelled; what is done stays: /);
  const [least = 99] = said.match(/\d+/g)?.map(Number) ?? [];
  expect(said).toContain("of 12 seeds");
  expect(least).toBeLessThan(12);
  expect(await page.locator("[data-sweep] thead button").count()).toBeGreaterThan(0);
});

test("the first screen fits a narrow window without scrolling sideways", async ({ page }) => {
  for (const width of [320, 360, 1280, 2560]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto("/?autorun=0");
    await page.evaluate(() => window.distillLab.ready);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBeLessThanOrEqual(width);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing to complain of in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/");
    await expect(score(page, "student_distilled")).toHaveText(/\d/);
    await page.locator("summary", { hasText: "All settings" }).click();
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(
      violations.map(
        (v) =>
          `${v.id}: ${v.nodes
            .map((n) => n.html)
            .join(" | ")
            .slice(0, 300)}`,
      ),
    ).toEqual([]);
  });
}

test("the bench answers to the keyboard alone, and only while focus is inside", async ({ page }) => {
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  const status = page.locator('.transport [role="status"]');
  await page.keyboard.press("s");
  await expect(status).toHaveText("");
  await page.locator('[data-do="step"]').focus();
  await page.keyboard.press("s");
  await expect(status).toContainText("step 1 of");
  await page.keyboard.press("r");
  await expect(status).toHaveText("");
});

test("one panel alone: no heading, no controls where they are not wanted", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 300 });
  await page.goto("/?view=curves&controls=0&autorun=1");
  await expect(page.locator(".readout")).toContainText("%");
  await expect(page.locator("h1")).toHaveCount(0);
  await expect(page.locator(".transport")).toHaveCount(0);
});

test("German reaches heading, buttons and panels", async ({ page }) => {
  await page.goto("/?lang=de&autorun=0");
  await expect(page.locator("h1")).toContainText("Wissensdestillation");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.locator('[data-do="reset"]')).toHaveText("Zurücksetzen");
  await expect(page.locator("#h-compare")).toHaveText("Ergebnis");
});

test("a worker that breaks is named, replaced, and the next run gives the same digest", async ({ page }) => {
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  const want = await digest(page);
  await page.evaluate(() => window.distillLab.configure({ student: { steps: 50_000 } }));
  const failure = page.evaluate(() =>
    window.distillLab.run().then(
      () => null,
      (e) => e.code,
    ),
  );
  await expect(page.locator('.transport [role="status"]')).toContainText("step ");
  await page.workers()[0]?.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error("broken on purpose");
      }),
  );
  expect(await failure).toBe("panic");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.evaluate(() => window.distillLab.configure({ student: { steps: 2000 } }));
  expect(await digest(page)).toBe(want);
});

test("the legend switches curves off and on, and a station leads to its panel", async ({ page }) => {
  await page.goto("/");
  await expect(score(page, "student_distilled")).toHaveText(/\d/);
  const ink = () =>
    page.locator(".u-over").evaluate((over) => {
      const canvas = over.parentElement?.querySelector("canvas");
      const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let orange = 0;
      for (let i = 0; i < pixels.length; i += 4)
        orange += Number((pixels[i] ?? 0) > 180 && (pixels[i + 2] ?? 255) < 80 && (pixels[i + 3] ?? 0) > 0);
      return orange;
    });
  expect(await ink()).toBeGreaterThan(50);
  await page.locator('[data-legend="student_alone"]').click();
  await expect.poll(ink).toBe(0);
  await page.locator('[data-legend="student_alone"]').click();
  await expect.poll(ink).toBeGreaterThan(50);
  await page.getByRole("button", { name: "Soft targets", exact: true }).click();
  await expect(page.locator("#h-soft")).toBeFocused();
});
