/** Trainings in the background, many at once: a sweep over the values of a field, and the same run at many seeds. */
import type { SweepAsk } from "../../shared/page_api";
import { fail, LabError, toDistillError } from "../../shared/errors";
import type { Config, DistillError, Result, Summary, SweepPoint, SweepResult } from "../../shared/model";
import { Pace } from "./pace";
import type { Batch, Job, WorkerPool } from "./pool";

/** What they need of the lab. */
export interface SweepHost {
  pool: WorkerPool;
  config(): Config;
  /** The engine's means and intervals of some results' texts. */
  summarise(results: string[]): Promise<Summary>;
}

export type { SweepAsk } from "../../shared/page_api";

export interface BatchProgress {
  done: number;
  total: number;
  /** Milliseconds left, as far as can be told; null before anything can. */
  etaMs: number | null;
}

/** The page is drawn anew this often while rows come in; every drawing takes time from the training on a small machine. */
const DRAW_EVERY_MS = 250;

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

  /**
   * Runs all jobs. `onRow` after a row has been put in its place, `rows[value][seed]`; `draw` now and then, and once more
   * at the end, before this settles.
   */
  protected async work(
    jobs: Job[],
    onRow: (rows: (string | null)[][], value: number, job: number) => void,
    draw: () => Promise<void>,
  ): Promise<void> {
    this.cancel();
    const values = jobs[0]?.values.length ?? 0;
    const total = jobs.length * values;
    if (total > MOST_TRAININGS) {
      throw fail("too_large", "", `got ${total} trainings; allowed: at most ${MOST_TRAININGS}`);
    }
    const rows: (string | null)[][] = Array.from({ length: values }, () => jobs.map(() => null));
    const begin = performance.now();
    let done = 0;
    let share = 0;
    let drawing = Promise.resolve();
    this.state = "running";
    this.error = null;
    this.progress = { done, total, etaMs: null };
    const current = (): boolean => this.#batch === batch;
    const pace = new Pace(DRAW_EVERY_MS, () => {
      if (!current()) return;
      const spent = performance.now() - begin;
      this.progress = { done, total, etaMs: share > 0 ? (spent * (1 - share)) / share : null };
      drawing = Promise.all([drawing, draw()]).then(() => {});
      // Whoever awaits the end hears of it.
      drawing.catch(() => {});
    });
    const batch = this.host.pool.run(jobs, {
      onRow: (job, value, result) => {
        const row = rows[value];
        if (!current() || row === undefined) return;
        row[job] = result;
        done += 1;
        onRow(rows, value, job);
        pace.ask();
      },
      onProgress: (part) => {
        share = part;
        pace.ask();
      },
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
      this.state = error === null ? "done" : error.code === "cancelled" ? "cancelled" : "failed";
      this.error = error === null || error.code === "cancelled" ? null : error;
    }
    if (error !== null) throw new LabError(error);
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
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- local counts that nothing draws
    const [found, fresh] = [new Map<number, SweepPoint>(), new Map<number, string[]>()];
    const text = JSON.stringify(config);
    const jobs = seeds.map((seed) => ({ config: text, over: request.over, values, seed }));
    const onRow = (rows: (string | null)[][], index: number): void => void fresh.set(index, present(rows[index] ?? []));
    const draw = async (): Promise<void> => {
      const changed = [...fresh];
      fresh.clear();
      const summaries = await Promise.all(changed.map(([, texts]) => this.host.summarise(texts)));
      if (turn !== this.#turn || changed.length === 0) return;
      // Answers come in the order of the questions, so that the fullest row is the last.
      for (const [i, [index, texts]] of changed.entries()) {
        const summary = summaries[i];
        if (summary) found.set(index, { value: values[index] ?? Number.NaN, seeds: texts.length, summary });
      }
      this.points = [...found].sort(([a], [b]) => a - b).map(([, point]) => point);
    };
    await this.work(jobs, onRow, draw);
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
  /** Of this seed alone: distilled minus alone, as the engine has it. */
  gain: number;
}

export class RepeatState extends Background {
  /** Finished runs, in the order of their seeds. */
  results = $state.raw<RepeatResult[]>([]);
  summary = $state.raw<Summary | null>(null);
  verdict = $derived(this.summary === null ? null : verdictOf(this.summary));
  /** What was asked for; empty and null before the first repeat. */
  seeds = $state.raw<number[]>([]);
  config = $state.raw<Config | null>(null);
  #turn = 0;

  /** The config at `n` seeds, from its own on. */
  async start(n: number): Promise<Summary> {
    const config = $state.snapshot(this.host.config()) as Config;
    const seeds = seedsFrom(config.seed, n);
    const turn = ++this.#turn;
    this.seeds = seeds;
    this.config = config;
    this.results = [];
    this.summary = null;
    const text = JSON.stringify(config);
    // A sweep of one value, the config's own: a repeat is that and nothing else.
    const over = "distillation.temperature";
    const jobs = seeds.map((seed) => ({ config: text, over, values: [config.distillation.temperature], seed }));
    const results: (RepeatResult | null)[] = jobs.map(() => null);
    let texts: (string | null)[] = [];
    let drawn = 0;
    const onRow = ([row = []]: (string | null)[][]): void => {
      texts = row;
    };
    const draw = async (): Promise<void> => {
      const all = present(texts);
      if (turn !== this.#turn || all.length === drawn) return;
      drawn = all.length;
      const fresh = texts.flatMap((text, job) => (text !== null && results[job] === null ? [{ text, job }] : []));
      const [summary, ...alone] = await Promise.all([
        this.host.summarise(all),
        ...fresh.map(({ text }) => this.host.summarise([text])),
      ]);
      if (turn !== this.#turn) return;
      fresh.forEach(({ text, job }, i) => {
        const gain = alone[i]?.gain.mean ?? Number.NaN;
        results[job] = { seed: seeds[job] ?? 0, result: JSON.parse(text) as Result, gain };
      });
      // Together, so that nobody reads a mean over other seeds than those that are shown.
      this.results = results.filter((one) => one !== null);
      this.summary = summary;
    };
    await this.work(jobs, onRow, draw);
    if (this.summary === null) throw fail("internal", "", "The runs could not be summarised.");
    return this.summary;
  }
}
