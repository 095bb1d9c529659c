/**
 * Messages between the page and the worker of the stage, once. What is shown is a function of (config, step): the newest ticket
 * wins, work for one before it is dropped, and an answer carries the ticket, the config and the step that it is of.
 */
import type {
  Config,
  LayerWeights,
  ModelName,
  PointColumns,
  StageAsk,
  StageChoice,
  StageFacts,
  Trains,
  StageView,
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
  /** That answers are softened at; training is softened at the config's. */
  temperature: number;
  /** Most units of a layer. */
  units: number;
  /** Whether what stays the same over the run is wanted too: "facts", before anything is trained. */
  facts?: boolean;
  /** Whether the race to its end is wanted too: "curve", after what is shown. */
  curves?: boolean;
  /** Whether samples worth looking at are wanted too: "choice", after what is shown; the run is trained to its end. */
  choice?: boolean;
}

export type ToStage =
  | { type: "init"; engine: EngineSource }
  /** Data that is not part of the engine, before the config that needs it; what the worker has it does not look at. */
  | { type: "supply"; data: readonly SuppliedData[] }
  | ShowStage
  /** A whole layer of a network as `ticket` shows it; answered by "weights", unless something else is shown by then. */
  | { type: "weights"; ticket: number; model: ModelName; layer: number }
  /** Nothing is to be shown any more: work in hand is dropped, what was trained is kept. */
  | { type: "rest" };

export type FromStage =
  | { type: "ready" }
  | { type: "facts"; ticket: number; key: string; facts: StageFacts }
  /** `trains`: what had to be trained for it; `ms`: what the engine took. */
  | {
      type: "shown";
      ticket: number;
      key: string;
      step: number;
      trains: Trains;
      ms: number;
      view: StageView;
    }
  /** Every point of the run's curves. */
  | { type: "curve"; ticket: number; key: string; points: PointColumns }
  | { type: "choice"; ticket: number; key: string; choice: StageChoice }
  | { type: "weights"; ticket: number; model: ModelName; layer: number; weights: LayerWeights }
  /** The ticket comes to nothing; the worker lives on. */
  | { type: "refused"; ticket: number; error: DistillError }
  /** The worker itself, which is of no more use. */
  | { type: "failed"; error: DistillError };

/** Names a config in the worker's answers. */
export function stageKey(config: Config): string {
  return JSON.stringify(config);
}
