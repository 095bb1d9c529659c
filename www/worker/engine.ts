/** The wasm engine, seen as interfaces that the runners are written against (and tested with a fake of). */
import init, * as wasm from "../../pkg/distill_lab.js";
import type {
  Choice,
  Comparison,
  ComparisonPlan,
  Config,
  DataSet,
  Field,
  Handover,
  MethodInfo,
  PointColumns,
  Prepared,
  Preset,
  Progress,
  Query,
  Result,
  ScriptRequest,
  Slice,
  Speed,
  StageChoice,
  StageFacts,
  Summary,
  SweepGift,
  SweepProgress,
  Trains,
} from "../shared/engine_types";
import { fail } from "../shared/errors";
import type { EngineSource, SuppliedData } from "../shared/protocol";
import type { SweepValue } from "../shared/requests";
import type { StageAnswers } from "../shared/stage_protocol";
import { fetchDigits } from "./digits";
import { compiled } from "./source";

/** Of workers alone: the page's own types do not know it. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** One experiment. Every method may throw an Error that `toDistillError` reads. */
export interface EngineLab {
  prepared(): Prepared;
  steps_done(): number;
  done(): boolean;
  /** Works for about `ms` milliseconds, for `steps` training steps at most where a number is given. */
  run_for(ms: number, steps?: number): Slice;
  /** Where it is, with the points since the last call. */
  progress(): Progress;
  result(): Result;
  /** A reading of the speed of the networks that it ended with; the speed after the last one. */
  measure_speed(): Speed | null;
  /** In the form of `Answers`. */
  ask(query: Query): unknown;
  /** Goes to the checkpoint before the state of `n` steps ago; how many steps are to be replayed from there. */
  rewind(n: number): number;
  free(): void;
}

/** One seed with some configs. */
export interface EngineSweepJob {
  run_for(ms: number): SweepProgress;
  /** Half of the configs not begun, for another worker; null while their teacher is being trained. */
  give(): SweepGift | null;
  free(): void;
}

/** Looks at runs of one config after another, after any step; every method may throw. */
export interface EngineStage {
  /** Turns to the run of a config, with `curves` to one that draws them. */
  aim(config: Config, curves: boolean): Trains;
  /** Beyond the end: the end. */
  look(step: number): void;
  /** Works for about `ms` milliseconds; whether it stands where it looks. */
  run_for(ms: number): boolean;
  ask<K extends keyof StageReplies>(query: Extract<Query, { kind: K }>): StageReplies[K];
  /** Every point of the curves. */
  points(): PointColumns;
  free(): void;
}

/** What a stage is asked. */
export interface StageReplies extends StageAnswers {
  stage_facts: StageFacts;
  stage_choice: StageChoice;
}

export interface Engine {
  version(): string;
  presets(): Preset[];
  fields(): Field[];
  methods(): MethodInfo[];
  dataSets(): DataSet[];
  /** `partial`, a text, over `base`, or over the default preset. */
  normalise(base: Config | null, partial: string): Config;
  summarise(results: readonly Result[]): Summary;
  contrast(accuracies: Float64Array, seeds: number, gain: boolean): Choice;
  freshSeed(): number;
  script(request: ScriptRequest): string;
  lab(config: Config): EngineLab;
  /** The config of each point of a sweep; throws what is wrong with one. */
  sweepConfigs(config: Config, over: string[], values: readonly SweepValue[]): Config[];
  /** `a` and `b` are texts, partial configs over `base`; `models` the names of those that are compared. */
  comparisonPlan(base: Config, a: string, b: string, models: { a: string; b: string }): ComparisonPlan;
  /** null: no seed yet. */
  compare(
    plan: ComparisonPlan,
    seeds: readonly number[],
    results: readonly (readonly [Result, Result])[],
  ): Comparison | null;
  sweepJob(configs: readonly Config[], seed: number, from: Handover | null): EngineSweepJob;
  /** Looks at the beginning of a config's run. */
  stage(config: Config, curves: boolean): EngineStage;
  /** Hands in data that is not part of the engine; what it has already it does not read. */
  supply(data: SuppliedData): void;
  /** The hash of what a config needs from outside, which is there; null: nothing. Throws "data_needed" where it is not there. */
  outside(config: Config): string | null;
  mnist10kHash(): string;
  /** The compiled engine, for other workers. */
  module: WebAssembly.Module | null;
}

/** Fetches (or takes) and starts the engine, with the digits that lie beside it; one instance a worker. */
export async function loadEngine(
  source: EngineSource,
  digits: () => Promise<Uint8Array> = fetchDigits,
): Promise<Engine> {
  let module: WebAssembly.Module;
  try {
    const [program, packed] = await Promise.all([compiled(source), digits()]);
    module = program;
    await init({ module_or_path: module });
    wasm.supply_digits(packed);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw fail("engine_unavailable", "", `The engine could not be loaded: ${reason}`);
  }
  let cache: wasm.Cache | null = null;
  return {
    version: wasm.version,
    presets: wasm.presets,
    fields: wasm.fields,
    methods: wasm.methods,
    dataSets: wasm.data_sets,
    normalise: wasm.normalise,
    summarise: wasm.summarise,
    contrast: wasm.contrast,
    freshSeed: wasm.fresh_seed,
    script: wasm.script,
    lab: (config) => new wasm.Lab(config),
    sweepConfigs: wasm.sweep_configs,
    comparisonPlan: (base, a, b, models) => wasm.comparison_plan(base, a, b, models.a, models.b),
    compare: (plan, seeds, results) => wasm.compare(plan, Float64Array.from(seeds), results),
    sweepJob: (configs, seed, from) => {
      const kept = (cache ??= new wasm.Cache());
      const job = new wasm.SweepJob(configs, seed);
      if (from !== null) kept.accept(from);
      return { run_for: (ms) => job.run_for(ms, kept), give: () => job.split_off(kept), free: () => job.free() };
    },
    stage: (config, curves) => new wasm.Stage(config, curves) as EngineStage,
    supply: (data) => {
      if (wasm.supplied(data.hash)) return;
      const bytes = (blob: Blob): Uint8Array => new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob));
      wasm.supply({ ...data, values: bytes(data.values), labels: bytes(data.labels) });
    },
    outside: (config) => wasm.outside(config) ?? null,
    mnist10kHash: wasm.mnist10k_hash,
    module,
  };
}
