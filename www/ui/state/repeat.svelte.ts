/** The same run at many seeds, and what they say together. */
import type { Config, Interval, Result, Summary } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import { seedsAround } from "../../shared/seeds";
import type { Covers } from "../../shared/view";
import { Background, present } from "./background.svelte";

export interface Verdict {
  kind: "better" | "worse" | "no_clear_difference";
  /** The gain in percentage points, and the half width of its 95 % interval. */
  points: number;
  ci95: number;
}

/** The gain with an interval that covers what is asked for; null: there is none such. */
export function gainOf(summary: Summary, covers: Covers): Interval | null {
  return covers === "images" ? summary.gain_with_images : summary.gain;
}

/** Better or worse only where the interval of the paired gain leaves zero out. */
export function verdictOf(summary: Summary, covers: Covers = "seeds"): Verdict | null {
  const gain = gainOf(summary, covers);
  if (gain === null || gain.ci95 === null) return null;
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

  /** The config at the `n` seeds among which its own is. */
  async start(n: number): Promise<Summary> {
    const config = $state.snapshot(this.host.config()) as Config;
    const seeds = seedsAround(config.seed, n);
    const turn = ++this.#turn;
    this.seeds = seeds;
    this.config = config;
    this.results = [];
    this.summary = null;
    const jobs = seeds.map((seed) => ({ configs: [config], seed }));
    const results: (RepeatResult | null)[] = jobs.map(() => null);
    let rows: (Result | null)[] = [];
    let drawn = 0;
    const onRow = ([row = []]: (Result | null)[][]): void => {
      rows = row;
    };
    const draw = async (): Promise<void> => {
      const all = present(rows);
      if (turn !== this.#turn || all.length === drawn) return;
      drawn = all.length;
      const fresh = rows.flatMap((result, job) => (result !== null && results[job] === null ? [{ result, job }] : []));
      const [summary, ...alone] = await this.host.summarise([all, ...fresh.map(({ result }) => [result])]);
      if (turn !== this.#turn || summary === undefined) return;
      fresh.forEach(({ result, job }, i) => {
        const gain = alone[i]?.gain.mean ?? Number.NaN;
        results[job] = { seed: seeds[job] ?? 0, result, gain };
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
