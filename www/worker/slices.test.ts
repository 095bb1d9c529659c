import fc from "fast-check";
import { expect, test } from "vitest";
import { FakeClock } from "./fake_engine";
import { Slicer } from "./slices";

/** Endless work on which unit `i` costs `cost(i)` milliseconds. */
function endless(clock: FakeClock, cost: (unit: number) => number) {
  let unit = 0;
  return {
    kind: () => 0,
    most: () => Number.POSITIVE_INFINITY,
    work(n: number) {
      for (let i = 0; i < n; i++) clock.ms += cost(unit++);
      return n;
    },
  };
}

test("never takes more than 12 ms, though a unit's cost jumps eightfold at any time", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.0002, max: 0.4, noNaN: true }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 8 })), { maxLength: 20 }),
      (cheapest, stretches) => {
        const clock = new FakeClock();
        const jumps: number[] = [];
        for (const [length, factor] of stretches) for (let i = 0; i < length; i++) jumps.push(factor);
        const job = endless(clock, (unit) => cheapest * (jumps[unit] ?? 1));
        const slicer = new Slicer(clock.now);
        for (let slice = 0; slice < 200; slice++) {
          const begin = clock.ms;
          slicer.slice(job);
          expect(clock.ms - begin).toBeLessThanOrEqual(12);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test.each([0, 0.005, 0.1, 1])("makes slices of about 8 ms with a clock of %d ms grain", (grain) => {
  const clock = new FakeClock();
  clock.grain = grain;
  const slicer = new Slicer(clock.now);
  const job = endless(clock, () => 0.013);
  slicer.slice(job);
  for (let slice = 0; slice < 50; slice++) {
    const begin = clock.ms;
    const spent = slicer.slice(job);
    expect(clock.ms - begin).toBeGreaterThan(6.9);
    expect(clock.ms - begin).toBeLessThan(10);
    expect(spent).toBeLessThanOrEqual(clock.ms - begin + grain);
  }
});

test("a new kind of work, a thousand times dearer, starts with one unit", () => {
  const clock = new FakeClock();
  const slicer = new Slicer(clock.now);
  const left = [5_000, 1_000];
  const sizes: number[] = [];
  const job = {
    kind: () => (left[0] ? 0 : 1),
    most: () => left[job.kind()] ?? 0,
    work(n: number) {
      const kind = job.kind();
      if (kind === 1) sizes.push(n);
      left[kind] = (left[kind] ?? 0) - n;
      clock.ms += n * (kind === 0 ? 0.002 : 2);
      return n;
    },
  };
  while ((left[1] ?? 0) > 0) {
    const begin = clock.ms;
    slicer.slice(job);
    expect(clock.ms - begin).toBeLessThanOrEqual(12);
  }
  expect(Math.max(...sizes)).toBe(1);
});

test("a single unit longer than a slice is done alone", () => {
  const clock = new FakeClock();
  const slicer = new Slicer(clock.now);
  const job = endless(clock, () => 30);
  expect(slicer.slice(job)).toBe(30);
  expect(slicer.slice(job)).toBe(30);
});

test("a hiccup of the machine is forgotten within two slices", () => {
  const clock = new FakeClock();
  const slicer = new Slicer(clock.now);
  let calls = 0;
  const job = endless(clock, (unit) => (unit === 5_000 ? 40 : 0.01));
  const counted = { ...job, work: (n: number) => (calls++, job.work(n)) };
  for (let slice = 0; slice < 12; slice++) slicer.slice(counted);
  calls = 0;
  slicer.slice(counted);
  expect(calls).toBeLessThan(30);
});
