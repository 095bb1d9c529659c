/** The engine's arrays as objects, from the engine itself. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Engine, loadEngine } from "./engine";
import { BINS, toPoints, toRegions, toTakeover } from "./insights";

let engine: Engine;
beforeAll(async () => {
  const bytes = readFileSync(new URL("../../pkg/distill_lab_bg.wasm", import.meta.url));
  engine = await loadEngine(Uint8Array.from(bytes).buffer, async () =>
    readFileSync(new URL("../../pkg/digits.bin", import.meta.url)),
  );
});
const lab = (more: object) =>
  engine.lab(
    JSON.stringify({ preset: "spirals", teacher: { steps: 50, hidden: [8] }, student: { steps: 50 }, ...more }),
  );
const ALL = Float64Array.of(-1, 1, -1, 1);

test("regions come model by model, as they begin", () => {
  const run = lab({});
  const at = () => toRegions(run.regions(ALL, 4, 3, 2), 4, 3);
  expect(at().softened.teacher).toBeNull();
  run.step(10);
  expect(at().softened.teacher).toHaveLength(24);
  expect(at().softened.student_alone).toBeNull();
  expect(at().agreement.student_distilled).toBeNull();
  run.step(1000);
  const { classes, softened, agreement } = at();
  expect(classes).toBe(2);
  for (const grid of Object.values(softened)) {
    const sums = Array.from({ length: 12 }, (_, i) => (grid?.[2 * i] ?? 0) + (grid?.[2 * i + 1] ?? 0));
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
  }
  // What the engine counted, counted again.
  const likeliest = (grid: Float32Array | null) => Array.from({ length: 12 }, (_, i) => (grid?.[2 * i] ?? 0) >= 0.5);
  const [teacher, distilled] = [likeliest(softened.teacher), likeliest(softened.student_distilled)];
  expect(agreement.student_distilled).toBeCloseTo(teacher.filter((a, i) => a === distilled[i]).length / 12, 6);
});

test("points of one's own keep their order and their roles", () => {
  const points = Array.from({ length: 9 }, (_, i) => [i / 10, -i / 10, i % 2]);
  const run = lab({ data: { name: "points", points }, transfer: { size: 5, labelled: 2 } });
  const found = toPoints(run.points());
  expect(found.map(({ label }) => label)).toEqual(points.map(([, , label]) => label));
  expect(found[7]?.x).toBeCloseTo(0.7);
  expect(found.map(({ role }) => role === "test")).toEqual(points.map((_, i) => i % 4 === 3));
  expect(found.filter(({ role }) => role === "labelled")).toHaveLength(2);
  expect(found.filter(({ role }) => role === "unlabelled")).toHaveLength(3);
});

test("what was taken over adds up to the run's own result", () => {
  const run = lab({});
  const early = toTakeover(run.takeover(4), run.predictions(), BINS);
  expect(early).toEqual({
    similarity: [],
    reliability: { teacher: null, student_alone: null, student_distilled: null },
    predictions: [],
  });
  run.step(1000);
  const took = toTakeover(run.takeover(4), run.predictions(), BINS);
  const result = JSON.parse(run.result());
  expect(took.similarity.map((row) => row.length)).toEqual([2, 2]);
  const confusion = [0, 1].map((i) =>
    [0, 1].map((k) => took.predictions.filter((p) => p.label === i && p.student_alone === k).length),
  );
  expect(confusion).toEqual(result.student_alone.confusion);
  const bins = took.reliability.student_distilled ?? [];
  expect(bins).toHaveLength(BINS);
  const ece = bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.confidence), 0) / 1000;
  expect(ece).toBeCloseTo(result.student_distilled.ece, 9);
});
