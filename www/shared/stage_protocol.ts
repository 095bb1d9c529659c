/**
 * Messages between the page and the worker of the stage, once. What is shown is a function of (config, step): the newest ticket
 * wins, work for one before it is dropped, and an answer carries the ticket that it is of.
 */
import type {
  Config,
  LayerWeights,
  PointColumns,
  Query,
  Regions,
  StageAsk,
  StageChoice,
  StageFacts,
  StageView,
  Trains,
} from "./engine_types";
import type { DistillError } from "./errors";
import type { EngineSource, SuppliedData } from "./protocol";

export interface ShowStage {
  type: "show";
  /** Greater than every one before. */
  ticket: number;
  config: Config;
  /** Training steps of the whole run; beyond its end: the end. */
  step: number;
  sample: StageAsk;
  /** That answers are softened at; what is trained is trained at the config's. */
  temperature: number;
  /** Most units of a layer. */
  units: number;
  /** What the config needs from outside the engine, with every message: a worker that has it does not look at it. */
  data: readonly SuppliedData[];
  /** Whether what stays the same over the run is wanted: "facts", before anything is trained. */
  facts?: boolean;
  /** Whether the race to its end is wanted: "curve", after "shown". */
  curves?: boolean;
  /** Whether samples worth looking at are wanted: "choice", after "shown"; the run is trained to its end. */
  choice?: boolean;
}

/** What may be asked about the state that is shown; see `Query`. */
export type StageQuery = Extract<Query, { kind: "stage" | "weights" | "regions" }>;

/** The answer to each of them. */
export interface StageAnswers {
  /** Another sample, temperature or number of units: what was trained stands. */
  stage: StageView;
  weights: LayerWeights;
  regions: Regions;
}

export type ToStage =
  | { type: "init"; engine: EngineSource }
  | ShowStage
  /** Answered by "answer" once `ticket` is shown; never where something newer is shown by then. */
  | { type: "ask"; ticket: number; id: number; query: StageQuery }
  /** Nothing is to be shown any more: work in hand is dropped, what was trained is kept. */
  | { type: "rest" };

export type FromStage =
  | { type: "ready" }
  | { type: "facts"; ticket: number; key: string; facts: StageFacts }
  /** `trains`: what was trained for the distilled student; `ms`: the worker's time for it all. `step` is the view's. */
  | { type: "shown"; ticket: number; key: string; step: number; trains: Trains; ms: number; view: StageView }
  /** Every point of the run's curves. */
  | { type: "curve"; ticket: number; key: string; points: PointColumns }
  | { type: "choice"; ticket: number; key: string; choice: StageChoice }
  | { type: "answer"; ticket: number; id: number; value: StageAnswers[StageQuery["kind"]] }
  /** The ticket comes to nothing, or where there is an `id` that question; the worker lives on. */
  | { type: "refused"; ticket: number; id: number | null; error: DistillError }
  /** The worker itself, which is of no more use. */
  | { type: "failed"; error: DistillError };

/** Names a config in the worker's answers. */
export function stageKey(config: Config): string {
  return JSON.stringify(config);
}
