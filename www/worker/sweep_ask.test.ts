import { expect, test } from "vitest";
import { readAsk } from "./sweep_ask";
import { readSeeds } from "./seeds";

const GOOD = { over: "distillation.temperature", values: [1, 4], seeds: 2 };

test("seeds are a list, a number from the config's own on, or the config's own alone", () => {
  expect(readAsk(GOOD, 5).seeds).toEqual([5, 6]);
  expect(readAsk({ ...GOOD, seeds: [9, 3] }, 5).seeds).toEqual([9, 3]);
  expect(readAsk({ over: GOOD.over, values: GOOD.values }, 5).seeds).toEqual([5]);
});

test.each<[string, unknown, string, string]>([
  ["nothing", undefined, "wrong_type", ""],
  ["a text", "T", "wrong_type", ""],
  ["an empty object", {}, "wrong_type", "over"],
  ["no field's path", { ...GOOD, over: 5 }, "wrong_type", "over"],
  ["three fields", { ...GOOD, over: ["a", "b", "c"] }, "wrong_type", "over"],
  ["values of null", { ...GOOD, values: null }, "wrong_type", "values"],
  ["no values", { over: GOOD.over, seeds: 2 }, "wrong_type", "values"],
  ["values that are lists", { ...GOOD, values: [[1]] }, "wrong_type", "values"],
  ["values of null", { ...GOOD, values: [null] }, "wrong_type", "values"],
  ["one list for two fields", { ...GOOD, over: ["a", "b"] }, "wrong_type", "values"],
  ["seeds of a text", { ...GOOD, seeds: "x" }, "wrong_type", "seeds"],
  ["seeds of null", { ...GOOD, seeds: null }, "wrong_type", "seeds"],
  ["a seed for seeds", { ...GOOD, seed: 2 }, "unknown_key", "seed"],
])("%s is refused by its name", (_, ask, code, path) => {
  expect(() => readAsk(ask, 1)).toThrow(expect.objectContaining({ code, path }));
  expect(() => readAsk(ask, 1)).toThrow("allowed");
});

test.each<[unknown, string, string]>([
  [3e7, "seeds", "seeds: got 30000000; allowed: a whole number from 1 to 10000"],
  [10_001, "seeds", "seeds: got 10001; allowed: a whole number from 1 to 10000"],
  [0, "seeds", "seeds: got 0; allowed: a whole number from 1 to 10000"],
  [2.5, "seeds", "seeds: got 2.5; allowed: a whole number from 1 to 10000"],
  [[], "seeds", "seeds: got []; allowed: a whole number from 1 to 10000, or a list of as many seeds"],
  [[1, 2, 1], "seeds", "seeds: got 1 twice; allowed: each seed once"],
  [[1, -2], "seeds.1", "seeds.1: got -2; allowed: a whole number from 0 to 9007199254740991"],
])("seeds of %j are refused before a list is made of them", (seeds, path, message) => {
  expect(() => readSeeds(1, seeds)).toThrow(expect.objectContaining({ code: "out_of_range", path, message }));
});

test("values are numbers, words or switches, and two fields may differ in that", () => {
  expect(readAsk({ over: "distillation.method", values: ["hint", "soft_targets"] }, 1).values).toEqual([
    ["hint", "soft_targets"],
  ]);
  const mixed = [["sgd"], [true, false]];
  expect(readAsk({ over: ["a", "b"], values: mixed }, 1).values).toEqual(mixed);
});

test("seeds do not go on beyond the largest", () => {
  expect(readSeeds(Number.MAX_SAFE_INTEGER, 1)).toEqual([Number.MAX_SAFE_INTEGER]);
  expect(() => readSeeds(Number.MAX_SAFE_INTEGER, 2)).toThrow(expect.objectContaining({ path: "seeds" }));
});
