import { expect, test } from "vitest";
import { barsOf, labelled } from "./shares";

const falling = (count: number) => {
  const sum = (count * (count + 1)) / 2;
  return Array.from({ length: count }, (_, k) => (count - k) / sum);
};

test("up to twelve classes each have a bar, in their order", () => {
  expect(barsOf(falling(12), falling(12), 3).map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("of more classes nine have a bar, the label's among them, and the rest one together", () => {
  const p = falling(40);
  const bars = barsOf(p, p, 39);
  expect(bars.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 39, null]);
  expect(bars.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  expect(bars.at(-1)?.share).toBeCloseTo(1 - p.slice(0, 8).reduce((a, b) => a + b, 0) - (p[39] ?? 0), 9);
});

test("columns say their share where it meets neither another nor a column", () => {
  const box = { width: 120, height: 60, unit: 1 };
  const said = (p: number[]) =>
    [...labelled(barsOf(p, p, -1), { ...box, most: Math.max(...p) })].map(({ index }) => index);
  expect(said([0.02, 0.24, 0.07, 0.03, 0.02, 0.02, 0.03, 0.02, 0.53, 0.02])).toEqual([8, 1]);
  expect(said([0.2, 0, 0, 0, 0.7, 0, 0, 0, 0, 0.1])).toEqual([4, 0, 9]);
});
