/**
 * What the gallery's panels draw, read back as numbers and held against the data that they were given: the same on every
 * machine, whatever its fonts, sizes and colours.
 */
import { expect, type Locator, test } from "@playwright/test";
import { BINS, CONFUSION, DIGITS, LIKENESS, PER_CLASS, POINTS, REGIONS, SAMPLE } from "../../www/gallery/fixtures";
import { CURVES, KEPT, REPEATED, SUMMARY } from "../../www/gallery/finished";
import { PLANE, STEP } from "../../www/gallery/steps";
import * as sweeps from "../../www/gallery/sweeps";
import { TAUGHT } from "../../www/shared/worlds";
import { openPanel } from "./gallery_page";

/** The straight line that places follow as values grow, and how far the worst of them lies from it. */
function line(values: readonly number[], places: readonly number[]) {
  const mean = (of: readonly number[]) => of.reduce((sum, v) => sum + v, 0) / of.length;
  const [value, place] = [mean(values), mean(places)];
  const slope =
    mean(values.map((v, i) => (v - value) * ((places[i] ?? Number.NaN) - place))) /
    mean(values.map((v) => (v - value) ** 2));
  const off = values.map((v, i) => Math.abs((places[i] ?? Number.NaN) - place - slope * (v - value)));
  return { slope, worst: Math.max(...off) };
}
/** Places that grow with their values, or shrink, in proportion; to a part of a pixel. */
function expectProportional(values: readonly number[], places: readonly number[], grows: boolean, within = 0.1): void {
  expect(places).toHaveLength(values.length);
  const { slope, worst } = line(values, places);
  expect(worst).toBeLessThan(within);
  expect(slope > 0).toBe(grows);
}

const numbers = (all: Locator, ...names: string[]): Promise<number[][]> =>
  all.evaluateAll((elements, names) => elements.map((e) => names.map((name) => Number(e.getAttribute(name)))), names);
const points = (all: Locator): Promise<[number, number][][]> =>
  all.evaluateAll((elements) =>
    elements.map((element) =>
      (element.getAttribute("points") ?? "").split(" ").map((pair) => pair.split(",").map(Number) as [number, number]),
    ),
  );
/** Pixels of a canvas: red, green, blue and alpha of each. */
const pixels = (canvas: Locator): Promise<number[]> =>
  canvas.evaluate((element: HTMLCanvasElement) => [
    ...element.getContext("2d")!.getImageData(0, 0, element.width, element.height).data,
  ]);
const alphas = (data: readonly number[]): number[] => data.filter((_, i) => i % 4 === 3);
/** Shares of their rooms that bars take up. */
const shares = (bars: Locator): Promise<number[]> =>
  bars.evaluateAll((all) =>
    all.map((bar) => bar.getBoundingClientRect().width / bar.parentElement!.getBoundingClientRect().width),
  );
/** Custom properties of the theme in which the models are drawn. */
const COLOURS = { teacher: "--teacher", student_alone: "--alone", student_distilled: "--distilled" };
/** Where a canvas has a colour: columns, and in each the mean row. */
const inkOf = (canvas: Locator, property: string): Promise<[column: number, row: number][]> =>
  canvas.evaluate((element: HTMLCanvasElement, property) => {
    const colour = getComputedStyle(document.documentElement).getPropertyValue(property).trim();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const { width, height } = element;
    const { data } = element.getContext("2d")!.getImageData(0, 0, width, height);
    const inked = (at: number) => data[at + 3]! > 128 && wanted.every((v, i) => Math.abs((data[at + i] ?? 0) - v) < 8);
    return Array.from({ length: width }, (_, column): [number, number][] => {
      const rows = Array.from({ length: height }, (_, y) => y).filter((y) => inked(4 * (y * width + column)));
      return rows.length ? [[column, rows.reduce((sum, y) => sum + y, 0) / rows.length]] : [];
    }).flat();
  }, property);
function expectShares(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((share, i) => expect(Math.abs((found[i] ?? 0) - share), `bar ${i}`).toBeLessThan(0.01));
}

