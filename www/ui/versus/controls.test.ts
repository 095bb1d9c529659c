import { expect, test } from "vitest";
import { type Config, type Field, FIRST_CONFIG } from "../../shared/engine_types";
import { controlsOf, onlySetting } from "./controls";

const names = (...of: Parameters<typeof controlsOf>) => controlsOf(...of).map(({ name }) => name);

test("a control is offered where its setting is there", () => {
  expect(names(FIRST_CONFIG, [], false)).toEqual(["hard", "smoothing"]);
  const sees: Field = { path: "teacher.sees", kind: "choice", choices: ["train", "transfer"], doc: "", common: false };
  expect(names(FIRST_CONFIG, [sees], true)).toEqual(["hard", "smoothing", "transfer", "present"]);
});

test("the student alone gets as many steps as the refined one had in all", () => {
  const config = { ...FIRST_CONFIG, refine: { steps: 30 } };
  const longer = controlsOf(config, [], false).find(({ name }) => name === "longer");
  expect(longer?.b).toEqual({ student: { steps: FIRST_CONFIG.student.steps + 30 } });
  expect(longer?.models).toEqual(["student_refined", "student_alone"]);
  const tenfold = controlsOf({ ...config, budget: 10 } as Config, [], false).find(({ name }) => name === "longer");
  expect(tenfold?.b).toEqual({ budget: 1, student: { steps: 10 * FIRST_CONFIG.student.steps + 30 } });
});

test("one setting is found wherever it lies, and several are none", () => {
  expect(onlySetting({ student: { optimizer: { momentum: 0.5 } } })).toEqual({
    path: "student.optimizer.momentum",
    value: 0.5,
  });
  expect(onlySetting({ student: { hidden: [4] } })).toEqual({ path: "student.hidden", value: [4] });
  expect(onlySetting({ seed: 1, refine: { steps: 2 } })).toBeNull();
  expect(onlySetting({})).toBeNull();
});
