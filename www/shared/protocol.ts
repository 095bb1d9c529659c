/** Every message between the page and its workers, once. A run id goes with each, and stale ones are dropped. */
import type {
  Choice,
  Comparison,
  ComparisonPlan,
  Config,
  DataSet,
  Field,
  Handover,
  LayerWeights,
  LossView,
  MethodInfo,
  PerModel,
  Prepared,
  Preset,
  Progress,
  Query,
  RecordedStep,
  Regions,
  Result,
  SampleView,
  ScriptRequest,
  Speed,
  StageChoice,
  StageFacts,
  StageView,
  Summary,
  Takeover,
  WorldPoint,
} from "./engine_types";
import type { DistillError } from "./errors";
import type { SweepItem, SweepValue } from "./requests";
import type { TableChoices, TableLayout, TableRefusal, TableReport } from "./table";

/**
 * Where a worker finds the engine: an absolute address, its bytes (a page that is one file has no address to fetch), or
 * the engine that another worker has compiled.
 */
export type EngineSource = string | ArrayBuffer | WebAssembly.Module;

export type RunState = "idle" | "running" | "paused" | "done" | "failed";

/** The answer to each question about a run. */
export interface Answers {
  sample: SampleView;
  loss: LossView | null;
  predict: PerModel<number[]>;
  export: string | Uint8Array<ArrayBuffer>;
  regions: Regions;
  points: WorldPoint[];
  takeover: Takeover;
  features: number[][];
  record: RecordedStep | null;
  stage: StageView;
  stage_facts: StageFacts;
  stage_choice: StageChoice;
  weights: LayerWeights;
}

/**
 * Data that is not part of the engine, named by the hash of its content (src/data/supplied.rs): a set that is fetched on
 * demand, or a user's table. Its bytes are blobs, which go from worker to worker without being copied on the page's thread.
 */
export interface SuppliedData {
  hash: string;
  /** How many of the features, the first ones, are numbers; the others are categories. */
  numbers: number;
  /** Features of a sample. */
  features: number;
  /** Row by row: a byte each, or four (an f32, the lowest byte first) where `wide`. */
  values: Blob;
  wide: boolean;
  /** A byte for each sample. */
  labels: Blob;
  /** Names of the classes, by label. */
  classes: string[];
}

/** Where the worker fetches data that a config asks for: absolute addresses; null where nothing can be fetched. */
export type DataSource = { images: string; labels: string } | null;

/** What was asked for as a sweep, read and found to be one. */
export interface SweepRead {
  /** One field, or two. */
  over: string[];
  /** A list for each field. */
  values: SweepItem[][];
  seeds: number[];
  /** Of each point, the first field's value changing slowest, under the seed of the config at hand. */
  configs: Config[];
}

/** Likewise what was asked for as a comparison. */
export interface ComparisonRead {
  plan: ComparisonPlan;
  seeds: number[];
}

export type ToLab =
  /** First of all, once, with the data that the page has. Messages sent before "ready" wait. */
  | { type: "init"; engine: EngineSource; source: DataSource; supplied: readonly SuppliedData[] }
  /** Data for the engine, before the "prepare" that needs it; answered by "taken". */
  | { type: "supply"; id: number; data: SuppliedData }
  /** Has at hand what a config needs from outside the engine; fetches it where it can be. Answered by "fetched". */
  | { type: "fetch"; id: number; config: Config }
  /** The caller of question `asked` has gone. */
  | { type: "forget"; asked: number }
  /** The two files of mnist10k, chosen by hand, in any order. */
  | { type: "supplyFiles"; run: number; files: ArrayBuffer[] }
  /** Gives up the fetching of data; all that wait for it fail with the code "data_unavailable". */
  | { type: "stopLoading" }
  /**
   * Lays `partials`, texts, over `base` (null: the default preset) one after another; what is wrong with one refuses them all, or
   * where `lenient` is told beside what the others make. With a `run` the experiment of that config is made, in place of the
   * one at hand, and waits, idle, until "resume"; not where the config is `held`, which the page has a run of.
   */
  | {
      type: "configure";
      id: number;
      base: Config | null;
      partials: string[];
      lenient: boolean;
      run: number | null;
      held: Config | null;
    }
  /** The means and intervals of each group of results. */
  | { type: "summarise"; id: number; groups: Result[][] }
  /**
   * Which point of a sweep is best: `[points, seeds, 4]`, alone and distilled on test samples, then the two on validation samples, NaN
   * where there are none.
   */
  | { type: "contrast"; id: number; accuracies: Float64Array; seeds: number; gain: boolean }
  /** Whether a sweep can be: refused, and then why, before anything is trained. */
  | { type: "checkSweep"; id: number; config: Config; over: string[]; values: SweepValue[] }
  /** Likewise of what somebody asks for, whatever that is; answered by "sweepRead". */
  | { type: "readSweep"; id: number; config: Config; ask: unknown }
  /** Likewise; answered by "comparisonRead". */
  | { type: "readComparison"; id: number; config: Config; ask: unknown }
  /** How two settings compare by the pairs of results, A's and B's, that the seeds have so far. */
  | { type: "compare"; id: number; plan: ComparisonPlan; seeds: number[]; results: (readonly [Result, Result])[] }
  /** A seed nobody chose. */
  | { type: "freshSeed"; id: number }
  /** Code that repeats a config's experiment elsewhere, or a notebook of it. */
  | { type: "script"; id: number; request: ScriptRequest }
  /** Makes the experiment of a config again; it waits, idle, until "resume". Ends a run before it. */
  | { type: "prepare"; run: number; config: Config }
  | { type: "resume"; run: number }
  | { type: "pause"; run: number }
  /** Runs n training steps, then pauses; answered by "stepped". */
  | { type: "step"; run: number; id: number; n: number }
  /** Goes n training steps back (fewer at the beginning) and stands still; answered by "stepped". */
  | { type: "back"; run: number; id: number; n: number }
  | { type: "cancel"; run: number }
  | { type: "ask"; run: number; id: number; query: Query }
  /** How fast the finished run's networks are here, measured when nothing is trained; answered by "measured". */
  | { type: "speed"; run: number; id: number };

