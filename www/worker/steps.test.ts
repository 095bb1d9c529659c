import { expect, test } from "vitest";
import { histogram, toRecordedStep } from "./steps";

test("nothing was recorded before the first step", () => {
  expect(toRecordedStep(new Float32Array(0))).toBeNull();
});

test("the engine's numbers are read in their order", () => {
  const head = [2, 2, 905, 5, 2, 1, 3, 2, 1, 1.75, 1, 0.5, 0.25];
  // Two layers, 2-4-3: sizes are numbered, so that a shifted one shows.
  const layers = [2, 4, ...numbered(100, 12), 4, 3, ...numbered(200, 12)];
  const samples = [7, 1, 0, -1, 9, 2];
  const numbers = [...head, ...layers, ...samples, ...numbered(300, 6), ...numbered(400, 12), ...numbered(500, 12)];
  const read = toRecordedStep(Float32Array.from(numbers));
  expect(read).toMatchObject({
    phase: "students",
    model: "student_distilled",
    step: 905,
    phaseStep: 5,
    correct: 1,
    loss: 1.75,
    softTerm: 1,
    hardTerm: 0.5,
    ownTerm: 0.25,
    layer: 1,
    samples: [
      { index: 7, label: 1 },
      { index: 0, label: -1 },
      { index: 9, label: 2 },
    ],
  });
  expect(read?.layers[1]).toEqual({
    inputs: 4,
    outputs: 3,
    gradient: { weights: { l2: 200, max: 201 }, biases: { l2: 202, max: 203 } },
    update: { weights: { l2: 204, max: 205 }, biases: { l2: 206, max: 207 } },
    parameters: { weights: { l2: 208, max: 209 }, biases: { l2: 210, max: 211 } },
    ratio: 204 / 208,
  });
  expect([...(read?.features ?? [])]).toEqual(numbered(300, 6));
  expect([...(read?.weights ?? [])]).toEqual(numbered(400, 12));
  expect([...(read?.update ?? [])]).toEqual(numbered(500, 12));
  expect(read?.histograms.weights.counts.reduce((sum, n) => sum + n, 0)).toBe(12);
});

test("bins reach as far as the greatest value on both sides, and hold every value once", () => {
  const { edge, counts } = histogram(Float32Array.of(-2, -1.99, 0, 0.01, 1, 2));
  expect(edge).toBe(2);
  expect([counts[0], counts[16], counts[24], counts[31]]).toEqual([2, 2, 1, 1]);
  expect(histogram(new Float32Array(5))).toMatchObject({ edge: 0 });
  expect(histogram(new Float32Array(5)).counts.reduce((sum, n) => sum + n, 0)).toBe(5);
});

function numbered(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
