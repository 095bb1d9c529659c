import { expect, test } from "vitest";
import type { TableColumn } from "../../shared/table";
import { doubtOf } from "./doubt";

const label = (numbers: number, words: number): TableColumn => ({
  name: "price",
  kind: "label",
  guessed: "label",
  missing: 0,
  numbers,
  words,
  distinct: 28,
  note: null,
});
const classes = (...rows: number[]) => rows.map((n, i) => ({ name: `${i}`, rows: n }));

test("a label of which most classes have a single row is doubted, and said what it looks like", () => {
  const all = classes(...Array.from({ length: 28 }, () => 1));
  expect(doubtOf({ classes: all, columns: [label(28, 0)] })).toEqual({ single: 28, classes: 28, like: "number" });
  expect(doubtOf({ classes: all, columns: [label(0, 28)] })).toEqual({ single: 28, classes: 28, like: "name" });
  expect(doubtOf({ classes: classes(1, 1, 5), columns: [label(7, 0)] })).toMatchObject({ single: 2, classes: 3 });
});

test("a rare class among others is none to doubt", () => {
  expect(doubtOf({ classes: classes(1, 40), columns: [label(41, 0)] })).toBeNull();
  expect(doubtOf({ classes: [], columns: [] })).toBeNull();
});
