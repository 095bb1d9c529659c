/** The stage's texts, of which each language has all. Where a text holds a figure or a name it is a function of these. */
import type { MethodName, StageRole } from "../shared/engine_types";
import type { Contender, Pace } from "./view";

/** What the samples are called. */
export type Things = "digits" | "images" | "signals" | "points" | "samples";

export interface StageWords {
  /** Tag of the language, for figures. */
  tag: string;
  title: string;
  /** The sentence under the title; `label` and `doubts` carry the students' colours. */
  lead: (
    samples: number,
    things: Things,
  ) => { before: string; label: string; between: string; doubts: string; after: string };
  sentence: (shares: ArrayLike<number>, names: readonly string[]) => string;

  sample: string;
  /** Where the sample on stage comes from. */
  origin: (role: StageRole, tests: number, things: Things) => string;
  labelled: (name: string) => string;
  label_hidden: string;
  samples: string;
  exam: string;
  taught: string;
  thumb: (role: "exam" | "taught", index: number, label: string) => string;
  draw: (things: Things) => string;

  names: Record<Contender, string>;
  names_short: Record<Contender, string>;
  /** What a student is told. */
  told: Record<"student_alone" | "student_distilled", string>;
  weights: (count: number) => string;
  reads: (right: number, of: number) => string;
  cost: (ratio: number) => string;
  untrained: string;
  shown_of: (shown: number, all: number) => string;
  network: (name: string, units: readonly number[], strongest: readonly number[]) => string;
  network_keys: string;
  unit: (layer: number, unit: number, activation: number) => string;

  pipe: (label: string | null) => string;
  bars: (name: string, bars: readonly { name: string; share: number }[]) => string;
  bar: (name: string, share: number) => string;
  rest: string;
  percent: (share: number) => string;
  true_scale: string;
  /** What the tick on a bar is. */
  at_one: string;
  nobody_told: string;
  /** What flows where the method is not the soft targets'. */
  flows: Record<MethodName, string>;
  target: string;
  others: (beta: number) => string;

  temperature: string;
  sure: string;
  doubtful: string;
  at_temperature: (t: number) => string;
  trained_at: (t: number) => string;
  no_temperature: string;

  says: (name: string) => string;
  right: string;
  wrong: string;
  of_these: (count: number) => string;
  wall: (right: number, of: number) => string;
  wall_unread: (of: number) => string;
  wall_keys: string;
  /** `read` null: nobody may know. */
  wall_sample: (index: number, label: string, read: string | null) => string;
  field: (name: string) => string;
  narrower: string;
  wider: string;
  width: (units: number) => string;

  /** The class that is read, as a column of a table. */
  answer: string;
  /** Under a student's count. */
  all_tests: (percent: string, tests: number) => string;
  /** In the strip: of many seeds, with the interval; of one run. */
  seeds: (count: number, gain: string) => string;
  one_run: (gain: string) => string;
  outcome: (distilled: number, alone: number, tests: number) => string;

  race: string;
  phases: Record<"teacher" | "students" | "refine", string>;
  /** The same where there is little room. */
  phases_short: Record<"teacher" | "students" | "refine", string>;
  step_of: (step: number, steps: number) => string;
  accuracy: string;
  curve: (name: string, accuracy: number) => string;
  play: string;
  pause: string;
  pace: string;
  paces: Record<Pace, string>;
  loading: string;
}
