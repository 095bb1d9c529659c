/** Settings that are worth being B at one click: each takes one thing away from what a teacher gives. */
import type { Config, Field, ModelName } from "../../shared/engine_types";
import type { PartialConfig } from "../../shared/requests";
import { at, valueAt } from "../../shared/settings";
import { DISTILLED } from "../../shared/view";
import type { Strings } from "../strings";

export interface Control {
  name: "hard" | "smoothing" | "transfer" | "longer" | "present";
  label: keyof Strings & `versus_${string}`;
  /** What it differs in from the present settings. */
  b: PartialConfig;
  /** Whose scores are compared, A's and B's. */
  models: readonly [ModelName, ModelName];
}

const method = (name: string): PartialConfig => at("distillation.method", name) as PartialConfig;

/** `pinned`: whether A stays as it was, so that the present settings may be B. */
export function controlsOf(config: Config, fields: readonly Field[], pinned: boolean): Control[] {
  const controls: Control[] = [
    { name: "hard", label: "versus_hard", b: method("hard_teacher"), models: DISTILLED },
    { name: "smoothing", label: "versus_smoothing", b: method("label_smoothing"), models: DISTILLED },
  ];
  const sees = fields.find(({ path }) => path === "teacher.sees");
  if (sees?.kind === "choice" && sees.choices.includes("transfer")) {
    const b = at("teacher.sees", "transfer") as PartialConfig;
    controls.push({ name: "transfer", label: "versus_transfer", b, models: DISTILLED });
  }
  if (config.refine.steps > 0) {
    // A budget multiplies the steps of the students, and those of the refinement it does not.
    const budget = Number(valueAt(config, "budget") ?? 1);
    const steps = at("student.steps", config.student.steps * budget + config.refine.steps);
    const b = { ...(budget > 1 ? { budget: 1 } : {}), ...steps } as PartialConfig;
    controls.push({ name: "longer", label: "versus_longer", b, models: ["student_refined", "student_alone"] });
  }
  if (pinned) controls.push({ name: "present", label: "versus_present", b: {}, models: DISTILLED });
  return controls;
}

/** The one setting that `b` changes; null: none, or several. */
export function onlySetting(b: unknown): { path: string; value: unknown } | null {
  let [path, value]: [string, unknown] = ["", b];
  while (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    const [entry] = entries;
    if (entries.length !== 1 || entry === undefined) return null;
    path = path === "" ? entry[0] : `${path}.${entry[0]}`;
    value = entry[1];
  }
  return path === "" ? null : { path, value };
}
