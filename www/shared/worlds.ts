/** The models whose answers are compared, and a point that somebody drew. */
import type { PerModel } from "./engine_types";

/** A model that is taught before any refinement. */
export type TaughtModel = keyof PerModel<unknown>;
export const TAUGHT: readonly TaughtModel[] = ["teacher", "student_alone", "student_distilled"];

/** A point as the config has it: x, y, class. */
export type OwnPoint = [x: number, y: number, label: 0 | 1];