export type FromLab =
  /** `module`: the engine, compiled, for other workers. */
  | {
      type: "ready";
      version: string;
      presets: Preset[];
      fields: Field[];
      methods: MethodInfo[];
      dataSets: DataSet[];
      module: WebAssembly.Module | null;
    }
  /** `problems[i]` belongs to partials[i]; a partial with a problem was not laid over. `run`: the one that was made, if any. */
  | { type: "configured"; id: number; config: Config; problems: (DistillError | null)[]; run: number | null }
  | { type: "summarised"; id: number; summaries: Summary[] }
  | { type: "contrasted"; id: number; choice: Choice }
  | { type: "sweepChecked"; id: number }
  | { type: "sweepRead"; id: number; sweep: SweepRead }
  | { type: "comparisonRead"; id: number; comparison: ComparisonRead }
  | { type: "compared"; id: number; comparison: Comparison | null }
  | { type: "freshSeed"; id: number; seed: number }
  | { type: "scripted"; id: number; text: string }
  /** Data is being fetched, for a run or for others who wait: bytes so far, of how many; null: no more. */
  | { type: "loading"; progress: { loaded: number; total: number } | null }
  /** Data that was fetched and checked, for other workers. */
  | { type: "supplied"; data: SuppliedData }
  | { type: "taken"; id: number }
  /** `hash`: of what the config needs from outside, which is there; null: nothing. */
  | { type: "fetched"; id: number; hash: string | null }
  | ({ type: "prepared"; run: number } & Prepared)
  /** "done" and "failed" have messages of their own. */
  | { type: "state"; run: number; state: "idle" | "running" | "paused" }
  | { type: "stepped"; id: number }
  | ({
      type: "progress";
      run: number;
      /** Milliseconds in the engine, and since the run's slices began: their ratio is the engine's share. */
      engineMs: number;
      wallMs: number;
      /** The run went back: these points are all there are, and a result that was there is none any more. */
      anew?: true;
    } & Progress)
  | { type: "done"; run: number; result: Result }
  | { type: "answer"; id: number; value: Answers[Query["kind"]] }
  | { type: "measured"; id: number; speed: Speed }
  | { type: "refused"; id: number; error: DistillError }
  /** Run 0: the worker itself, which has no engine to run. After the code "panic" the worker is of no more use. */
  | { type: "failed"; run: number; error: DistillError };

/** A job: one seed with some configs, so that what they have in common is trained once. */
export type ToSweeper =
  | { type: "init"; engine: EngineSource }
  | {
      type: "train";
      job: number;
      /** Each is trained under `seed`. */
      configs: Config[];
      seed: number;
      from: Handover | null;
      /** What the configs need from outside the engine, with every job: a worker that has it does not look at it. */
      data: readonly SuppliedData[];
    }
  /** Half of the configs not begun are wanted for another worker; answered by "given" as soon as their teacher is trained. */
  | { type: "give"; job: number }
  | { type: "cancel"; job: number };

export type FromSweeper =
  | { type: "ready" }
  /** A finished experiment of the job: its result, without curves. `valueIndex`: of its config. */
  | { type: "row"; job: number; valueIndex: number; result: Result }
  /** A config that has no result; the others go on. */
  | { type: "rowFailed"; job: number; valueIndex: number; error: DistillError }
  /** Configs, by index, that this job will not run. */
  | { type: "given"; job: number; values: number[]; from: Handover | null }
  | { type: "progress"; job: number; step: number; steps: number }
  | { type: "done" | "cancelled"; job: number }
  /** Job 0: the worker itself. */
  | { type: "failed"; job: number; error: DistillError };

/** To the worker that reads tables. It reads one file; to give up is to end it. */
export type ToTable =
  | { type: "init"; engine: EngineSource }
  | { type: "read"; turn: number; file: Blob; choices: TableChoices }
  /** The same file read otherwise. */
  | { type: "choose"; turn: number; choices: TableChoices };

export type FromTable =
  | { type: "progress"; turn: number; share: number }
  /** `data`: the table; null where the report says why there is none. */
  | { type: "read"; turn: number; report: TableReport; data: SuppliedData | null }
  /** `layout`: how the file was taken, where that much was found out. */
  | { type: "refused"; turn: number; refusal: TableRefusal; layout: TableLayout | null }
  /** The worker itself. */
  | { type: "failed"; error: DistillError };
