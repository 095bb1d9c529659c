/** What the engine says of data sets in the plane, and of what a student took over. */
import type { ModelName } from "./model";

export type TaughtModel = Exclude<ModelName, "student_refined">;
export const TAUGHT: readonly TaughtModel[] = ["teacher", "student_alone", "student_distilled"];

/** A point of one's own as the config has it: x, y, class. */
export type OwnPoint = [x: number, y: number, label: 0 | 1];

/** Part of the plane: x from, x to, y from, y to. */
export type Bounds = [number, number, number, number];

/** Every model's softened probabilities on a grid whose row 0 is at the smallest y; null: not begun. */
export interface Regions {
  columns: number;
  rows: number;
  classes: number;
  /** `[rows, columns, classes]` */
  softened: Record<TaughtModel, Float32Array | null>;
  /** Share of cells in which the student's likeliest class is the teacher's. */
  agreement: { student_alone: number | null; student_distilled: number | null };
}

/** Who sees a point: the teacher alone, the students too, the students without its label, nobody (a test). */
export const ROLES = ["teacher", "labelled", "unlabelled", "test"] as const;
export type Role = (typeof ROLES)[number];
export interface WorldPoint {
  x: number;
  y: number;
  label: number;
  role: Role;
}

/** A bin of the reliability diagram: samples, their mean confidence, the share of them that is right. */
export interface Bin {
  count: number;
  confidence: number;
  accuracy: number;
}

/** A test sample: its label, and what each model takes it for. */
export type Prediction = { index: number; label: number } & Record<TaughtModel, number>;

export interface Takeover {
  /** `[classes][classes]`: the teacher's mean softened output by true class; empty before it is trained. */
  similarity: number[][];
  /** null: not trained. */
  reliability: Record<TaughtModel, Bin[] | null>;
  /** Every test sample; empty before all three are trained. */
  predictions: Prediction[];
}
