/** What is asked of the engine in the page's own words, beside the engine's nouns. */
import type { ChosenOn, Config, Contrast, Summary } from "./engine_types";

/** Any part of a config; what is missing keeps its value (or takes the preset's, when `preset` is given). */
export type PartialConfig = { [K in keyof Config]?: Config[K] extends object ? Partial<Config[K]> : Config[K] } & {
  /** How it is written; without it, 1. */
  version?: 1;
};

/** A value of a field that can be swept: a number (a width goes to every hidden layer), a word, or a switch. */
export type SweepItem = number | string | boolean;
/** Where a point of a sweep is: a value, or one for each of two fields. */
export type SweepValue = SweepItem | readonly SweepItem[];
export interface SweepRequest {
  /** A field's path, "distillation.temperature", "distillation.method", or two of them. */
  over: string | string[];
  /** The field's values, or a list for each of two fields: their every combination is a point. */
  values: SweepItem[] | SweepItem[][];
  /** Seeds, each trained at every point. */
  seeds: number[];
}
export interface SweepPoint {
  value: SweepValue;
  /** Seeds done so far. */
  seeds: number;
  summary: Summary;
}
export interface SweepResult extends SweepRequest {
  config: Config;
  /** Of two fields the first one's value changes slowest. */
  points: SweepPoint[];
  /** What the points were compared on: validation samples where every training has some, else the test samples themselves. */
  chosen_on: ChosenOn;
  /** By the accuracy of the distilled student on those. */
  best: Contrast | null;
}
