/** The wasm engine, seen as two interfaces that the runners are written against (and tested with a fake of). */
import init, * as wasm from "../../pkg/distill_lab.js";
import { fail } from "../shared/errors";
import type { SweepValue } from "../shared/model";
import type { EngineSource, Handover, ScriptTemplate, SuppliedData } from "../shared/protocol";
import { fetchDigits } from "./digits";
import { compiled } from "./source";

/** Of workers alone: the page's own types do not know it. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** One experiment, in small units of work. Every method may throw an Error that `toDistillError` reads. */
export interface EngineLab {
  config(): string;
  data_info(): string;
  total_steps(): number;
  steps_done(): number;
  phase(): number;
  phase_steps_done(): number;
  phase_steps(): number;
  advance(units: number): number;
  step(n: number): number;
  done(): boolean;
  take_points(): Float64Array;
  result(): string;
  sample(set: string, index: number, temperature: number): string;
  loss(index: number, temperature: number, alpha: number): string;
  predict(input: Float64Array, temperature: number): string;
  csv(): string;
  safetensors(): Uint8Array;
  regions(bounds: Float64Array, columns: number, rows: number, temperature: number): Float32Array;
  points(): Float32Array;
  takeover(temperature: number): Float64Array;
  predictions(): Uint8Array;
  rewind(n: number): number;
  record(next: boolean, alone: boolean, layer: number): Float32Array;
  free(): void;
}

/** A value that is done: its result's text, or its error's where it `failed`. */
export interface SweepRow {
  value: number;
  failed: boolean;
  text: string;
}

/** One seed with some values of a sweep. */
export interface EngineSweepJob {
  total_steps(): number;
  steps_done(): number;
  advance(units: number): number;
  done(): boolean;
  /** The next row that is finished and has not been taken. */
  takeRow(): SweepRow | null;
  /** Half of the values not begun, for another worker; null while their teacher is being trained. */
  give(): { values: number[]; from: Handover } | null;
  free(): void;
}

export interface Engine {
  version(): string;
  presets(): string;
  fields(): string;
  methods(): string;
  dataSets(): string;
  normalise(base: string, partial: string): string;
  summarise(results: string): string;
  freshSeed(): number;
  /** `recipe`: the JSON of how a table was read; empty: no table. */
  script(config: string, link: string, template: ScriptTemplate, notebook: boolean, recipe: string): string;
  lab(config: string): EngineLab;
  sweepJob(config: string, over: string, values: SweepValue[], seed: number, from: Handover | null): EngineSweepJob;
  /** The leader (-1: none), 1 where it is clearly best, then three numbers a point; `contrastOf` reads them. */
  contrast(accuracies: Float64Array, seeds: number, gain: boolean): Float64Array;
  /** Hands in data that is not part of the engine; what it has already it does not read. */
  supply(data: SuppliedData): void;
  /** The hash of what a config needs from outside, which is there; empty: nothing. Throws "data_needed" where it is not there. */
  outside(config: string): string;
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
    freshSeed: wasm.fresh_seed,
    script: (config, link, { main, data, process }, notebook, recipe) =>
      wasm.script(config, link, main, data, process, notebook, recipe),
    lab: (config) => new wasm.Lab(config),
    sweepJob: (config, over, values, seed, from) => {
      cache ??= new wasm.Cache();
      const job = new wasm.SweepJob(config, over, Float64Array.from(values.flat()), seed);
      if (from !== null) cache.accept(from.config, from.numbers, from.alone);
      return sweepJob(job, cache);
    },
    contrast: wasm.contrast,
    supply: ({ hash, numbers, features, values, wide, labels, classes }) => {
      if (wasm.supplied(hash)) return;
      const bytes = (blob: Blob): Uint8Array => new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob));
      wasm.supply(hash, numbers, features, bytes(values), wide, bytes(labels), classes.join("\0"));
    },
    outside: wasm.outside,
    mnist10kHash: wasm.mnist10k_hash,
    module,
  };
}

/** What the engine returns as objects of its own is read and freed at once. */
function sweepJob(job: wasm.SweepJob, cache: wasm.Cache): EngineSweepJob {
  return {
    total_steps: () => job.total_steps(cache),
    steps_done: () => job.steps_done(),
    advance: (units) => job.advance(units, cache),
    done: () => job.done(),
    takeRow: () => {
      const row = job.take_row();
      if (row === undefined) return null;
      const { value, failed, text } = row;
      row.free();
      return { value, failed, text };
    },
    give: () => {
      const gift = job.split_off(cache);
      if (gift === undefined) return null;
      const { config, teacher, alone } = gift;
      const values = [...gift.values];
      const numbers = gift.numbers as Float32Array<ArrayBuffer>;
      gift.free();
      return { values, from: { config, numbers, teacher, alone } };
    },
    free: () => job.free(),
  };
}
