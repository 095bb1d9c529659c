import { expect, test } from "vitest";
import { parseLists, parseValues, withCommas, withPoints } from "./sweep_values";

test.each([
  ["1, 2, 4, 8", [1, 2, 4, 8]],
  ["8,4 ,4,.5", [0.5, 4, 8]],
  ["1..64 x7 log", [1, 2, 4, 8, 16, 32, 64]],
  ["1..64×4 log", [1, 4, 16, 64]],
  ["0..1 x5", [0, 0.25, 0.5, 0.75, 1]],
  ["1 .. 4", [1, 2, 3, 4]],
  ["1e-4..1e-2 x3 log, 1", [0.0001, 0.001, 0.01, 1]],
  ["-1, 0", [-1, 0]],
])("%s is read", (text, values) => {
  expect(parseValues(text)).toEqual(values);
});

test.each(["", ",", "1,,2", "abc", "1 2", "4..1", "0..8 x4 log", "1..8 log", "1..8 x1", "1..1e9", "1e999", "1;2"])(
  "%s is not",
  (text) => {
    expect(parseValues(text)).toBeNull();
  },
);

test("a range of whole numbers has no others, and none twice", () => {
  expect(parseValues("1..4 x7", true)).toEqual([1, 2, 3, 4]);
  // What somebody typed is left for the engine to judge.
  expect(parseValues("1.5, 2", true)).toEqual([1.5, 2]);
});

test("two lists have a semicolon between them", () => {
  expect(parseLists("1, 2; 0..1 x3", 2)).toEqual([
    [1, 2],
    [0, 0.5, 1],
  ]);
  expect(parseLists("1, 2", 2)).toBeNull();
  expect(parseLists("1; 2", 1)).toBeNull();
  expect(parseLists("1; x", 2, ["number", "number"])).toBeNull();
});

test("a list has words where the field has them, each once and in their order", () => {
  expect(parseLists("hint, soft_targets, hint", 1, ["word"])).toEqual([["hint", "soft_targets"]]);
  expect(parseLists("true, false; 4", 2, ["switch", "number"])).toEqual([[true, false], [4]]);
  expect(parseLists("yes", 1, ["switch"])).toBeNull();
  expect(parseLists("1, 2", 1, ["word"])).toBeNull();
  expect(parseLists("hint, 4", 1)).toBeNull();
  // In the address, before the fields are known.
  expect(parseLists("hint, soft_targets; 1..3", 2)).toEqual([
    ["hint", "soft_targets"],
    [1, 2, 3],
  ]);
});

test.each([
  ["2,5", [2.5]],
  ["0,5; 1; 2,5", [0.5, 1, 2.5]],
  ["0,5 1  2,5", [0.5, 1, 2.5]],
  ["1, 2, 4", [1, 2, 4]],
  ["0.5; 1", [0.5, 1]],
  [",5;1", [0.5, 1]],
  ["0 .. 1 x 5; 2,5", [0, 0.25, 0.5, 0.75, 1, 2.5]],
  ["1..64 ×7 log", [1, 2, 4, 8, 16, 32, 64]],
  ["0,001..0,1 x3 log 1", [0.001, 0.01, 0.1, 1]],
])("%s is read where decimals have a comma", (text, values) => {
  expect(parseValues(withPoints(text) ?? "")).toEqual(values);
});

test.each(["1,2,4", "1.000; 2.000", "1.000..2.000", "abc", "", ";", "1;;2"])("%s is not", (text) => {
  expect(parseValues(withPoints(text) ?? "")).toBeNull();
});

test.each([
  ["0.5,1, 2.5", "0,5; 1; 2,5"],
  ["1..64 x7 log", "1..64 x7 log"],
  ["0.001..0.1 x3 log, 1", "0,001..0,1 x3 log; 1"],
])("%s is typed %s where decimals have a comma, and is the same again", (address, typed) => {
  expect(withCommas(address)).toBe(typed);
  expect(parseValues(withPoints(typed) ?? "")).toEqual(parseValues(address));
});
