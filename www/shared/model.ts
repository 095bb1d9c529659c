/** The engine's nouns as the page sees them: the JSON of Rust's `Config`, `Result` and their kin. */
import type { OwnPoint } from "./worlds";

export type Activation = "relu" | "tanh" | "gelu";
export type DataName =
  | "digits"
  | "notebook"
  | "planted"
  | "spirals"
  | "moons"
  | "circles"
  | "gaussians"
  | "points"
  | "mnist10k"
  | "mnist1d"
  | "table";
/** One of the engine's `MethodInfo`s, by name. */
export type Method = string;

export type Optimizer =
  | { name: "adam"; learning_rate: number; beta1: number; beta2: number; epsilon: number }
  | { name: "adamw"; learning_rate: number; beta1: number; beta2: number; epsilon: number; weight_decay: number }
  | { name: "sgd"; learning_rate: number; momentum: number; nesterov: boolean };

export interface Training {
  hidden: number[];
  activation: Activation;
  steps: number;
  batch_size: number;
  optimizer: Optimizer;
  label_smoothing: number;
}

/** Complete and normalised; see docs/config.md. */
export interface Config {
  preset: string;
  seed: number;
  data: {
    name: DataName;
    train: number;
    test: number;
    label_noise: number;
    noise: number;
    points: OwnPoint[];
    /** Which table of one's own; `shape`: rows, features, how many of them are numbers, classes. */
    table: { file: string; hash: string; shape: number[] };
  };
  teacher: Training & { members: number };
  transfer: { size: number; labelled: number; omit_classes: number[] };
  student: Training;
  /** Each method's own options besides: numbers. */
  distillation: { method: Method; temperature: number; alpha: number; label_smoothing: number };
  refine: { steps: number };
}

/** Any part of a config; what is missing keeps its value (or takes the preset's, when `preset` is given). */
export type PartialConfig = { [K in keyof Config]?: Config[K] extends object ? Partial<Config[K]> : Config[K] } & {
  /** How it is written; without it, 1. */
  version?: 1;
};

export type ModelName = "teacher" | "student_alone" | "student_distilled" | "student_refined";
/** Index of a model in every column called `model`. */
export const MODELS: readonly ModelName[] = ["teacher", "student_alone", "student_distilled", "student_refined"];

export interface Metrics {
  accuracy: number;
  nll: number;
  ece: number;
  /** null for a class without test samples. */
  per_class_accuracy: (number | null)[];
  /** confusion[true][predicted] */
  confusion: number[][];
  parameters: number;
  macs: number;
  bytes: number;
  /** Students only. */
  agreement?: number;
  kl_to_teacher?: number;
}

export interface Curve {
  step: number[];
  train_loss: number[];
  /** null where no labelled sample was met since the point before. */
  train_accuracy: (number | null)[];
  test_loss: number[];
  test_accuracy: number[];
}

export interface Result {
  config: Config;
  engine_version: string;
  digest: string;
  teacher: Metrics;
  student_alone: Metrics;
  student_distilled: Metrics;
  student_refined?: Metrics;
  curves: Partial<Record<ModelName, Curve>>;
}

export interface Interval {
  mean: number;
  /** Half width of the 95 % interval of the mean (Student's t); null for one value. */
  ci95: number | null;
}
export type Summary = Partial<Record<ModelName, { [metric: string]: Interval }>> & { gain: Interval };

/** A figure expected of a preset, measured with another implementation (mean and half width of its 95 % interval). */
export interface Expected {
  /** Partial config laid over the preset. */
  set: PartialConfig;
  /** "student_alone.accuracy", "gain", "student_distilled.per_class_accuracy.3", "curves.teacher.train_loss.last", ... */
  measure: string;
  mean: number;
  ci95: number;
  /** One line for people: "gain at T = 4". */
  label: string;
  /** Who found it, where that is not the preset's `source`. */
  source?: string;
  /** What this engine gives where that is known to lie outside the interval, and why. */
  known_difference?: { mean: number; ci95: number; why: string };
}

export interface Preset {
  name: string;
  title: string;
  /** One sentence: why it is worth running. */
  why: string;
  config: Config;
  expected: Expected[];
  /** What made the expected figures. */
  source: string;
  /** Seeds A..B (B excluded) at which the figures are checked. */
  seeds: [number, number];
}

/** A text in both languages. */
export interface Words {
  en: string;
  de: string;
}

/** A way to distil, as the engine describes it. */
export interface MethodInfo {
  name: Method;
  title: Words;
  /** When it helps, in one sentence. */
  helps: Words;
  source: string;
  /** "α · T² · KL + (1 − α) · CE" */
  formula: string;
  /** In the formula's order, at most one of each kind; `own`: what the method adds to the teacher's output and the labels. */
  terms: { kind: "soft" | "hard" | "own"; formula: string }[];
  /** Whether the soft term is T² · KL. */
  softened: boolean;
  options: { path: string; symbol: string; doc: Words }[];
}

/** One settable field of the config: the table that controls, docs and validation share. */
export interface Field {
  /** "distillation.temperature" */
  path: string;
  kind: "integer" | "number" | "boolean" | "choice" | "integers" | "points" | "text";
  /** Bounds of a number, of each item of `integers`, of a coordinate of `points`. */
  min?: number;
  max?: number;
  /** Most items of `integers` and `points`. */
  max_items?: number;
  max_length?: number;
  choices?: string[];
  /** One sentence for people. */
  doc: string;
  /** False: a rare field, folded away. */
  common: boolean;
  /** Short key in the address, where it has one. */
  address?: string;
  /** A logarithmic slider suits it. */
  log?: boolean;
}

