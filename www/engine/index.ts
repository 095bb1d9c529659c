/**
 * The engine alone, as `distill-lab/engine`: experiments from a script, in Node.js and in a browser, with no page.
 *
 *     import { run } from "distill-lab/engine";
 *     const result = await run({ preset: "fifty-digits", seed: 3, distillation: { temperature: 4 } });
 *     console.log(result.student_distilled.accuracy, result.digest);
 *
 * It works in the thread that calls it, in slices, so that a page stays alive and a signal is heard; who wants a whole core
 * for it calls it in a worker. The same config and version give the same digest everywhere.
 */
import * as wasm from "../../pkg/distill_lab.js";
import type { Config, Field, Phase, Preset, Result, Summary } from "../shared/engine_types";
import { LabError, refused, toDistillError } from "../shared/errors";
import type { PartialConfig } from "../shared/requests";
import { toConfigText } from "../shared/json";
import { type Point, toPoints } from "../shared/points";
import { type Source, start } from "./load";

export { LabError };
export type * from "../shared/engine_types";
export type * from "../shared/requests";
export type { Point, Source };

export interface Progress {
  phase: Phase;
  /** Training steps done, and all there are. */
  step: number;
  steps: number;
  /** Points since the last report, in order. */
  points: Point[];
}

export interface RunOptions {
  /** Gives the run up: the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Called between two slices of work, and once at the end; what it throws ends the run. */
  onProgress?: (progress: Progress) => void;
  /** Whether the result is to have `speed` too: what its networks cost on this machine, measured in about 0.1 s. No digest covers it. */
  speed?: boolean;
  /** About how many milliseconds the engine works before others have a turn, 1 to 10,000; 12 unless told. */
  sliceMs?: number;
}

/** Models that every result has. */
const COMPARED = ["teacher", "student_alone", "student_distilled"] as const;
/**
 * Loads and starts the engine, which every other call does by itself. `source` is needed only where the file `distill_lab_bg.wasm`
 * is not beside this module: its address, its bytes, or the compiled module; `digits` likewise for `digits.bin`. The first call decides.
 *
 * @throws LabError `engine_unavailable`: the file could not be had or is none.
 */
export async function load(source?: Source, digits?: string | URL | BufferSource): Promise<void> {
  await start(source, digits);
}

/**
 * Trains the teacher and both students of a config, which may be partial, or of a preset by its name.
 *
 * @throws LabError with `code`, `path` and a sentence: the config's (`unknown_key`, `wrong_type`, `out_of_range`,
 *   `unknown_preset`, `too_large`), the training's (`not_finite`), the engine's (`engine_unavailable`, `panic`).
 */
export async function run(config: PartialConfig | string, options: RunOptions = {}): Promise<Result> {
  const { signal, onProgress, sliceMs = 12, speed = false } = options;
  if (!(sliceMs >= 1 && sliceMs <= 10_000)) {
    throw refused("out_of_range", "sliceMs", sliceMs, { kind: "number", min: 1, max: 10_000 });
  }
  signal?.throwIfAborted();
  await start();
  const lab = typed(() => new wasm.Lab(text(config)));
  try {
    const { steps } = lab.prepared();
    for (;;) {
      signal?.throwIfAborted();
      const { done } = typed(() => lab.run_for(sliceMs));
      const { phase, step, points } = lab.progress();
      onProgress?.({ phase, step, steps, points: toPoints(points) });
      if (done) break;
      await turn();
    }
    const result = typed(() => lab.result());
    while (speed && result.speed === undefined) {
      signal?.throwIfAborted();
      result.speed = typed(() => lab.measure_speed()) ?? undefined;
      await turn();
    }
    return result;
  } finally {
    free(lab);
  }
}

/** The complete config that a partial one, or a preset's name, stands for; what is wrong with it is thrown as by `run`. */
export async function normalise(config: PartialConfig | string): Promise<Config> {
  await start();
  return typed(() => wasm.normalise(null, text(config)));
}

/**
 * Means, 95 % intervals and the paired gain over the results of several seeds of one config.
 *
 * @throws LabError `wrong_type` or `out_of_range`, with a path in `results`.
 */
export async function summarise(results: readonly Result[]): Promise<Summary> {
  checkResults(results);
  await start();
  // Curves are not needed and are most of a result.
  const bare = results.map(({ curves: _, ...result }) => result);
  return typed(() => wasm.summarise(bare));
}

/** Every preset: why it is worth running, its config, and the figures expected of it. */
export async function presets(): Promise<Preset[]> {
  await start();
  return wasm.presets();
}

/** Every field of the config: its range and meaning. */
export async function fields(): Promise<Field[]> {
  await start();
  return wasm.fields();
}

/** The engine's version, which a digest belongs to. */
export async function version(): Promise<string> {
  await start();
  return wasm.version();
}

/** After a panic nothing of the engine may be called again in this thread. */
let broken: LabError | null = null;

/** Does `work`, and throws what it throws as a `LabError`. */
function typed<T>(work: () => T): T {
  if (broken !== null) throw broken;
  try {
    return work();
  } catch (thrown) {
    const error = new LabError(toDistillError(thrown));
    if (error.code === "panic") broken = error;
    throw error;
  }
}

function free(lab: wasm.Lab): void {
  if (broken === null) lab.free();
}

function text(config: PartialConfig | string): string {
  return toConfigText(typeof config === "string" ? { preset: config } : config);
}

/** Refuses what is no list of results, naming what is not there. */
function checkResults(results: unknown): void {
  if (!Array.isArray(results)) throw refused("wrong_type", "results", results, { kind: "results" });
  if (results.length === 0) throw refused("out_of_range", "results", results, { kind: "results" });
  for (const [i, result] of results.entries()) {
    if (typeof result !== "object" || result === null) {
      throw refused("wrong_type", `results.${i}`, result, { kind: "result" });
    }
    for (const model of COMPARED) {
      const accuracy = (result as Partial<Result>)[model]?.accuracy;
      if (typeof accuracy !== "number") {
        throw refused("wrong_type", `results.${i}.${model}.accuracy`, accuracy, { kind: "any_number" });
      }
    }
  }
}

/** Lets everything that waits have its turn. */
function turn(): Promise<void> {
  return new Promise((done) => {
    if (typeof setImmediate === "function") {
      setImmediate(done);
      return;
    }
    // A message to oneself comes back at once, where a timer would be stretched.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
