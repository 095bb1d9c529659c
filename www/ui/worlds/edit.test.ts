import fc from "fast-check";
import { expect, test } from "vitest";
import type { OwnPoint } from "../../shared/worlds";
import { added, erased, flipped, moved, nearest, place, takenFrom } from "./edit";

const points: OwnPoint[] = [
  [0, 0, 0],
  [0.5, 0.5, 1],
  [0.52, 0.5, 0],
];

test("a place settles on a grid within the edges, so that an address stays short", () => {
  fc.assert(
    fc.property(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true }), (x, y) => {
      const [px, py] = place(x, y, 1, 1.25);
      expect(Math.max(Math.abs(px), Math.abs(py))).toBeLessThanOrEqual(1.25);
      expect(`${px}`.length).toBeLessThanOrEqual(5);
      if (Math.abs(x) <= 1.25) expect(Math.abs(px - x)).toBeLessThanOrEqual(0.005 + 1e-12);
    }),
  );
});

test("the nearest point within reach is meant, and none beyond it", () => {
  expect(nearest(points, 0.53, 0.5)).toBe(2);
  expect(nearest(points, 0.49, 0.5)).toBe(1);
  expect(nearest(points, -0.5, 0.5)).toBeNull();
});

test("every edit gives a new list and leaves the old one as it was", () => {
  const before = structuredClone(points);
  expect(added(points, [1, 1, 1])).toHaveLength(4);
  expect(moved(points, 1, 9, 0.101, 1.25)[1]).toEqual([1.25, 0.1, 1]);
  expect(flipped(points, 1)[1]).toEqual([0.5, 0.5, 0]);
  expect(erased(points, 0)).toEqual(points.slice(1));
  expect(points).toEqual(before);
});

test("points are taken over from what is trained on, not from tests, and not more than sixty", () => {
  const many = Array.from({ length: 200 }, (_, i) => ({
    x: i / 100 - 1,
    y: 0.12345,
    label: i % 2,
    role: i % 2 === 0 ? ("test" as const) : ("teacher" as const),
  }));
  const taken = takenFrom(many, 1.25);
  expect(taken).toHaveLength(60);
  expect(taken[0]).toEqual([-0.99, 0.12, 1]);
});
