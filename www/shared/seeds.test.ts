import fc from "fast-check";
import { expect, test } from "vitest";
import { seedsAround } from "./seeds";

test("a preset's twelve seeds are 1 to 12, whichever of them is shown first", () => {
  const twelve = Array.from({ length: 12 }, (_, i) => i + 1);
  for (const seed of twelve) expect(seedsAround(seed, 12)).toEqual(twelve);
  expect(seedsAround(13, 12)[0]).toBe(13);
  expect(seedsAround(0, 12)).toEqual(twelve.map((n) => n - 1));
  expect(seedsAround(7, 1)).toEqual([7]);
});
test("the seed is among its seeds, which follow one another, and each of them has the same", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 200 }), (seed, n) => {
      const seeds = seedsAround(seed, n);
      expect(seeds).toContain(seed);
      expect(seeds).toEqual(Array.from({ length: n }, (_, i) => (seeds[0] ?? 0) + i));
      if (seed > 0) expect(seedsAround(seeds.at(-1) ?? 0, n)).toEqual(seeds);
    }),
  );
});
