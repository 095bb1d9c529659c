import { expect, test } from "vitest";
import type { Result } from "../shared/engine_types";
import { summarise } from "./index";

const of = (accuracy: number) => ({ accuracy });

test.each<[string, unknown, string]>([
  ["a number", 5, "results"],
  ["nothing", undefined, "results"],
  ["no result", [], "results"],
  ["null", [null], "results.0"],
  ["an empty result", [{}], "results.0.teacher.accuracy"],
  ["a result that lacks a model", [{ teacher: of(1), student_alone: of(0.5) }], "results.0.student_distilled.accuracy"],
])("a summary of %s says what is not there", async (_, results, path) => {
  const refused = expect(summarise(results as Result[])).rejects;
  await refused.toMatchObject({ name: "LabError", path });
  await expect(summarise(results as Result[])).rejects.toThrow(`${path}: got`);
});
