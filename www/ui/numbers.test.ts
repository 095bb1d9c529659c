import { expect, test } from "vitest";
import { formatCount, formatNumber, formatPercent, formatValue, withSign } from "./numbers";
import { spoken } from "./spoken.svelte";

test("figures are written as the language writes them", () => {
  expect([formatNumber(0.69315, 3, "en"), formatNumber(0.69315, 3, "de-AT")]).toEqual(["0.693", "0,693"]);
  expect([formatPercent(0.9323, 1, "en"), formatPercent(0.9323, 1, "de")]).toEqual(["93.2", "93,2"]);
  expect([formatCount(25_450, "en"), formatCount(25_450, "de")]).toEqual(["25,450", "25.450"]);
  expect([formatValue(0.25, "en"), formatValue(0.25, "de"), formatValue(2000, "de")]).toEqual(["0.25", "0,25", "2000"]);
});
test("no language rounds otherwise than another, and none puts in digits", () => {
  for (const x of [1.005, 0.125, 12_345.678, -0.0004, 2.5, 99.95]) {
    for (const digits of [0, 1, 2, 4]) {
      expect(formatNumber(x, digits, "en")).toBe(x.toFixed(digits));
      expect(formatNumber(x, digits, "de")).toBe(x.toFixed(digits).replace(".", ","));
    }
  }
  for (const x of [0.1, 0.30000000000000004, 1 / 3, 0.001, 64]) expect(formatValue(x, "en")).toBe(String(x));
});
test("without a language it is the page's", async () => {
  expect(formatNumber(1.5, 1)).toBe("1.5");
  await spoken.speak("de");
  expect(formatNumber(1.5, 1)).toBe("1,5");
  await spoken.speak("en");
});
test("a difference says which way it goes", () => {
  expect([withSign(1, "1.0"), withSign(-1, "-1.0"), withSign(0, "0.0")]).toEqual(["+1.0", "-1.0", "0.0"]);
});
