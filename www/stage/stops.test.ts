import { expect, test } from "vitest";
import { placeOf, STOPS, stopAt, stopByKey, stopsOf } from "./stops";

const stops = stopsOf(0.5, 64);

test("there are 41 stops, rising, from the least to the greatest value", () => {
  for (const [min, max] of [
    [0.5, 64],
    [0.1, 100],
    [1, 20],
  ] as const) {
    const all = stopsOf(min, max);
    expect(all).toHaveLength(STOPS);
    expect([all[0], all.at(-1)]).toEqual([min, max]);
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(new Set(all).size).toBe(STOPS);
  }
});

test("round temperatures are stops", () => {
  expect(stops).toEqual(expect.arrayContaining([1, 2, 3, 4, 5, 8, 10, 20, 30, 40, 64]));
});

test("stops are even steps of a logarithm, to within half a step", () => {
  stops.forEach((stop, i) => {
    expect(Math.abs(placeOf(stop, 0.5, 64) - i / (STOPS - 1))).toBeLessThanOrEqual(0.5 / (STOPS - 1) + 1e-9);
  });
});

test("a place on the track leads to the nearest stop", () => {
  for (const stop of stops) expect(stopAt(placeOf(stop, 0.5, 64), stops)).toBe(stop);
  expect(stopAt(0, stops)).toBe(0.5);
  expect(stopAt(1, stops)).toBe(64);
});

test("keys go from stop to stop, also from a value between two", () => {
  const at = stops.indexOf(4);
  expect(stopByKey("ArrowRight", 4, stops)).toBe(stops[at + 1]);
  expect(stopByKey("ArrowDown", 4, stops)).toBe(stops[at - 1]);
  expect(stopByKey("ArrowUp", 3.99, stops)).toBe(4);
  expect(stopByKey("ArrowLeft", 4.01, stops)).toBe(4);
  expect(stopByKey("PageUp", 4, stops)).toBe(stops[at + 5]);
  expect(stopByKey("PageDown", 4, stops)).toBe(stops[at - 5]);
  expect(stopByKey("Home", 4, stops)).toBe(0.5);
  expect(stopByKey("End", 4, stops)).toBe(64);
  expect(stopByKey("ArrowRight", 64, stops)).toBe(64);
  expect(stopByKey("PageDown", 0.5, stops)).toBe(0.5);
  expect(stopByKey("x", 4, stops)).toBeNull();
});