export type { DistillError } from "./errors";

/** Most points of one sweep. */
export const MAX_SWEEP_POINTS = 200;

/** What is counted. */
export type Counted = "bytes" | "parameters" | "points" | "values" | "cells" | "numbers";

/** What a field's kind allows. */
export type Kind =
  | { kind: "integer"; min: number; max: number }
  | { kind: "number"; min: number; max: number }
  | { kind: "boolean" }
  | { kind: "choice"; choices: readonly string[] }
  | { kind: "integers"; min: number; max: number; max_items: number }
  | { kind: "points"; min: number; max: number; max_items: number }
  | { kind: "text"; max_length: number };

/** What the engine allows where it refuses: src/refusal/mod.rs says what each means. */
export type Allowed =
  | { kind: "keys"; keys: readonly string[] }
  | { kind: "object" }
  | { kind: "json"; why: string }
  | { kind: "each_key_once" }
  | { kind: "version"; version: number }
  | { kind: "up_to"; max: number; field: string }
  | { kind: "available"; max: number }
  | { kind: "count"; of: Counted; min: number; max: number }
  | { kind: "point" }
  | { kind: "coordinates"; min: number; max: number }
  | { kind: "count_of_points"; count: number; points: number }
  | { kind: "classes"; classes: number }
  | { kind: "each_class_once"; classes: number }
  | { kind: "fewer_classes"; samples: number }
  | { kind: "plane" }
  | { kind: "hash" }
  | { kind: "table_shape"; min_rows: number; max_rows: number; max_features: number; max_classes: number }
  | { kind: "shape_of_table"; shape: number[] }
  | { kind: "table_rows"; test: number; rows: number }
  | { kind: "table_read" }
  | { kind: "needed"; name: string; hash?: string }
  | { kind: "content"; hash: string }
  | { kind: "axes" }
  | { kind: "numeric_field"; fields: readonly string[] }
  | { kind: "results" }
  | { kind: "hidden_layer"; network: string; layer: number; layers: number }
  | { kind: "done" }
  | { kind: "finite"; model: string; step: number }
  | { kind: "template_line" }
  | Kind;

/** What the engine says of a data set. */
export interface DataSet {
  name: DataName;
  /** Its name for people, and one sentence about its samples. */
  title: Words;
  about: Words;
  /** Where it comes from, and its licence. */
  source: string;
  origin: "generated" | "bundled" | "supplied" | "points" | "table";
  /** Features of a sample; null where the config tells. */
  features: number | null;
  /** Fields of `data` that only some data sets read and this one does. */
  options: string[];
}

export type Phase = "teacher" | "soft_targets" | "students" | "refine" | "done";
export const PHASES: readonly Phase[] = ["teacher", "soft_targets", "students", "refine", "done"];

/** Facts about the data a config leads to. */
export interface DataInfo {
  classes: string[];
  features: number;
  /** [height, width] where samples are images, else null. */
  image: [number, number] | null;
  /** Samples in the training, transfer (after omissions) and test sets; labelled samples in the transfer set. */
  train: number;
  transfer: number;
  labelled: number;
  test: number;
}

/** One sample seen through the models trained so far. Arrays per class; a model not yet trained is null. */
export interface SampleView {
  index: number;
  features: number[];
  label: number;
  logits: Record<"teacher" | "student_alone" | "student_distilled", number[] | null>;
  /** softmax(logits / T) */
  softened: Record<"teacher" | "student_alone" | "student_distilled", number[] | null>;
  /** Entropy of the softened outputs, in nats. */
  entropy: Record<"teacher" | "student_alone" | "student_distilled", number | null>;
}

/** The loss of one transfer sample, taken apart. `null` before the distilled student exists. */
export interface LossView {
  method: Method;
  temperature: number;
  alpha: number;
  /** -1 where the sample is unlabelled. */
  label: number;
  /** KL(p || q) at T, without T^2; CE at T = 1 (0 where unlabelled). */
  kl: number;
  cross_entropy: number;
  /** alpha T^2 KL, (1 - alpha) CE, and their sum as the engine computes it. */
  soft_term: number;
  hard_term: number;
  /** What the method adds; 0 for most. */
  own_term: number;
  loss: number;
  /** Euclidean norm of each term's gradient by the logits; soft without the factor T^2 too. */
  soft_gradient: number;
  soft_gradient_without_t2: number;
  hard_gradient: number;
  /** By the hidden layer's activations. */
  own_gradient: number;
}

/** Where a point of a sweep is: a value, or one for each of two fields. */
export type SweepValue = number | readonly number[];
export interface SweepRequest {
  /** A numeric field's path, "distillation.temperature", or two of them. */
  over: string | string[];
  /** The field's values, or a list for each of two fields: their every combination is a point. */
  values: number[] | number[][];
  /** Seeds, each trained at every point. */
  seeds: number[];
}
export interface SweepPoint {
  value: SweepValue;
  /** Seeds done so far. */
  seeds: number;
  summary: Summary;
}
/** The points of a sweep, each held against the one of the highest mean, seed by seed. */
export interface Contrast {
  /** Index of the point of the highest mean. */
  leader: number;
  /** Whether the interval of its difference from every other point leaves out zero. */
  clear: boolean;
  /** By how much each point is behind; null for the leader, and where no seed is shared. */
  behind: ((Interval & { seeds: number }) | null)[];
}
export interface SweepResult extends SweepRequest {
  config: Config;
  /** Of two fields the first one's value changes slowest. */
  points: SweepPoint[];
  /** By the accuracy of the distilled student. */
  best: Contrast | null;
}
