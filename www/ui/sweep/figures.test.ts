import { expect, test } from "vitest";
import type { Contrast } from "../../shared/engine_types";
import type { SweepPoint } from "../../shared/requests";
import { de } from "../strings/de";
import { en } from "../strings/en";
import { type Standing, triedInWords, verdict } from "./figures";

const point = (value: number): SweepPoint =>
  ({
    value,
    seeds: 3,
    summary: {
      student_distilled: { accuracy: { mean: 0.9, ci95: 0.01 } },
      validation: { samples: 950, seen_by_teacher: false },
    },
  }) as unknown as SweepPoint;
const behind = (p: number | null) => ({ seeds: 3, mean: 0.02, ci95: 0.01, p, adjusted: p });
const contrast = (more: Partial<Contrast>): Contrast => ({ leader: 0, clear: false, alike: [], behind: [], ...more });
const standing = (more: Partial<Standing>): Standing => ({
  cells: [point(1), point(4)],
  best: contrast({ behind: [null, behind(0.2)], alike: [1] }),
  chosenOn: "validation",
  ended: true,
  ...more,
});
const say = (more: Partial<Standing>, t = en) => verdict(standing(more), [{ name: "T", named: (word) => word }], t);

test("a point that cannot be told apart is named, with the method that says so", () => {
  expect(say({})).toBe(
    "No point is clearly best: T 1 (90.0 ± 1.0 % on the test set) has the highest mean and cannot be told apart from T 4 " +
      "(Holm, all pairs). Differences are paired by seed: t test, 5 %. Chosen by accuracy on validation samples, reported on the test set.",
  );
  expect(say({ chosenOn: "test" }, de)).toContain("nicht zu unterscheiden von T 4 (Holm, alle Paare).");
});

test("a best point is named with the one closest to it", () => {
  const best = contrast({ clear: true, behind: [null, behind(0.01)] });
  expect(say({ best })).toMatch(
    /^Best: T 1 \(90\.0 ± 1\.0 % on the test set\); T 4 is behind by 2\.0 ± 1\.0 points\. Differences/,
  );
});

test("a point alone has nothing to be compared with, and points that failed are counted", () => {
  const alone = contrast({ behind: [null] });
  expect(say({ cells: [point(4)], best: alone })).toBe("T 4 is the only point: there is nothing to compare it with.");
  expect(say({ cells: [point(4), null, null], best: contrast({ behind: [null, null, null] }) })).toBe(
    "T 4 is the only point: there is nothing to compare it with. Points without a result: 2.",
  );
  expect(say({ cells: [point(1), point(4), null] })).toMatch(/Points without a result: 1\.$/);
  // While points come, those that are not there have not failed.
  expect(say({ cells: [point(4), null, null], best: alone, ended: false })).toBe("");
  expect(say({ cells: [null], best: null })).toBe("");
});

test("one seed tells no point from another", () => {
  expect(say({ best: contrast({ behind: [null, behind(null)], alike: [1] }) })).toBe(en.sweep_one_seed);
});

test("how many settings were tried is said, and why that matters where there are several", () => {
  expect([triedInWords(0, en), triedInWords(1, en)]).toEqual(["", `${en.tried}: 1.`]);
  expect(triedInWords(12, de)).toBe(`${de.tried}: 12. ${de.tried_why}`);
});
