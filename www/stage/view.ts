/** What the stage is given beside the engine's own answers. Plain data. */
import type { MethodName, Phase } from "../shared/engine_types";

/** How a sample is drawn. */
export type Form =
  | { kind: "image"; rows: number; columns: number }
  | { kind: "line" }
  /** A point of the plane, which is drawn from -edge to edge. */
  | { kind: "point"; edge: number }
  /** Named values, one a bar; no names: numbered. */
  | { kind: "bars"; names: readonly string[] };

/** The form of samples with so many features; `image` is height and width where they are images, a height of 1 a line. */
export function formOf(
  features: number,
  image: readonly [number, number] | null,
  plane: { edge: number } | null,
  names: readonly string[] = [],
): Form {
  if (plane !== null && features === 2) return { kind: "point", edge: plane.edge };
  if (image === null) return { kind: "bars", names };
  return image[0] === 1 ? { kind: "line" } : { kind: "image", rows: image[0], columns: image[1] };
}

/** A sample to be chosen. */
export interface Thumb {
  role: "exam" | "taught";
  index: number;
  features: Float32Array;
  label: number;
}

/** What passes through the pipe. */
export interface Flow {
  method: MethodName;
  /** Weight of the teacher's part; the label's part has the rest. */
  alpha: number;
  /** Share of the label that label smoothing spreads over all classes. */
  smoothing: number;
  /** Weight of the other classes, of the method `decoupled`. */
  beta: number;
}

/** A run's phase on the strip: training steps of the run, and how many steps a model takes in it. */
export interface RacePhase {
  phase: Phase;
  from: number;
  to: number;
  steps: number;
}

/** Accuracy against a model's own training steps. */
export interface RaceCurve {
  step: ArrayLike<number>;
  accuracy: ArrayLike<number>;
}

export type Contender = "teacher" | "student_alone" | "student_distilled";

/** While the temperature is dragged: the curve on the strip is of another one, and one dot is what is newest. */
export interface NewPoint {
  /** The temperature of the curve. */
  was: number;
  /** Training steps of the distilled student. */
  step: number;
  /** null: on its way. */
  accuracy: number | null;
}

export const PACES = ["slow", "watch", "flat_out"] as const;
/** How fast a run is shown. */
export type Pace = (typeof PACES)[number];

/** A model's probabilities on a grid of the plane, `[rows, columns, classes]`, row 0 at the bottom. */
export interface Region {
  columns: number;
  rows: number;
  probabilities: Float32Array;
}

/** A unit of a network's layer. */
export interface Unit {
  layer: number;
  unit: number;
}
