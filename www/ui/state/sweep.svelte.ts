/** Trainings in the background, many at once: a sweep over the values of a field, and the same run at many seeds. */
import { fail, LabError, toDistillError } from "../../shared/errors";
import type { Config, DistillError, Result, Summary, SweepPoint, SweepResult } from "../../shared/model";
import { type Batch, type Job, type PoolOptions, runJobs } from "./pool";

/** What they need of the lab. */
export interface SweepHost {
  pool: PoolOptions;
  config(): Config;
  /** The engine's means and intervals of some results' texts. */
  summarise(results: string[]): Promise<Summary>;
}

export interface SweepAsk {
  /** A numeric field's path: "distillation.temperature" */
  over: string;
  values: number[];
  /** Seeds, or how many from the config's own on. */
  seeds: number | number[];
}

export interface BatchProgress {
  done: number;
  total: number;
  /** Milliseconds left, as far as can be told; null before anything can. */
  etaMs: number | null;
}

type BatchState = "idle" | "running" | "done" | "cancelled" | "failed";
const MOST_TRAININGS = 10_000;

export function seedsFrom(first: number, seeds: number | number[]): number[] {
  const list = typeof seeds === "number" ? Array.from({ length: Math.max(0, seeds) }, (_, i) => first + i) : seeds;
  if (list.length > 0 && list.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return [...list];
  throw fail("out_of_range", "seeds", `seeds: got ${JSON.stringify(seeds)}; allowed: at least one whole number from 0`);
}

/** Rows of one batch by value and seed, and the state that both kinds share. */
abstract class Background {
  state = $state<BatchState>("idle");
  error = $state.raw<DistillError | null>(null);
  progress = $state.raw<BatchProgress>({ done: 0, total: 0, etaMs: null });
  protected readonly host: SweepHost;
  #batch: Batch | null = null;

  constructor(host: SweepHost) {
    this.host = host;
  }

  /** Ends what runs; results so far stay. */
  cancel(): void {
    this.#batch?.cancel();
  }

  /** Runs all jobs; `onRow` after a row has been put in its place, `rows[value][seed]`. */
  protected async work(jobs: Job[], onRow: (rows: (string | null)[][], value: number) => void): Promise<void> {
    this.cancel();
    const values = jobs[0]?.values.length ?? 0;
    const total = jobs.length * values;
    if (total > MOST_TRAININGS) {
      throw fail("too_large", "", `got ${total} trainings; allowed: at most ${MOST_TRAININGS}`);
    }
    const rows: (string | null)[][] = Array.from({ length: values }, () => jobs.map(() => null));
    const begin = performance.now();
    let done = 0;
    this.state = "running";
    this.error = null;
    this.progress = { done, total, etaMs: null };
    const batch = runJobs(this.host.pool, jobs, {
      onRow: (job, value, result) => {
        if (this.#batch !== batch) return;
        const row = rows[value];
        if (row === undefined) return;
        row[job] = result;
        done += 1;
        this.progress = { ...this.progress, done };
        onRow(rows, value);
      },
      onProgress: (share) => {
        if (this.#batch !== batch) return;
        const spent = performance.now() - begin;
        this.progress = { done, total, etaMs: share > 0 ? (spent * (1 - share)) / share : null };
      },
    });
    this.#batch = batch;
    try {
      await batch.finished;
      if (this.#batch === batch) this.state = "done";
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (this.#batch === batch) {
        this.state = error.code === "cancelled" ? "cancelled" : "failed";
        this.error = error.code === "cancelled" ? null : error;
      }
      throw new LabError(error);
    }
  }
}

const present = (row: readonly (string | null)[]): string[] => row.filter((text) => text !== null);

export class SweepState extends Background {
  /** Points with at least one seed done, in the order of the values. */
  points = $state.raw<SweepPoint[]>([]);
  request = $state.raw<SweepAsk | null>(null);
  #turn = 0;

  async start(request: SweepAsk): Promise<SweepResult> {
    const config = $state.snapshot(this.host.config()) as Config;
    const seeds = seedsFrom(config.seed, request.seeds);
    const values = [...request.values];
    if (values.length === 0) throw fail("out_of_range", "values", "values: got none; allowed: at least one number");
    const turn = ++this.#turn;
    this.request = request;
    this.points = [];
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a local count that nothing draws
    const found = new Map<number, SweepPoint>();
    const waiting: Promise<void>[] = [];
    const text = JSON.stringify(config);
    const jobs = seeds.map((seed) => ({ config: text, over: request.over, values, seed }));
    const summarise = async (texts: string[], index: number): Promise<void> => {
      const summary = await this.host.summarise(texts);
      if (turn !== this.#turn) return;
      // Answers come in the order of the questions, so that the fullest row is the last.
      found.set(index, { value: values[index] ?? Number.NaN, seeds: texts.length, summary });
      this.points = [...found].sort(([a], [b]) => a - b).map(([, point]) => point);
    };
    try {
      await this.work(jobs, (rows, index) => {
        if (turn === this.#turn) waiting.push(summarise(present(rows[index] ?? []), index));
      });
    } finally {
      await Promise.allSettled(waiting);
    }
    return { over: request.over, values, seeds, config, points: this.points };
  }
}

export interface Verdict {
  kind: "better" | "worse" | "no_clear_difference";
  /** The gain in percentage points, and the half width of its 95 % interval. */
  points: number;
  ci95: number;
}

/** Better or worse only where the interval of the paired gain leaves zero out. */
export function verdictOf({ gain }: Summary): Verdict | null {
  if (gain.ci95 === null) return null;
  const clear = Math.abs(gain.mean) > gain.ci95;
  const kind = !clear ? "no_clear_difference" : gain.mean > 0 ? "better" : "worse";
  return { kind, points: gain.mean * 100, ci95: gain.ci95 * 100 };
}

export interface RepeatResult {
  seed: number;
  result: Result;
}

export class RepeatState extends Background {
  /** Finished runs, in the order of their seeds. */
  results = $state.raw<RepeatResult[]>([]);
  summary = $state.raw<Summary | null>(null);
  verdict = $derived(this.summary === null ? null : verdictOf(this.summary));
  #turn = 0;

  /** The config at `n` seeds, from its own on. */
  async start(n: number): Promise<Summary> {
    const config = $state.snapshot(this.host.config()) as Config;
    const seeds = seedsFrom(config.seed, n);
    const turn = ++this.#turn;
    this.results = [];
    this.summary = null;
    const text = JSON.stringify(config);
    // A sweep of one value, the config's own: a repeat is that and nothing else.
    const over = "distillation.temperature";
    const jobs = seeds.map((seed) => ({ config: text, over, values: [config.distillation.temperature], seed }));
    const waiting: Promise<void>[] = [];
    const summarise = async (texts: string[]): Promise<void> => {
      const summary = await this.host.summarise(texts);
      if (turn === this.#turn) this.summary = summary;
    };
    try {
      await this.work(jobs, ([row = []]) => {
        if (turn !== this.#turn) return;
        this.results = row.flatMap((result, i) =>
          result === null ? [] : [{ seed: seeds[i] ?? 0, result: JSON.parse(result) as Result }],
        );
        waiting.push(summarise(present(row)));
      });
    } finally {
      await Promise.allSettled(waiting);
    }
    if (this.summary === null) throw fail("internal", "", "The runs could not be summarised.");
    return this.summary;
  }
}
