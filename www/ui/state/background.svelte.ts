/** Trainings in the background, many at once: what a sweep, a comparison and a repeat have in common. */
import type { Config, Result, Summary } from "../../shared/engine_types";
import { type DistillError, LabError, fail, toDistillError } from "../../shared/errors";
import type { SuppliedData } from "../../shared/protocol";
import { Pace } from "./pace";
import type { Batch, Job, Listener, WorkerPool } from "./pool";

/** What they need of the lab. */
export interface BackgroundHost {
  pool: WorkerPool;
  config(): Config;
  /** The engine's means and intervals of each group of results. */
  summarise(groups: Result[][]): Promise<Summary[]>;
  /**
   * What a config needs from outside the engine, as soon as it is there: fetched where it can be. Rejects with the code
   * "data_needed" where somebody has to give it, and "data_unavailable" where it cannot be had.
   */
  fetched(config: Config, signal: AbortSignal): Promise<SuppliedData | null>;
  /** The test figures of a training with this config are shown. */
  tried(config: Config): void;
}

export interface BatchProgress {
  done: number;
  total: number;
  /** Milliseconds left, as far as can be told; null before anything can. */
  etaMs: number | null;
}

/** The page is drawn again this often while rows come in; every drawing takes time from the training on a small machine. */
const DRAW_EVERY_MS = 400;

type BatchState = "idle" | "running" | "done" | "cancelled" | "failed";

/** Rows of one batch by value and seed, and the state that both kinds share. */
export abstract class Background<Host extends BackgroundHost = BackgroundHost> {
  state = $state<BatchState>("idle");
  error = $state.raw<DistillError | null>(null);
  progress = $state.raw<BatchProgress>({ done: 0, total: 0, etaMs: null });
  /** Nothing is trained yet: the data is on its way. */
  waiting = $state(false);
  protected readonly host: Host;
  #batch: Batch | null = null;

  constructor(host: Host) {
    this.host = host;
  }

  /** Ends what runs; results so far stay. */
  cancel(): void {
    this.#batch?.cancel();
  }

  /** A batch that begins as soon as its data is there; until then it can be cancelled like any other. */
  #begin(jobs: Job[], listener: Listener, onBegin: () => void): Batch {
    const leave = new AbortController();
    let batch: Batch | null = null;
    const run = async (): Promise<void> => {
      const data = await this.#fetched(jobs, leave.signal);
      if (leave.signal.aborted) throw fail("cancelled", "", "Cancelled before anything was trained.");
      onBegin();
      batch = this.host.pool.run(
        jobs.map((job) => ({ ...job, data })),
        listener,
      );
      await batch.finished;
    };
    const cancel = (): void => {
      leave.abort();
      batch?.cancel();
    };
    return { finished: run(), cancel };
  }

  /** What the configs of all jobs, which differ in their seeds alone, need from outside: each once. */
  async #fetched([first]: Job[], signal: AbortSignal): Promise<SuppliedData[]> {
    const configs = once(first?.configs ?? [], ({ data }) => JSON.stringify(data));
    const data = await Promise.all(configs.map((config) => this.host.fetched(config, signal)));
    return once(
      data.filter((one) => one !== null),
      ({ hash }) => hash,
    );
  }

  /**
   * Runs all jobs. `onRow` after a row has been put in its place, `rows[value][seed]`; `draw` now and then, and once more
   * at the end, before this settles.
   */
  protected async work(
    jobs: Job[],
    onRow: (rows: (Result | null)[][], value: number, job: number) => void,
    draw: () => Promise<void>,
  ): Promise<void> {
    this.cancel();
    const values = jobs[0]?.configs.length ?? 0;
    const total = jobs.length * values;
    const rows: (Result | null)[][] = Array.from({ length: values }, () => jobs.map(() => null));
    let begin = performance.now();
    let done = 0;
    let share = 0;
    let drawing = Promise.resolve();
    this.state = "running";
    this.waiting = true;
    this.error = null;
    this.progress = { done, total, etaMs: null };
    const current = (): boolean => this.#batch === batch;
    const pace = new Pace(DRAW_EVERY_MS, () => {
      if (!current()) return;
      // Points and progress come together, for one picture instead of two.
      drawing = Promise.all([drawing, draw()]).then(() => {
        if (!current()) return;
        const spent = performance.now() - begin;
        this.progress = { done, total, etaMs: share > 0 ? (spent * (1 - share)) / share : null };
      });
      // Callers that await the end hear of it.
      drawing.catch(() => {});
    });
    const listener: Listener = {
      onRow: (job, value, result) => {
        const row = rows[value];
        if (!current() || row === undefined) return;
        row[job] = result;
        done += 1;
        onRow(rows, value, job);
        this.host.tried(result.config);
        pace.ask();
      },
      onProgress: (part) => {
        share = part;
        pace.ask();
      },
    };
    const batch = this.#begin(jobs, listener, () => {
      if (!current()) return;
      this.waiting = false;
      // The time left is told from what the training takes.
      begin = performance.now();
    });
    this.#batch = batch;
    const settled = await batch.finished.then(
      () => null,
      (thrown) => toDistillError(thrown),
    );
    pace.flush();
    const drawn = await drawing.then(
      () => null,
      (thrown) => toDistillError(thrown),
    );
    const error = settled ?? drawn;
    if (current()) {
      this.waiting = false;
      this.state = error === null ? "done" : error.code === "cancelled" ? "cancelled" : "failed";
      this.error = error === null || error.code === "cancelled" ? null : error;
    }
    if (error !== null) throw new LabError(error);
  }
}

/** Results that are there. */
export const present = (row: readonly (Result | null)[]): Result[] => row.filter((result) => result !== null);

/** Of those that have one key the first. */
function once<T>(all: readonly T[], key: (one: T) => string): T[] {
  const keys = all.map(key);
  return all.filter((_, i) => keys.indexOf(keys[i] ?? "") === i);
}
