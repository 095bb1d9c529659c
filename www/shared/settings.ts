/**
 * Every setting of the page, once: which control shows it, where it stands among the others, and its key in the
 * address. Ranges, choices and meanings are the engine's (`Field`) and not repeated here.
 */
import type { Config, Field, MethodInfo } from "./engine_types";

export type ControlKind =
  /** A number to drag; logarithmic where the field says so. */
  | "slider"
  /** A number to type. */
  | "number"
  | "choice"
  | "toggle"
  /** Widths of layers: a list of whole numbers. */
  | "layers"
  /** A set of classes. */
  | "classes"
  /** Points of the plane, edited in their own panel. */
  | "points"
  /** A user's table, chosen in its own panel. */
  | "table"
  | "seed";

export const GROUPS = ["experiment", "data", "teacher", "transfer", "student", "distillation", "refine"] as const;
export type Group = (typeof GROUPS)[number];

export interface Setting {
  /** "distillation.temperature" */
  path: string;
  control: ControlKind;
  group: Group;
  /** Short key in the address; without one it travels in `c`. */
  address?: string;
}

const training = (who: "teacher" | "student"): Setting[] => [
  { path: `${who}.hidden`, control: "layers", group: who, address: who },
  { path: `${who}.steps`, control: "slider", group: who },
  { path: `${who}.batch_size`, control: "number", group: who },
  { path: `${who}.activation`, control: "choice", group: who },
  { path: `${who}.label_smoothing`, control: "slider", group: who },
  { path: `${who}.optimizer.name`, control: "choice", group: who },
  { path: `${who}.optimizer.learning_rate`, control: "slider", group: who },
  { path: `${who}.optimizer.beta1`, control: "number", group: who },
  { path: `${who}.optimizer.beta2`, control: "number", group: who },
  { path: `${who}.optimizer.epsilon`, control: "number", group: who },
  { path: `${who}.optimizer.weight_decay`, control: "number", group: who },
  { path: `${who}.optimizer.momentum`, control: "number", group: who },
  { path: `${who}.optimizer.nesterov`, control: "toggle", group: who },
];

/** In the order in which they are shown, and in which the address writes them. */
export const SETTINGS: readonly Setting[] = [
  { path: "seed", control: "seed", group: "experiment", address: "seed" },
  { path: "budget", control: "choice", group: "experiment", address: "budget" },
  { path: "distillation.temperature", control: "slider", group: "distillation", address: "T" },
  { path: "distillation.alpha", control: "slider", group: "distillation", address: "alpha" },
  { path: "distillation.method", control: "choice", group: "distillation", address: "method" },
  ...training("student"),
  ...training("teacher"),
  { path: "teacher.members", control: "number", group: "teacher" },
  { path: "teacher.sees", control: "choice", group: "teacher" },
  { path: "data.name", control: "choice", group: "data", address: "data" },
  { path: "data.train", control: "number", group: "data" },
  { path: "data.test", control: "number", group: "data" },
  { path: "data.validation", control: "number", group: "data" },
  { path: "data.label_noise", control: "slider", group: "data" },
  { path: "data.noise", control: "slider", group: "data" },
  { path: "data.points", control: "points", group: "data" },
  { path: "data.table.file", control: "table", group: "data" },
  { path: "data.table.hash", control: "table", group: "data" },
  { path: "data.table.shape", control: "table", group: "data" },
  { path: "transfer.size", control: "slider", group: "transfer" },
  { path: "transfer.labelled", control: "slider", group: "transfer" },
  { path: "transfer.omit_classes", control: "classes", group: "transfer" },
  { path: "refine.steps", control: "slider", group: "refine" },
];

/** The setting that an address key stands for. */
export function settingOfKey(key: string): Setting | undefined {
  return SETTINGS.find((setting) => setting.address === key);
}

/** `SETTINGS` and the options of a method, which the engine describes. */
export function settingsWith(method: MethodInfo | undefined): Setting[] {
  const options = (method?.options ?? []).map(({ path }): Setting => ({
    path,
    control: "number",
    group: "distillation",
  }));
  return [...SETTINGS, ...options];
}

/** The engine's description of a setting; undefined for a field of another optimiser's. */
export function fieldOf(setting: Setting, fields: readonly Field[]): Field | undefined {
  return fields.find((field) => field.path === setting.path);
}

/** Fields that a sweep may vary: numbers, words, switches, and the widths of layers. */
export function sweepable(fields: readonly Field[]): Field[] {
  const kinds: readonly Field["kind"][] = ["integer", "number", "choice", "boolean"];
  return fields.filter(({ kind, path }) => kinds.includes(kind) || (kind === "integers" && path.endsWith(".hidden")));
}

/** The value at a path, undefined where the config has none (such as another optimiser's momentum). */
export function valueAt(config: Config, path: string): unknown {
  let value: unknown = config;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Training steps of each student, as the engine has them. */
export const studentSteps = ({ student, budget }: Pick<Config, "student" | "budget">): number => student.steps * budget;

/** A partial config with one value: `at("refine.steps", 3)` is `{ refine: { steps: 3 } }`. */
export function at(path: string, value: unknown): Record<string, unknown> {
  const keys = path.split(".");
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
}
