import fc from "fast-check";
import { expect, test } from "vitest";
import { ends, interval, scale, signed } from "./paired";

test("a scale holds every value between its ends, and zero has a mark where it lies between", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
      const { ticks, y } = scale(values, 10, 100);
      const [low, high] = [ticks[0] ?? NaN, ticks.at(-1) ?? NaN];
      expect([y(high), y(low)].map((v) => Math.round(v))).toEqual([10, 110]);
      for (const v of values) {
        expect(y(v)).toBeGreaterThanOrEqual(10 - 1e-6);
        expect(y(v)).toBeLessThanOrEqual(110 + 1e-6);
      }
      if (low < 0 && high > 0) expect(ticks).toContain(0);
    }),
  );
});
test("an interval has no half width where one seed has none, and no figure where there is none", () => {
  expect(interval({ mean: 0.5, ci95: 0.01 })).toBe("50.00 ± 1.00");
  expect(interval({ mean: 0.5, ci95: null }, signed)).toBe("+50.00");
  expect(interval(undefined)).toBe("–");
  expect([ends({ mean: 0.5, ci95: null }), ends(null)]).toEqual([[0.5, 0.5], []]);
});
