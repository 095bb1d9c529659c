/** What can be swept, and the values that are usual for it. */
import type { Config, Field } from "../../shared/engine_types";
import { valueAt } from "../../shared/settings";
import type { ItemKind } from "../../shared/sweep_values";
import type { Strings } from "../strings";
import type { Axis } from "./figures";

export { sweepable } from "../../shared/settings";

const [T, ALPHA, METHOD, SIZE, LABELLED] = [
  "distillation.temperature",
  "distillation.alpha",
  "distillation.method",
  "transfer.size",
  "transfer.labelled",
] as const;

/** Offered by name; any other field goes by its path. */
export const CHOICES: readonly { over: string; label: keyof Strings }[] = [
  { over: T, label: "sweep_temperature" },
  { over: ALPHA, label: "sweep_alpha" },
  { over: SIZE, label: "sweep_size" },
  { over: LABELLED, label: "sweep_labelled" },
  { over: "budget", label: "sweep_budget" },
  { over: "student.hidden", label: "sweep_student" },
  { over: "teacher.hidden", label: "sweep_teacher" },
  { over: "data.label_noise", label: "sweep_noise" },
  { over: METHOD, label: "sweep_method" },
  { over: `${T},${ALPHA}`, label: "sweep_map" },
];

/** What the values of a field are; numbers where it is not known yet. */
export function itemKind(path: string, fields: readonly Field[]): ItemKind {
  const kind = fields.find((field) => field.path === path)?.kind;
  if (kind === "choice") return "word";
  if (kind === "boolean") return "switch";
  return kind === "integer" || kind === "integers" ? "whole" : "number";
}

/** The words that a field offers; none where its values are numbers. */
export function wordsOf(path: string, fields: readonly Field[]): readonly string[] {
  const field = fields.find((one) => one.path === path);
  if (field?.kind === "choice") return field.choices;
  return field?.kind === "boolean" ? ["false", "true"] : [];
}

/** What is swept, in words: by its name where it has one, else by its path. */
export function fieldName(path: string, t: Strings): string {
  const named = CHOICES.find(({ over }) => over === path);
  return named ? t[named.label] : path;
}

/** An axis, or the field of a value that is told: `named` has the names of its words for people. */
export function axisOf(path: string, t: Strings, named: Axis["named"] = (word) => word): Axis {
  return { name: axisName(path, t), named };
}

/** How an axis is called: by its symbol or name where it has one, else by its path. */
export function axisName(path: string, t: Strings): string {
  if (path === T) return "T";
  return path === ALPHA ? "α" : fieldName(path, t);
}

const shares = (of: number, list: number[], least: number): string =>
  [...new Set(list.map((share) => Math.max(least, Math.round(share * of))))].join(", ");

/** Values worth looking at, as text: for these fields chosen, for any other from its range and what the config has. */
export function usualValues(path: string, config: Config, fields: readonly Field[]): string {
  const { data, transfer } = config;
  switch (path) {
    case T:
      return "1, 2, 3, 4, 8, 16, 32, 64";
    case ALPHA:
      return "0, 0.1, 0.25, 0.5, 0.75, 0.9, 1";
    case SIZE: {
      // Where some labels are withheld, as many as there are labels must remain; else labels go with the size.
      const least = transfer.labelled < transfer.size ? Math.max(1, transfer.labelled) : 2;
      return shares(data.train, [0.02, 0.05, 0.1, 0.2, 0.5, 1], least);
    }
    case LABELLED:
      return shares(transfer.size, [0.1, 0.2, 0.4, 0.6, 0.8, 1], 1);
    case "budget":
      return "1, 3, 10";
    case "student.hidden":
      return "2, 4, 8, 16, 32, 64, 128";
    case "teacher.hidden":
      return "8, 16, 32, 64, 128, 256";
    case "data.label_noise":
      return "0, 0.1, 0.2, 0.3, 0.4, 0.5";
    case METHOD:
      return "soft_targets, hard_teacher, label_smoothing, logit_matching";
    case "data.name":
      return "spirals, moons, circles, gaussians";
  }
  const field = fields.find((one) => one.path === path);
  const words = wordsOf(path, fields);
  if (words.length > 0) return words.join(", ");
  if (field === undefined || !("min" in field)) return "";
  const { min, max } = field;
  const value = Number(valueAt(config, path) ?? min);
  if (!field.log && max - min <= 100) return field.kind === "number" ? `${min}..${max} x6` : `${min}..${max}`;
  const around = [0.25, 0.5, 1, 2, 4].map((factor) => {
    const near = Math.min(max, Math.max(min, factor * (value || 1)));
    return field.kind === "number" ? Number(near.toPrecision(3)) : Math.round(near);
  });
  return [...new Set(around)].join(", ");
}

/** `over` as the address has it, with both fields' usual values. */
export function usualOf(over: string, config: Config, fields: readonly Field[]): string {
  // Fewer of each, since every combination is trained.
  if (over === `${T},${ALPHA}`) return "1, 2, 4, 8, 16, 32; 0, 0.25, 0.5, 0.75, 0.9, 1";
  return over
    .split(",")
    .map((path) => usualValues(path, config, fields))
    .join("; ");
}
