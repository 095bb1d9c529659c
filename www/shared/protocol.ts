/**
 * Every message between the page and its workers, once. A run id goes with each, and stale ones are dropped.
 * JSON travels as text (`config`, `result`): it is the same text that the command line reads and writes.
 */
import type { RecordedStep } from "./steps";
import type {
  Contrast,
  DataInfo,
  DataSet,
  DistillError,
  Field,
  LossView,
  MethodInfo,
  Phase,
  Preset,
  SampleView,
  Summary,
  SweepValue,
} from "./model";
import type { TableChoices, TableLayout, TableRecipe, TableRefusal, TableReport } from "./table";
import type { Bounds, Regions, Takeover, WorldPoint } from "./worlds";

/**
 * Where a worker finds the engine: an absolute address, its bytes (a page that is one file has no address to fetch), or
 * the engine that another worker has compiled.
 */
export type EngineSource = string | ArrayBuffer | WebAssembly.Module;

/** New curve points, a column each, transferred. `model` indexes MODELS; NaN in trainAccuracy: none labelled. */
export interface PointColumns {
  model: Uint8Array;
  step: Uint32Array;
  trainLoss: Float32Array;
  trainAccuracy: Float32Array;
  testLoss: Float32Array;
  testAccuracy: Float32Array;
}

export type RunState = "idle" | "running" | "paused" | "done" | "failed";

/** Questions about the run at hand, answered between two slices. */
export type Query =
  /** `set` "test" or "transfer"; softened at `temperature`. */
  | { kind: "sample"; set: "test" | "transfer"; index: number; temperature: number }
  | { kind: "loss"; index: number; temperature: number; alpha: number }
  /** Probabilities for an input of one's own, softened at `temperature`, 1 where none is given. */
  | { kind: "predict"; input: number[]; temperature?: number }
  /** A finished run as a file: its curves, its result object, its weights. */
  | { kind: "export"; format: RunFormat }
  /** Softened probabilities on a grid of the plane; one cell asks about one point. */
  | { kind: "regions"; bounds: Bounds; columns: number; rows: number; temperature: number }
  /** The points of a data set in the plane; those of one's own in the config's order. */
  | { kind: "points" }
  | { kind: "takeover"; temperature: number }
  /** Features of test samples. */
  | { kind: "features"; indices: number[] }
  /**
   * The last training step taken apart; while the run goes on the one that comes next, which costs no replay. Of both
   * students the one `alone` or the distilled one.
   */
  | { kind: "record"; alone: boolean; layer: number };

/** Formats that hold what a run gave. */
export type RunFormat = "csv" | "json" | "safetensors";

export interface Answers {
  sample: SampleView;
  loss: LossView | null;
  predict: Record<"teacher" | "student_alone" | "student_distilled", number[] | null>;
  export: string | Uint8Array<ArrayBuffer>;
  regions: Regions;
  points: WorldPoint[];
  takeover: Takeover;
  features: number[][];
  record: RecordedStep | null;
}

/** A script's template with the parts that it includes; src/export/script.rs says how it is read. */
export interface ScriptTemplate {
  main: string;
  data: string;
  process: string;
}

