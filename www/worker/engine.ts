/** The wasm engine, seen as two interfaces that the runners are written against (and tested with a fake of). */
import init, * as wasm from "../../pkg/distill_lab.js";
import { fail } from "../shared/errors";
import type { EngineSource } from "../shared/protocol";

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
  predict(input: Float64Array): string;
  regions(bounds: Float64Array, columns: number, rows: number, temperature: number): Float32Array;
  points(): Float32Array;
  takeover(temperature: number): Float64Array;
  predictions(): Uint8Array;
  free(): void;
}

/** One seed with every value of a sweep. */
export interface EngineSweepJob {
  total_steps(): number;
  steps_done(): number;
  advance(units: number): number;
  done(): boolean;
  take_rows(): string;
  free(): void;
}

export interface Engine {
  version(): string;
  presets(): string;
  fields(): string;
  normalise(base: string, partial: string): string;
  summarise(results: string): string;
  freshSeed(): number;
  lab(config: string): EngineLab;
  sweepJob(config: string, over: string, values: number[], seed: number): EngineSweepJob;
}

/** Fetches (or takes) and starts the engine; one instance a worker. */
export async function loadEngine(source: EngineSource): Promise<Engine> {
  try {
    await init({ module_or_path: source });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw fail("engine_unavailable", "", `The engine could not be loaded: ${reason}`);
  }
  return {
    version: wasm.version,
    presets: wasm.presets,
    fields: wasm.fields,
    normalise: wasm.normalise,
    summarise: wasm.summarise,
    freshSeed: wasm.fresh_seed,
    lab: (config) => new wasm.Lab(config),
    sweepJob: (config, over, values, seed) => new wasm.SweepJob(config, over, Float64Array.from(values), seed),
  };
}
