import { expect, test } from "vitest";
import { CHAPTERS } from "../ui/lesson/chapters";
import { LANGUAGES } from "../ui/strings";
import type { Field } from "./engine_types";
import { CHAPTER_COUNT, overAllowed, SPOKEN } from "./view";

test("the address knows the lesson's chapters and the page's languages", () => {
  expect(CHAPTERS.map(({ id }) => Number(id))).toEqual(Array.from({ length: CHAPTER_COUNT }, (_, i) => i + 1));
  expect(Object.keys(LANGUAGES)).toEqual([...SPOKEN]);
});

const field = (path: string, kind: Field["kind"]): Field => ({ path, kind, doc: "", common: true }) as Field;

test("numbers, words and widths of layers can be swept, alone or two different ones", () => {
  const fields = [
    field("refine.steps", "integer"),
    field("distillation.alpha", "number"),
    field("student.hidden", "integers"),
    field("transfer.omit_classes", "integers"),
    field("distillation.method", "choice"),
  ];
  for (const over of ["refine.steps", "distillation.method", "distillation.alpha,student.hidden"])
    expect(overAllowed(over, fields)).toBeNull();
  for (const over of ["nope", "data.points", "transfer.omit_classes", "refine.steps,nope"]) {
    expect(overAllowed(over, fields), over).toEqual({ kind: "over" });
  }
  expect(overAllowed("refine.steps,refine.steps", fields)).toEqual({ kind: "over" });
});
