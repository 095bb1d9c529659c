import { expect, test } from "vitest";
import { contrastOf } from "./contrast";

test("the engine's columns become a comparison of points", () => {
  const columns = Float64Array.of(1, 0, 12, 0.5, 0.25, 0, NaN, NaN, 1, 0.5, NaN);
  expect(contrastOf(columns)).toEqual({
    leader: 1,
    clear: false,
    behind: [{ seeds: 12, mean: 0.5, ci95: 0.25 }, null, { seeds: 1, mean: 0.5, ci95: null }],
  });
  expect(contrastOf(Float64Array.of(-1))).toBeNull();
});