test("regions fade from one class to the other as the models' probabilities do, and points lie where they are", async ({
  page,
}) => {
  await openPanel(page, "boundaries");
  for (const model of TAUGHT) {
    const field = page.locator(`[data-field="${model}"]`);
    const { columns, rows, softened } = REGIONS;
    const b = Array.from({ length: rows * columns }, (_, to) => {
      // Pixels run from the top, cells from the bottom.
      const row = rows - 1 - Math.floor(to / columns);
      return softened[model]?.[2 * (row * columns + (to % columns)) + 1] ?? 0;
    });
    const found = await pixels(field.locator("canvas"));
    expectProportional(
      b.map((p) => Math.abs(2 * p - 1)),
      alphas(found),
      true,
      0.6,
    );
    // Class A is redder than blue.
    const red = b.flatMap((p, i) => (Math.abs(p - 0.5) > 0.1 ? [found[4 * i]! > found[4 * i + 2]!] : []));
    expect(red).toEqual(b.flatMap((p) => (Math.abs(p - 0.5) > 0.1 ? [p < 0.5] : [])));
    const learns = model === "student_alone" ? ["labelled"] : ["labelled", "unlabelled"];
    const paths = await field.locator("svg path[d*=m]").evaluateAll((all) => all.map((path) => path.getAttribute("d")));
    const places = [...paths.join("").matchAll(/M(\S+) (\S+)m/g)].map(([, x, y]) => `${Number(x)} ${-Number(y)}`);
    const wanted = POINTS.filter(({ role }) => learns.includes(role)).map(({ x, y }) => `${x} ${y}`);
    expect(places.toSorted()).toEqual(wanted.toSorted());
  }
});

test("curves on the canvas go through the points of the run", async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 600 });
  await openPanel(page, "curves");
  const canvas = page.locator(".plot canvas");
  const whole = await inkOf(canvas, COLOURS.student_distilled);
  const { step } = CURVES.student_distilled;
  const [first, last] = [whole[0]![0], whole.at(-1)![0]];
  const stepAt = (x: number) => step[0]! + ((step.at(-1)! - step[0]!) * (x - first)) / (last - first);
  const all: [number, number][] = [];
  for (const model of TAUGHT) {
    const { step, test_accuracy } = CURVES[model];
    const found = await inkOf(canvas, COLOURS[model]);
    expect(found.length).toBeGreaterThan(60);
    for (const [x, y] of found) {
      const at = stepAt(x);
      const next = step.findIndex((s) => s >= at);
      // Where curves are steep, a column of pixels says little.
      if (next < 4) continue;
      const share = (at - step[next - 1]!) / (step[next]! - step[next - 1]!);
      all.push([test_accuracy[next - 1]! + share * (test_accuracy[next]! - test_accuracy[next - 1]!), y]);
    }
  }
  expect(all.length).toBeGreaterThan(500);
  expectProportional(
    all.map(([accuracy]) => accuracy),
    all.map(([, y]) => y),
    false,
    2.5,
  );
});

test("a saved picture of the curves goes through the points of the run", async ({ page }) => {
  await openPanel(page, "curves");
  await page.locator('[data-save="curves"] summary').click();
  const download = page.waitForEvent("download");
  await page.locator('[data-do="svg"]').click();
  const svg = await (await download).createReadStream().then((stream) => stream.toArray());
  await page.setContent(Buffer.concat(svg).toString());
  const lines = await points(page.locator("polyline"));
  expect(lines).toHaveLength(3);
  const runs = TAUGHT.map((model) => CURVES[model]);
  expectProportional(
    runs.flatMap(({ step }) => step),
    lines.flat().map(([x]) => x),
    true,
  );
  expectProportional(
    runs.flatMap((run) => run.test_accuracy),
    lines.flat().map(([, y]) => y),
    false,
  );
});

test("a sweep's chart has each mean and interval at its height, and the best point marked where it is clear", async ({
  page,
}) => {
  for (const [panel, { values, cells }] of [
    ["sweep-chart", sweeps.CHART],
    ["sweep-chart-partial", sweeps.CHART_PARTIAL],
  ] as const) {
    await openPanel(page, panel);
    const there = cells.flatMap((cell, i) => (cell ? [{ value: values[i]!, summary: cell.summary }] : []));
    const accuracies = TAUGHT.flatMap((model) => there.map(({ summary }) => summary[model]!["accuracy"]!));
    const circles = await numbers(page.locator("[data-sweep-chart] circle"), "cx", "cy");
    const logs = TAUGHT.flatMap(() => there.map(({ value }) => Math.log(value)));
    expectProportional(
      logs,
      circles.map(([x]) => x!),
      true,
    );
    expectProportional(
      accuracies.map(({ mean }) => mean),
      circles.map(([, y]) => y!),
      false,
    );
    const { slope } = line(
      accuracies.map(({ mean }) => mean),
      circles.map(([, y]) => y!),
    );
    const whiskers = await numbers(
      page.locator("[data-sweep-chart] circle").locator("xpath=preceding-sibling::*[1]"),
      "y1",
      "y2",
    );
    whiskers.forEach(([low, high], i) => expect(low! - high!).toBeCloseTo(-2 * slope * (accuracies[i]!.ci95 ?? 0), 1));
    expect(await points(page.locator("[data-sweep-chart] polyline"))).toEqual(
      TAUGHT.map((_, m) => circles.slice(m * there.length, (m + 1) * there.length)),
    );
    const best = page.locator("[data-sweep-chart] [data-best]");
    if (panel === "sweep-chart") await expect(best).toHaveAttribute("data-best", "4");
    else await expect(best).toHaveCount(0);
  }
});

