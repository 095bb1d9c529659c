import fc from "fast-check";
import { expect, test } from "vitest";
import * as german from "./sentence.de";
import * as english from "./sentence.en";

const DIGITS = Array.from({ length: 10 }, (_, k) => String(k));
const IRISES = ["setosa", "versicolor", "virginica"];
const shares = (of: Record<number, number>, count = 10) => {
  const left = (1 - Object.values(of).reduce((a, b) => a + b, 0)) / (count - Object.keys(of).length);
  return Array.from({ length: count }, (_, k) => of[k] ?? left);
};

test("doubts are told in order, the likeliest first", () => {
  const p = shares({ 8: 0.5, 1: 0.25, 2: 0.09 });
  expect(english.sentence(p, DIGITS)).toBe("an 8, a bit of a 1, some 2");
  expect(german.sentence(p, DIGITS)).toBe("eine 8, ein wenig 1, eine Spur 2");
});

test("a sure answer says so", () => {
  expect(english.sentence(shares({ 3: 0.999 }), DIGITS)).toBe("a 3, nothing else");
  expect(english.sentence(shares({ 3: 0.9 }), DIGITS)).toBe("a 3, hardly anything else");
  expect(german.sentence(shares({ 3: 0.999 }), DIGITS)).toBe("eine 3, sonst nichts");
  expect(german.sentence(shares({ 3: 0.9 }), DIGITS)).toBe("eine 3, sonst kaum etwas");
});

test("an answer that is none says so too", () => {
  expect(english.sentence(shares({}), DIGITS)).toBe("could be anything");
  expect(german.sentence(shares({}), DIGITS)).toBe("könnte alles sein");
  expect(english.sentence(shares({ 7: 0.3, 1: 0.2 }), DIGITS)).toMatch(/^perhaps a 7, a bit of a 1/);
});

test("names that are no figures have no article", () => {
  expect(english.sentence([0.7, 0.2, 0.1], IRISES)).toBe("setosa, a bit of versicolor, some virginica");
  expect(german.sentence([0.7, 0.2, 0.1], IRISES)).toBe("setosa, ein wenig versicolor, eine Spur virginica");
  expect([english.a("8"), english.a("11"), english.a("18"), english.a("81"), english.a("1"), english.a("A")]).toEqual([
    "an 8",
    "an 11",
    "an 18",
    "an 81",
    "a 1",
    "A",
  ]);
});

test("whatever the bars, a sentence names the likeliest class or none, and at most four", () => {
  const distribution = fc
    .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 })
    .map((raw) => raw.map((v) => v / raw.reduce((a, b) => a + b, 0)));
  fc.assert(
    fc.property(distribution, (p) => {
      const names = p.map((_, k) => `class${k}.`);
      for (const { sentence } of [english, german]) {
        const named = sentence(p, names).match(/class\d+\./g) ?? [];
        expect(named.length).toBeLessThanOrEqual(4);
        if (named.length) expect(p[names.indexOf(named[0] ?? "")]).toBe(Math.max(...p));
      }
    }),
  );
});
