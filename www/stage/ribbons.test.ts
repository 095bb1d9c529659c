import { expect, test } from "vitest";
import { ribbon, ribbonsOf, thread } from "./ribbons";

const band = { x: 100, y: 50, width: 40, apart: 8, narrowed: 0.25 };
const from = (share: number, group = "others") => ({ share, group, x: 0, y: 10 });
/** Heights of the four corners: start above, end above, end below, start below. */
const corners = (d: string) => {
  const [, startAbove, endAbove, endBelow, startBelow] =
    /^M\S+ (\S+)C\S+ \S+ \S+ \S+ \S+ (\S+)V(\S+)C\S+ \S+ \S+ \S+ \S+ (\S+)Z$/.exec(d) ?? [];
  return [startAbove, endAbove, endBelow, startBelow].map(Number) as [number, number, number, number];
};

test("ribbons are as wide as their shares, and narrower where they begin", () => {
  const found = ribbonsOf([from(0.5), from(0.25), from(0.25)], band);
  expect(found.map(({ width }) => width)).toEqual([20, 10, 10]);
  for (const { d, width } of found) {
    const [a, b, c, e] = corners(d);
    expect(c - b).toBeCloseTo(width, 1);
    expect(e - a).toBeCloseTo(0.25 * width, 1);
  }
});

test("ribbons lie on one another without a gap, in their order, about the middle of the band", () => {
  const found = ribbonsOf([from(0.5), from(0.25), from(0.25)], band);
  const ends = found.map(({ d }) => corners(d).slice(1, 3));
  expect(ends).toEqual([
    [30, 50],
    [50, 60],
    [60, 70],
  ]);
});

test("groups lie apart", () => {
  const [a, b] = ribbonsOf([from(0.5, "label"), from(0.5, "others")], band);
  expect(corners(b?.d ?? "")[1] - corners(a?.d ?? "")[2]).toBe(8);
});

test("nothing flows where there is nothing", () => {
  expect(ribbonsOf([], band)).toEqual([]);
});

test("a thread runs where the middle of a ribbon would", () => {
  expect(thread({ x: 0, y: 10 }, { x: 100, y: 50 })).toBe("M0 10C50 10 50 50 100 50");
  expect(ribbon({ x: 0, y: 10 }, { x: 100, y: 50 }, 2, 4)).toBe("M0 9C50 9 50 48 100 48V52C50 52 50 11 0 11Z");
});
