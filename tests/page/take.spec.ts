/** What is taken home, as a person does it: every file is saved and read, a saved run is loaded again, damage is named. */
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Download, expect, type Page, test } from "@playwright/test";
import type { Result } from "../../www/shared/engine_types";

/** A run that takes a moment. */
const QUICK =
  '/?autorun=0&take=1&seed=4&c={"teacher":{"steps":60,"members":2},"student":{"steps":1000},"refine":{"steps":20}}';

async function open(page: Page, address = QUICK): Promise<void> {
  await page.goto(address);
  await page.evaluate(() => window.distillLab.ready);
}
const digest = (page: Page) => page.locator("footer code");
async function run(page: Page): Promise<string> {
  await page.locator('[data-do="run"]').click();
  await expect(digest(page)).toHaveText(/^[0-9a-f]{16}$/);
  return (await digest(page).textContent()) ?? "";
}
async function save(page: Page, press: () => Promise<unknown>): Promise<{ name: string; bytes: Buffer }> {
  const [download]: [Download, unknown] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
const file = (page: Page, id: string) =>
  save(page, () => page.locator(`[data-file="${id}"]`).getByRole("button").click());
const text = async (page: Page, id: string) => (await file(page, id)).bytes.toString();
const outcome = (page: Page) => page.locator("[data-outcome]");

test("scripts are there before a run and say what the config says", async ({ page }) => {
  await open(page);
  await expect(page.locator('[data-file="json"] [data-size]')).toHaveText("after a run");
  const keras = await file(page, "keras");
  expect(keras.name).toBe("distill-lab-fifty-digits-seed4.keras.py");
  for (const line of [
    "steps=60,",
    "range(2)",
    "T, ALPHA = 20.0, 0.9",
    "import keras",
    "copy_weights(distilled, refined)",
  ]) {
    expect(keras.bytes.toString()).toContain(line);
  }
  expect(keras.bytes.toString()).toContain(`On the page: ${new URL(page.url()).origin}/?`);
  await expect(page.locator('[data-file="keras"] [data-size]')).toHaveText(
    `${(keras.bytes.length / 1024).toFixed(1)} KB`,
  );
  // Another method, another script: it is made from the config as it is now.
  await page.evaluate(() => window.distillLab.configure({ distillation: { method: "logit_matching" } }));
  const pytorch = await text(page, "pytorch");
  expect(pytorch).toContain("import torch");
  expect(pytorch).toContain("d = d - d.mean(dim=1, keepdim=True)");
  expect(pytorch).not.toContain("kl_div");
  expect(pytorch).not.toMatch(/#\[|\{\{/);
  const notebook = JSON.parse(await text(page, "notebook"));
  expect(notebook.nbformat).toBe(4);
  expect(new Set(notebook.cells.map((cell: { cell_type: string }) => cell.cell_type))).toEqual(
    new Set(["markdown", "code"]),
  );
});

test("a run is saved as JSON, table and weights", async ({ page }) => {
  await open(page);
  const found = await run(page);
  const result = JSON.parse(await text(page, "json")) as Result;
  expect(result.digest).toBe(found);
  const table = (await text(page, "csv")).trimEnd().split("\n");
  expect(table[0]).toBe("model,step,train_loss,train_accuracy,test_loss,test_accuracy");
  const points = Object.values(result.curves ?? {}).reduce((sum, curve) => sum + curve.step.length, 0);
  expect(table.length).toBe(1 + points);
  const last = table.at(-1)?.split(",");
  expect(last?.[0]).toBe("student_refined");
  expect(Number(last?.[5])).toBe(result.student_refined?.accuracy);
  const weights = await file(page, "safetensors");
  const length = Number(weights.bytes.readBigUInt64LE(0));
  const header = JSON.parse(weights.bytes.subarray(8, 8 + length).toString());
  expect(header.__metadata__.digest).toBe(found);
  expect(header["teacher_1.0.weight"].shape).toEqual([128, 64]);
  const { parameters } = result.teacher;
  const students = (["student_alone", "student_distilled", "student_refined"] as const).reduce(
    (sum, model) => sum + (result[model]?.parameters ?? 0),
    0,
  );
  expect(weights.bytes.length).toBe(8 + length + 4 * (parameters + students));
});

test("a saved run is loaded by file and by paste, and gives the same digest; a changed one does not", async ({
  page,
}) => {
  await open(page);
  const found = await run(page);
  const saved = await text(page, "json");
  // On a page that stands elsewhere.
  await open(page, "/?take=1&autorun=0&preset=spirals");
  await page.getByLabel("Load a run", { exact: true }).setInputFiles({
    name: "run.json",
    mimeType: "application/json",
    buffer: Buffer.from(saved),
  });
  await expect(page.locator("[data-same]")).toBeVisible();
  await expect(digest(page)).toHaveText(found);
  expect(await page.evaluate(() => window.distillLab.config().refine.steps)).toBe(20);

  const other = JSON.parse(saved) as Result;
  other.config.seed = 5;
  other.engine_version = "0.0.9";
  await page.getByLabel(/paste its JSON/).fill(JSON.stringify(other));
  await page.locator('[data-do="load"]').click();
  await expect(page.locator("[data-other]")).toBeVisible();
  await expect(outcome(page)).toContainText(found);
  await expect(outcome(page)).toContainText("0.0.9");
  // It is said of that run, and of no other.
  await page.evaluate(() => window.distillLab.configure({ seed: 6 }));
  await expect(outcome(page)).toHaveCount(0);
});

test("a damaged file is refused with what is wrong and where, and changes nothing", async ({ page }) => {
  await open(page);
  await run(page);
  const saved = await text(page, "json");
  const before = await page.evaluate(() => window.distillLab.config());
  const change = (edit: (run: Result) => void): string => {
    const copy = JSON.parse(saved) as Result;
    edit(copy);
    return JSON.stringify(copy);
  };
  const damage: [string, RegExp][] = [
    [saved.slice(0, 300), /not JSON: .*line 1 column \d+/],
    ["", /not JSON: /],
    ["[1, 2]", /allowed: one JSON object/],
    [change((copy) => (copy.digest = "none")), /digest: got "none"; allowed: 16 hexadecimal digits/],
    [change((copy) => (copy.config.seed = -1)), /config\.seed: got -1; allowed: a whole number/],
    [change((copy) => Object.assign(copy.config.student, { wide: 3 })), /config\.student\.wide.*(unknown|allowed)/],
    [`{"config": {}, "seeds": [0, 2], "runs": [${saved}]}`, /runs: got .*an item of this list/],
  ];
  for (const [content, message] of damage) {
    await page.getByLabel(/paste its JSON/).fill(content);
    await page.locator('[data-do="load"]').click();
    await expect(outcome(page)).toHaveText(message);
  }
  expect(await page.evaluate(() => window.distillLab.config())).toEqual(before);
  // The page lives: the whole file is still taken.
  await page.getByLabel(/paste its JSON/).fill(saved);
  await page.locator('[data-do="load"]').click();
  await expect(page.locator("[data-same]")).toBeVisible();
});

test("a loaded run that is given up says so", async ({ page }) => {
  await open(page);
  await run(page);
  const saved = JSON.parse(await text(page, "json")) as Result;
  saved.config.student.steps = 100_000;
  await page.getByLabel(/paste its JSON/).fill(JSON.stringify(saved));
  await page.locator('[data-do="load"]').click();
  await expect(page.locator('[data-do="run"]')).toHaveText("Pause");
  await page.locator('[data-do="reset"]').click();
  await expect(outcome(page)).toHaveText(/given up/);
});

/** A picture's text, drawn by a browser that has nothing but the file. */
async function standsAlone(page: Page, svg: string): Promise<void> {
  const alone = await page.context().newPage();
  await alone.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  expect(await alone.evaluate(() => document.documentElement.tagName)).toBe("svg");
  // No text or line reaches out of the picture, nor of the drawing within it, which is cut off at its edges.
  const outside = await alone.evaluate(() =>
    [...document.querySelectorAll<SVGGraphicsElement>("text:not([transform]), polyline")]
      .filter((element) => {
        const all = (element.ownerSVGElement as SVGSVGElement).viewBox.baseVal;
        const box = element.getBBox();
        return box.x < 0 || box.y < 0 || box.x + box.width > all.width || box.y + box.height > all.height;
      })
      .map((element) => element.textContent),
  );
  expect(outside).toEqual([]);
  await alone.close();
}

test("charts are saved as pictures with title, axes, legend, config and link", async ({ page }) => {
  await open(page);
  const found = await run(page);
  const chart = (name: string) => page.locator(`[data-save="${name}"]`);
  const picture = async (name: string, kind: "svg" | "png") => {
    await chart(name).locator("summary").click();
    return save(page, () => chart(name).locator(`[data-do="${kind}"]`).click());
  };
  const curves = await picture("curves", "svg");
  expect(curves.name).toBe("distill-lab-curves-seed4.svg");
  const svg = curves.bytes.toString();
  for (const words of [
    "Curves",
    "step",
    "test accuracy",
    "Student distilled",
    "Refined student",
    "fifty-digits, seed 4",
    found,
  ]) {
    expect(svg).toContain(`${words}`);
  }
  expect(svg).toContain("seed=4&amp;");
  expect(svg.match(/<polyline/g)?.length).toBe(4);
  expect(svg).not.toContain("var(");
  await standsAlone(page, svg);
  // The menu has closed and given the focus back.
  await expect(chart("curves").locator("summary")).toBeFocused();
  await expect(chart("curves").locator('[data-do="svg"]')).toBeHidden();

  const image = (await picture("curves", "png")).bytes;
  expect(image.subarray(1, 4).toString()).toBe("PNG");
  expect(image.readUInt32BE(16)).toBe(1440);
  expect(image.length).toBeGreaterThan(10_000);

  const soft = (await picture("soft-targets", "svg")).bytes.toString();
  expect(soft.match(/<rect/g)?.length).toBe(11);
  await standsAlone(page, soft);
});

test("a sweep's picture has its points and looks without the page's style sheets", async ({ page }) => {
  await open(page);
  await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.temperature", values: [1, 4, 20], seeds: 2 }),
  );
  await expect(page.locator("[data-sweep] thead th")).toHaveCount(4);
  const chart = page.locator('[data-save="sweep"]');
  await chart.locator("summary").click();
  const svg = (await save(page, () => chart.locator('[data-do="svg"]').click())).bytes.toString();
  // Four models, since this config refines, at three points.
  expect(svg.match(/<circle/g)?.length).toBe(12);
  expect(svg).not.toMatch(/var\(|class=/);
  expect(svg).toContain("mean and 95 % interval over seeds: 2");
  await standsAlone(page, svg);
});

test("the panel stands alone, on a narrow screen, and is accessible in both themes", async ({ page }) => {
  for (const theme of ["light", "dark"]) {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(page, `/?view=take-home&autorun=0&theme=${theme}`);
    await expect(page.locator("[data-file]")).toHaveCount(6);
    await expect(page.locator('[data-file="keras"] [data-size]')).toHaveText(/KB/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
    expect((await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  }
});

test("what is taken home is fetched when it is asked for", async ({ page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("TakeHome")) scripts.push(request.url());
  });
  await open(page, "/?autorun=0");
  expect(scripts).toEqual([]);
  await page.locator('[data-do="take"]').click();
  await expect(page.locator("[data-file]")).toHaveCount(6);
  expect(scripts.length).toBeGreaterThan(0);
  await expect(page).toHaveURL(/take=1/);
  await page.locator('[data-do="take"]').click();
  await expect(page.locator("[data-file]")).toHaveCount(0);
});
