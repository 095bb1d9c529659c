import { expect, test } from "vitest";
import { keptPromise } from "./kept_promise";

test.each([
  ["less", 10.9, 6.1],
  ["less", 58.2, 8.9],
  ["as", 10.9, 10.1],
  ["as", 1, 1.08],
  ["more", 10.9, 13.4],
] as const)("%s: %f times as fast is promised, %f measured", (word, promised, single) => {
  // Batches have their own ratio, and are not what is spoken of.
  expect(keptPromise({ promised, single, batch: promised })).toBe(word);
});
