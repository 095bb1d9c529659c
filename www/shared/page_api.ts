/** `window.distillLab` as types: the page offers it, messages carry it, the element wraps it. */
import type { Comparison, Config, ModelName, Phase, Result, Speed } from "./engine_types";
import { type DistillError, refused } from "./errors";
import type { RunState } from "./protocol";
import type { PartialConfig, SweepItem, SweepResult } from "./requests";
import type { Point } from "./points";

export interface SweepAsk {
  /** A field's path, "distillation.temperature", "distillation.method", or two of them. */
  over: string | string[];
  /** The field's values, or a list for each of two fields: their every combination is a point. */
  values: SweepItem[] | SweepItem[][];
  /** Seeds, each once, or how many, of which the config's own is one; where it is left out, the config's own alone. */
  seeds?: number | number[];
}

/** Two settings, each laid over the config at hand. */
export interface ComparisonAsk {
  a?: PartialConfig;
  b?: PartialConfig;
  /** Seeds, each once, or how many, of which A's own is one; where it is left out, A's own seed alone. */
  seeds?: number | number[];
  /** Whose test accuracies are compared: the distilled students', unless others are named. */
  models?: { a?: ModelName; b?: ModelName };
}

export type { Point as LabPoint };

export interface LabEvents {
  status: { state: RunState; phase: Phase; step: number; steps: number };
  /** `anew`: the run went back, and these points take the place of all before. */
  progress: { phase: Phase; step: number; steps: number; points: Point[]; anew?: true };
  result: Result;
  error: DistillError;
  configchange: Config;
  /** A chapter's question has been answered, rightly or not: what was chosen stays with the learner. */
  check: { lesson: string };
}
export type LabEvent = keyof LabEvents;

export const LAB_EVENTS: readonly LabEvent[] = ["status", "progress", "result", "error", "configchange", "check"];

/** Refuses a handler that would never be called, or could not be. */
export function checkHandler(event: unknown, handler: unknown, events: readonly string[] = LAB_EVENTS): void {
  if (!events.includes(event as string))
    throw refused("unknown_event", "event", event, { kind: "choice", choices: events });
  if (typeof handler !== "function") throw refused("wrong_type", "handler", handler, { kind: "function" });
}

export interface RunAsk {
  /** Whether the result is to have `speed` too: what its networks cost on this machine. No digest covers it. */
  speed?: boolean;
}

/** Throws what is wrong with `ask`, naming its field. */
export function readRunAsk(ask: unknown): RunAsk {
  const keys = ["speed"];
  if (typeof ask !== "object" || ask === null || Array.isArray(ask)) {
    throw refused("wrong_type", "", ask, { kind: "ask", keys });
  }
  for (const [key, value] of Object.entries(ask)) {
    if (!keys.includes(key)) throw refused("unknown_key", key, value, { kind: "keys", keys });
    if (typeof value !== "boolean") throw refused("wrong_type", key, value, { kind: "boolean" });
  }
  return ask;
}

export interface PresetName {
  name: string;
  title: string;
}
/** Each model's probabilities for one input. */
export type Predictions = Record<"teacher" | "student_alone" | "student_distilled", number[]>;

export interface DistillLab {
  readonly ready: Promise<void>;
  /** The engine's; empty before `ready`. */
  readonly version: string;
  presets(): PresetName[];
  config(): Config;
  /** Rejects with {code, path, message}, and then nothing has changed. */
  configure(partial: PartialConfig): Promise<Config>;
  run(ask?: RunAsk): Promise<Result>;
  /**
   * How fast the networks of the finished run are on this machine, one image at a time and in batches; measured while nothing is
   * trained, in about 0.1 s. Rejects with the code "not_done" before a run is finished, "cancelled" where another one begins.
   */
  speed(): Promise<Speed>;
  pause(): void;
  resume(): void;
  step(n?: number): Promise<void>;
  /**
   * n training steps back (1 unless given; fewer at the beginning), over the phases' borders too and from a run's end, then stands
   * still. Exact: steps made again give the same bits. The next "progress" has `anew`: its points replace all before.
   */
  back(n?: number): Promise<void>;
  reset(): Promise<void>;
  /** At most 10,000 trainings, points times seeds. */
  sweep(request: SweepAsk): Promise<SweepResult>;
  /** A minus B, paired by seed. At most 10,000 trainings. */
  compare(request: ComparisonAsk): Promise<Comparison>;
  /** A number for each feature; a typed array is a list of numbers here, as in every argument. */
  predict(input: ArrayLike<number>): Promise<Predictions>;
  /**
   * Returns what takes the handler off again. Each handler has a detail of its own, as each call its answer: what is written into
   * it changes nothing here. Throws where there is no such event.
   */
  on<E extends LabEvent>(event: E, handler: (detail: LabEvents[E]) => void): () => void;
}
