import { expect, test } from "vitest";
import { short, toEpoch } from "./numbers";
import { moved, sheetOf, sheetSize, tileOf } from "./tiles";

test("a tile is the image that a unit looks at, and else nearly square", () => {
  expect(tileOf(64, [8, 8])).toEqual({ columns: 8, rows: 8 });
  expect(tileOf(32, [8, 8])).toEqual({ columns: 6, rows: 6 });
  expect(tileOf(2, null)).toEqual({ columns: 2, rows: 1 });
});

test("a sheet has room for every unit and a line between tiles", () => {
  for (const units of [1, 2, 10, 32, 128, 800]) {
    const tile = tileOf(64, [8, 8]);
    const sheet = sheetOf(units, tile);
    expect(sheet.columns * sheet.rows).toBeGreaterThanOrEqual(units);
    expect((sheet.rows - 1) * sheet.columns).toBeLessThan(units);
    expect(sheetSize(tile, sheet)[0]).toBe(9 * sheet.columns - 1);
  }
});

test("arrows move within what there is", () => {
  expect(moved("ArrowRight", 0, 10, 4)).toBe(1);
  expect(moved("ArrowDown", 1, 10, 4)).toBe(5);
  expect(moved("ArrowDown", 7, 10, 4)).toBe(7);
  expect(moved("ArrowLeft", 0, 10, 4)).toBe(0);
  expect(moved("End", 3, 10, 4)).toBe(9);
  expect(moved("a", 3, 10, 4)).toBeNull();
});

test("the next epoch is at least a step away, and numbers keep four digits", () => {
  expect([toEpoch(0, 1000, 32), toEpoch(31, 1000, 32), toEpoch(32, 1000, 32)]).toEqual([32, 1, 32]);
  expect(toEpoch(5, 10, 32)).toBe(1);
  expect([0, 0.123456, 1.5, 12345.6, 0.00012345, -0.5].map(short)).toEqual([
    "0",
    "0.1235",
    "1.500",
    "1.235e+4",
    "1.23e-4",
    "-0.5000",
  ]);
});
