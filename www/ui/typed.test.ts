import { expect, test } from "vitest";
import { decimalMark, readNumber } from "./typed";

test.each(["2.5", "2,5", " 2,50 ", "25e-1", "+2,5"])("%s is two and a half in either language", (text) => {
  for (const tag of ["en", "de"]) expect(readNumber(text, tag)).toBe(2.5);
});

test("what could be thousands is not guessed at", () => {
  expect([readNumber("1.000", "de"), readNumber("1.000", "en")]).toEqual([null, 1]);
  expect([readNumber("1,000", "de"), readNumber("1,000", "en")]).toEqual([1, null]);
  // A zero in front leaves no doubt.
  for (const tag of ["en", "de"]) expect([readNumber("0,001", tag), readNumber("0.001", tag)]).toEqual([0.001, 0.001]);
});

test.each(["", "abc", "1,2,3", "1.2.3", "2,5 x", "Infinity", "0x10", ","])("%s is no number", (text) => {
  for (const tag of ["en", "de"]) expect(readNumber(text, tag)).toBeNull();
});

test("a region has its language's mark", () => {
  expect(["en", "de", "de-AT"].map((tag) => decimalMark(tag))).toEqual([".", ",", ","]);
});
