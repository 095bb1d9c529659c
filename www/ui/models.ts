/**
 * How each model looks, everywhere: name, colour, dash and marker. No two share a dash: to people who do not see blue from
 * green, or no colours at all, teacher and distilled student differ in little else.
 */
import type { ModelName } from "../shared/engine_types";

export interface ModelLook {
  name: ModelName;
  label: "teacher" | "alone" | "distilled" | "refined";
  /** A custom property of theme.css. */
  colour: `--${string}`;
  dash: number[];
}

export const LOOKS: readonly ModelLook[] = [
  { name: "teacher", label: "teacher", colour: "--teacher", dash: [9, 3, 2, 3] },
  { name: "student_alone", label: "alone", colour: "--alone", dash: [6, 4] },
  { name: "student_distilled", label: "distilled", colour: "--distilled", dash: [] },
  { name: "student_refined", label: "refined", colour: "--refined", dash: [2, 3] },
];