test("a sweep's map has each pair of values at its place, darker with a higher mean", async ({ page }) => {
  for (const [panel, { lists, cells }, measure] of [
    ["sweep-map", sweeps.MAP, "accuracy"],
    ["sweep-map-partial", sweeps.MAP_PARTIAL, "gain"],
  ] as const) {
    await openPanel(page, panel);
    const drawn = await numbers(page.locator("[data-sweep-map] [data-cell]"), "x", "y", "fill-opacity");
    const pairs = lists[0].flatMap((_, i) => lists[1].map((_, j) => [i, j] as const));
    expectProportional(
      pairs.map(([i]) => i),
      drawn.map(([x]) => x!),
      true,
    );
    expectProportional(
      pairs.map(([, j]) => j),
      drawn.map(([, y]) => y!),
      false,
    );
    const means = cells.map((cell) =>
      measure === "gain" ? cell?.summary.gain.mean : cell?.summary.student_distilled?.["accuracy"]?.mean,
    );
    const known = means.flatMap((mean, i) => (mean === undefined ? [] : [i]));
    expectProportional(
      known.map((i) => Math.abs(means[i]!)),
      known.map((i) => drawn[i]![2]!),
      true,
      1e-6,
    );
    means.forEach((mean, i) => mean === undefined && expect(drawn[i]![2]).toBe(0));
  }
});

test("repeats show each seed's two students, its gain, and the means", async ({ page }) => {
  await openPanel(page, "repeat");
  const circles = await numbers(page.locator("[data-pairs] circle"), "cx", "cy");
  expect(circles).toHaveLength(3 * REPEATED.length);
  const accuracies = REPEATED.flatMap(({ result }) => [result.student_alone, result.student_distilled]);
  const pairs = circles.filter((_, i) => i % 3 < 2);
  expectProportional(
    accuracies.map(({ accuracy }) => accuracy),
    pairs.map(([, y]) => y!),
    false,
  );
  const gains = circles.filter((_, i) => i % 3 === 2);
  expectProportional(
    REPEATED.map(({ gain }) => gain),
    gains.map(([, y]) => y!),
    false,
  );
  expectProportional(
    REPEATED.map(({ seed }) => seed),
    gains.map(([x]) => x!),
    true,
  );
  const [whisker, mean] = await numbers(page.locator("[data-pairs] .mean"), "y1", "y2");
  const { slope } = line(
    REPEATED.map(({ gain }) => gain),
    gains.map(([, y]) => y!),
  );
  expect(whisker![0]! - whisker![1]!).toBeCloseTo(-2 * slope * SUMMARY.gain.ci95!, 1);
  expect(mean![0]).toBeCloseTo(gains[0]![1]! + slope * (SUMMARY.gain.mean - REPEATED[0]!.gain), 1);
});

test("kept runs are drawn as they were trained", async ({ page }) => {
  await openPanel(page, "kept");
  const lines = await points(page.locator("[data-overlay] polyline"));
  const curves = KEPT.map((run) => run.curves!.student_distilled);
  expect(lines.map((one) => one.length)).toEqual(curves.map(({ step }) => step.length));
  expectProportional(
    curves.flatMap(({ step }) => step),
    lines.flat().map(([x]) => x),
    true,
  );
  expectProportional(
    curves.flatMap((curve) => curve.test_accuracy),
    lines.flat().map(([, y]) => y),
    false,
  );
});

test("a reliability diagram's bars are as high as answers are right and as many as there are", async ({ page }) => {
  await openPanel(page, "reliability");
  const filled = BINS.filter(({ count }) => count > 0);
  const rights = await numbers(page.locator("figure svg rect:not(.count)"), "height", "y");
  expect(rights).toEqual(filled.map(({ accuracy }) => [accuracy, 1 - accuracy]));
  const counts = await numbers(page.locator("figure svg rect.count"), "height");
  expectProportional(
    filled.map(({ count }) => count),
    counts.map(([height]) => height!),
    true,
    1e-6,
  );
});

