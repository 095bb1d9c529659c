import { expect, test } from "vitest";
import { polyline, scrubbed, segmentsOf, spread, stopNear, within, xOf, xOfRun } from "./race";
import type { RacePhase } from "./view";

const PHASES: RacePhase[] = [
  { phase: "teacher", from: 0, to: 900, steps: 900 },
  { phase: "students", from: 900, to: 4900, steps: 2000 },
];
const segments = segmentsOf(PHASES, 40, 1000);
const stops = [0, 300, 600, 900, 2900, 4900];

test("phases fill the strip, with a break between", () => {
  const [teacher, students] = segments;
  expect([teacher?.x0, students?.x1]).toEqual([40, 1000]);
  expect((students?.x0 ?? 0) - (teacher?.x1 ?? 0)).toBe(28);
});

test("a short phase keeps a width that can be pointed at", () => {
  const [short, long] = segmentsOf(
    [
      { phase: "teacher", from: 0, to: 10, steps: 10 },
      { phase: "students", from: 10, to: 10010, steps: 10000 },
    ],
    0,
    1028,
  );
  expect((short?.x1 ?? 0) - (short?.x0 ?? 0)).toBeGreaterThan(140);
  expect((long?.x1 ?? 0) - (long?.x0 ?? 0)).toBeGreaterThan(800);
});

test("a step of the run and the model's own step lie at the same place", () => {
  expect(xOfRun(segments, 450)).toBeCloseTo(xOf(segments, "teacher", 450), 9);
  expect(xOfRun(segments, 2900)).toBeCloseTo(xOf(segments, "students", 1000), 9);
  expect(within(PHASES, 2900)).toEqual({ phase: PHASES[1], step: 1000 });
  expect(within(PHASES, 900)).toEqual({ phase: PHASES[0], step: 900 });
});

test("a place leads to the nearest stop, and keys from stop to stop", () => {
  for (const stop of stops) expect(stopNear(segments, stops, xOfRun(segments, stop))).toBe(stop);
  expect(scrubbed("ArrowRight", 600, stops)).toBe(900);
  expect(scrubbed("ArrowLeft", 700, stops)).toBe(600);
  expect(scrubbed("PageUp", 0, stops)).toBe(4900);
  expect(scrubbed("PageDown", 4900, stops)).toBe(0);
  expect(scrubbed("Home", 600, stops)).toBe(0);
  expect(scrubbed("End", 600, stops)).toBe(4900);
  expect(scrubbed("a", 600, stops)).toBeNull();
});

test("a curve goes through its points", () => {
  const points = polyline({ step: [0, 1000, 2000], accuracy: [0, 0.5, 1] }, segments, "students", 20, 120);
  const xs = [0, 1000, 2000].map((step) => xOf(segments, "students", step).toFixed(1));
  expect(points).toBe(`${xs[0]},120.0 ${xs[1]},70.0 ${xs[2]},20.0`);
});

test("names that would meet are pushed apart in their order", () => {
  expect(spread([10, 12], 10)).toEqual([6, 16]);
  expect(spread([50, 10], 10)).toEqual([50, 10]);
});