/**
 * Data that is not part of the engine, named by the hash of its content (src/data/supplied.rs): a set that is fetched on
 * demand, or a table of one's own. Its bytes are blobs, which go from worker to worker without being copied on the page's thread.
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
  values: number[][];
  seeds: number[];
}

export type ToLab =
  /** First of all, once, with the data that the page has. Messages sent before "ready" wait. */
  | { type: "init"; engine: EngineSource; source: DataSource; supplied: readonly SuppliedData[] }
  /** Data for the engine, before the "prepare" that needs it; answered by "taken". */
  | { type: "supply"; id: number; data: SuppliedData }
  /** Has at hand what a config needs from outside the engine; fetches it where it can be. Answered by "fetched". */
  | { type: "fetch"; id: number; config: string }
  /** Whoever asked question `asked` has gone. */
  | { type: "forget"; asked: number }
  /** The two files of mnist10k, chosen by hand, in any order. */
  | { type: "supplyFiles"; run: number; files: ArrayBuffer[] }
  /** Gives up the fetching of data; whoever waits for it fails with the code "data_unavailable". */
  | { type: "stopLoading" }
  /** Lays `partials` over `base` one after another (base: a config's text, or "" for the default preset). */
  | { type: "normalise"; id: number; base: string; partials: string[] }
  /** The means and intervals of each group of results (their texts). */
  | { type: "summarise"; id: number; groups: string[][] }
  /** Which point of a sweep is best: `[points, seeds, 2]`, alone and distilled, NaN where a training is missing. */
  | { type: "contrast"; id: number; accuracies: Float64Array; seeds: number; gain: boolean }
  /** Whether a sweep can be: refused, and then why, before anything is trained. */
  | { type: "checkSweep"; id: number; config: string; over: string; values: SweepValue[]; seed: number }
  /** Likewise of what somebody asks for, whatever that is; answered by "sweepRead". */
  | { type: "readSweep"; id: number; config: string; ask: unknown }
  /** A seed nobody chose. */
  | { type: "freshSeed"; id: number }
  /**
   * Code that repeats a config's experiment elsewhere, or a notebook of it; `link` leads to it on the page. `recipe`: how the
   * table of one's own was read, as the reader told it.
   */
  | {
      type: "script";
      id: number;
      config: string;
      link: string;
      template: ScriptTemplate;
      notebook: boolean;
      recipe: TableRecipe | null;
    }
  /** Makes the experiment of a config; it waits, idle, until "resume". Ends a run before it. */
  | { type: "prepare"; run: number; config: string }
  | { type: "resume"; run: number }
  | { type: "pause"; run: number }
  /** Runs n training steps, then pauses; answered by "stepped". */
  | { type: "step"; run: number; id: number; n: number }
  /** Goes n training steps back (fewer at the beginning) and stands still; answered by "stepped". */
  | { type: "back"; run: number; id: number; n: number }
  | { type: "cancel"; run: number }
  | { type: "ask"; run: number; id: number; query: Query };

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
  /** `problems[i]` belongs to partials[i]; a partial with a problem was not laid over. */
  | { type: "normalised"; id: number; config: string; problems: (DistillError | null)[] }
  | { type: "summarised"; id: number; summaries: Summary[] }
  | { type: "contrasted"; id: number; contrast: Contrast | null }
  | { type: "sweepChecked"; id: number }
  | { type: "sweepRead"; id: number; sweep: SweepRead }
  | { type: "freshSeed"; id: number; seed: number }
  | { type: "scripted"; id: number; text: string }
  /** Data is being fetched, for a run or for others who wait: bytes so far, of how many; null: no more. */
  | { type: "loading"; progress: { loaded: number; total: number } | null }
  /** Data that was fetched and checked, for other workers. */
  | { type: "supplied"; data: SuppliedData }
  | { type: "taken"; id: number }
  /** `hash`: of what the config needs from outside, which is there; null: nothing. */
  | { type: "fetched"; id: number; hash: string | null }
  | { type: "prepared"; run: number; config: string; data: DataInfo; steps: number }
  /** "done" and "failed" have messages of their own. */
  | { type: "state"; run: number; state: "idle" | "running" | "paused" }
  | { type: "stepped"; id: number }
  | {
      type: "progress";
      run: number;
      phase: Phase;
      /** Training steps done, of all phases; and since the phase began, of how many. */
      step: number;
      phaseStep: number;
      phaseSteps: number;
      /** Milliseconds in the engine, and since the run's slices began: their ratio is the engine's share. */
      engineMs: number;
      wallMs: number;
      points: PointColumns;
      /** The run went back: these points are all there are, and a result that was there is none any more. */
      anew?: true;
    }
  | { type: "done"; run: number; result: string }
  | { type: "answer"; id: number; value: Answers[Query["kind"]] }
  | { type: "refused"; id: number; error: DistillError }
  /** Run 0: the worker itself, which has no engine to run. After the code "panic" the worker is of no more use. */
  | { type: "failed"; run: number; error: DistillError };

/** Models that one worker has trained, for another to go on from. */
export interface Handover {
  /** The config whose models they are. */
  config: string;
  numbers: Float32Array<ArrayBuffer>;
  /** Which models are among the numbers. */
  teacher: boolean;
  alone: boolean;
}

/** A job: one seed with some values, so that its teacher is trained once. */
export type ToSweeper =
  | { type: "init"; engine: EngineSource }
  | {
      type: "sweep";
      job: number;
      config: string;
      /** A field, or two with a comma between them. */
      over: string;
      values: SweepValue[];
      seed: number;
      from: Handover | null;
      /** What the config needs from outside the engine, with every job: a worker that has it does not look at it. */
      data: SuppliedData | null;
    }
  /** Half of the values not begun are wanted for another worker; answered by "given" as soon as their teacher is trained. */
  | { type: "give"; job: number }
  | { type: "cancel"; job: number };

export type FromSweeper =
  | { type: "ready" }
  /** A finished experiment of the job: the result's text without curves. */
  | { type: "row"; job: number; valueIndex: number; result: string }
  /** A value that has no result; the others go on. */
  | { type: "rowFailed"; job: number; valueIndex: number; error: DistillError }
  /** Values, by index, that this job will not run. */
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