test("matrices hold every figure, in darker cells where it is larger", async ({ page }) => {
  for (const [panel, cells, show] of [
    ["confusion", CONFUSION, (v: number) => (v === 0 ? "" : String(v))],
    ["likeness", LIKENESS, (v: number) => v.toFixed(2).replace(/^0/, "")],
  ] as const) {
    await openPanel(page, panel);
    const found = page.locator("[data-cell]");
    await expect(found).toHaveText(cells.flat().map(show));
    const strengths = await found.evaluateAll((all) =>
      all.map((cell) => Number(/(\d+)%/.exec((cell as HTMLElement).style.background)?.[1])),
    );
    const order = cells
      .flat()
      .map((value, i) => ({ value, strength: strengths[i]! }))
      .toSorted((a, b) => a.value - b.value);
    expect(order.map(({ strength }) => strength)).toEqual(strengths.toSorted((a, b) => a - b));
    expect(order.at(-1)!.strength).toBeGreaterThan(order[0]!.strength + 30);
  }
});

test("bars of probabilities and accuracies fill their share of the room", async ({ page }) => {
  await openPanel(page, "per-class");
  const byModel = (of: Record<(typeof TAUGHT)[number], readonly (number | null)[]>) =>
    DIGITS.flatMap((_, k) => TAUGHT.map((model) => of[model][k] ?? 0));
  expectShares(await shares(page.locator(".bar i")), byModel(PER_CLASS));
  const softened = SAMPLE.softened as Record<(typeof TAUGHT)[number], number[]>;
  await openPanel(page, "soft-bars");
  expectShares(await shares(page.locator(".bar i")), byModel(softened));
  await openPanel(page, "draw");
  const answers = page.locator("[data-answer]");
  await expect(answers).toHaveCount(30);
  expect((await shares(answers.locator("i"))).reduce((sum, share) => sum + share, 0)).toBeCloseTo(3, 1);
  await openPanel(page, "soft-targets");
  expectShares(await shares(page.locator("td.bar span")), softened.teacher);
});

test("images and weights are as dark as their values are great, and of the right sign", async ({ page }) => {
  await openPanel(page, "soft-bars");
  expectProportional(SAMPLE.features, alphas(await pixels(page.locator("canvas").first())), true, 0.6);
  await openPanel(page, "steps");
  const unit = 5;
  const found = await pixels(page.locator("[data-unit] canvas").first());
  const weights = Array.from({ length: 64 }, (_, input) => STEP.weights[12 * input + unit]!);
  expectProportional(
    weights.map((w) => Math.sqrt(Math.abs(w))),
    alphas(found),
    true,
    0.6,
  );
  // Blue where it is positive.
  const strong = weights.flatMap((w, i) => (Math.abs(w) > 0.02 ? [i] : []));
  expect(strong.map((i) => found[4 * i + 2]! > found[4 * i]!)).toEqual(strong.map((i) => weights[i]! > 0));
});

test("a step's histograms count, its layers' bars compare, and its batch lies in the plane", async ({ page }) => {
  await openPanel(page, "steps");
  for (const [i, { counts }] of [STEP.histograms.weights, STEP.histograms.update].entries()) {
    const tops = await numbers(page.locator("figure svg").nth(i).locator("rect"), "y");
    expectProportional(
      counts.map((count) => Math.log1p(count)),
      tops.map(([y]) => y!),
      false,
      1e-6,
    );
  }
  const rows = STEP.layers.flatMap(({ gradient, update, parameters }) =>
    (["weights", "biases"] as const).flatMap((part) => [gradient, update, parameters].map((of) => of[part].l2)),
  );
  const most = [0, 1, 2].map((k) => Math.max(...rows.filter((_, i) => i % 3 === k)));
  expectShares(
    await shares(page.locator("[data-layer-row] span > span")),
    rows.map((size, i) => size / most[i % 3]!),
  );
  await openPanel(page, "steps-plane");
  const places = await numbers(page.locator(".plane circle"), "cx", "cy");
  expectProportional(
    POINTS.map(({ x }) => x),
    places.map(([x]) => x!),
    true,
    1e-4,
  );
  expectProportional(
    POINTS.map(({ y }) => y),
    places.map(([, y]) => y!),
    false,
    1e-4,
  );
  expect(await page.locator(".plane circle.withheld").count()).toBe(PLANE.samples.filter((s) => s.label < 0).length);
});
