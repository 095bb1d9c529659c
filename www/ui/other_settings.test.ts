import { expect, test } from "vitest";
import { type Config, FIRST_CONFIG } from "../shared/engine_types";
import { inWords, otherSettings, sameSettings } from "./other_settings";

const changed = (change: (config: Config) => void): Config => {
  const config = structuredClone(FIRST_CONFIG);
  change(config);
  return config;
};

test("another seed, or the same settings under another name, make no other experiment", () => {
  expect(
    sameSettings(
      changed((c) => (c.seed = 9)),
      FIRST_CONFIG,
    ),
  ).toBe(true);
  expect(
    sameSettings(
      changed((c) => (c.preset = "unlabelled")),
      FIRST_CONFIG,
    ),
  ).toBe(true);
});
test("any other setting does, and is named with both values", () => {
  const made = changed((c) => {
    c.distillation.temperature = 4;
    c.student.hidden = [6];
  });
  expect(sameSettings(made, FIRST_CONFIG)).toBe(false);
  expect(inWords(otherSettings(made, FIRST_CONFIG), "here")).toBe(
    "student.hidden [6] (here [32]), distillation.temperature 4 (here 20)",
  );
});
test("a table of one's own is named by its file, and by its content where two files have one name", () => {
  const own = changed((c) => {
    c.data.name = "table";
    c.data.table = { file: "wine.csv", hash: "0a", shape: [178, 13, 13, 3] };
  });
  expect(inWords(otherSettings(own, FIRST_CONFIG), "here")).toBe(
    "data.name table (here digits), data.table.file wine.csv (here –)",
  );
  const other = structuredClone(own);
  other.data.table.hash = "0b";
  expect(inWords(otherSettings(other, own), "here")).toBe("data.table.hash 0b (here 0a)");
});
test("more than three are counted", () => {
  const made = changed((c) => {
    c.teacher.steps = 1;
    c.teacher.members = 2;
    c.student.steps = 3;
    c.refine.steps = 4;
    c.transfer.size = 5;
  });
  expect(inWords(otherSettings(made, FIRST_CONFIG), "here")).toMatch(/ \(\+2\)$/);
});
