/** A sweep: every point of one field's values, or of two fields' against each other, under the same seeds. */
import type { SweepAsk } from "../../shared/page_api";
import type { Choice, ChosenOn, Config, Contrast, Result } from "../../shared/engine_types";
import type { SweepRead } from "../../shared/protocol";
import type { SweepItem, SweepPoint, SweepResult } from "../../shared/requests";
import { gridOf } from "../../shared/sweep_values";
import type { Measure } from "../../shared/view";
import { Background, type BackgroundHost, present } from "./background.svelte";

export interface SweepHost extends BackgroundHost {
  /** Rejects, naming the field, where that is no sweep, or none that the engine would begin. */
  read(config: Config, ask: SweepAsk): Promise<SweepRead>;
  /**
   * Which point is best; `accuracies` is `[points, seeds, 4]`, alone and distilled on test samples, then the two on validation samples,
   * NaN where there are none.
   */
  contrast(accuracies: Float64Array, seeds: number, gain: boolean): Promise<Choice>;
}

export type { SweepAsk } from "../../shared/page_api";
export { gridOf } from "../../shared/sweep_values";

/** A sweep that was begun. */
export interface SweepPlan {
  /** One field, or two. */
  over: string[];
  /** A list for each field. */
  values: SweepItem[][];
  seeds: number[];
  /** What all trainings share but for the point and the seed. */
  config: Config;
}

export class SweepState extends Background<SweepHost> {
  plan = $state.raw<SweepPlan | null>(null);
  /** A place for each point, the first field's value changing slowest; null: no seed done yet. */
  cells = $state.raw<readonly (SweepPoint | null)[]>([]);
  /** Points with at least one seed done. */
  points = $derived(this.cells.filter((cell) => cell !== null));
  /** By accuracy of the distilled student, and by its gain on the student alone. */
  best = $state.raw<Record<Measure, Contrast | null>>({ accuracy: null, gain: null });
  /** What the points were compared on, for both. */
  chosenOn = $state.raw<ChosenOn>("test");
  /** The config of each point, under the plan's own seed. */
  #configs = $state.raw<readonly Config[]>([]);
  #turn = 0;

  /** Rejects where the engine refuses the sweep; whatever ran goes on then. */
  async start(ask: SweepAsk): Promise<SweepResult> {
    const config = $state.snapshot(this.host.config()) as Config;
    const { over, values, seeds, configs } = await this.host.read(config, ask);
    const grid = gridOf(values);
    const turn = ++this.#turn;
    this.plan = { over, values, seeds, config };
    let cells: readonly (SweepPoint | null)[] = grid.map(() => null);
    this.cells = cells;
    this.best = { accuracy: null, gain: null };
    this.#configs = configs;
    const accuracies = new Float64Array(4 * grid.length * seeds.length).fill(Number.NaN);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- a local count that nothing draws
    const fresh = new Map<number, Result[]>();
    const jobs = seeds.map((seed) => ({ configs, seed }));
    const onRow = (rows: (Result | null)[][], index: number, job: number): void => {
      fresh.set(index, present(rows[index] ?? []));
      const result = rows[index]?.[job];
      if (!result) return;
      const { student_alone, student_distilled } = result;
      const students = [student_alone, student_distilled];
      const test = students.map(({ accuracy }) => accuracy);
      const validation = students.map(({ validation_accuracy }) => validation_accuracy ?? Number.NaN);
      accuracies.set([...test, ...validation], 4 * (index * seeds.length + job));
    };
    const draw = async (): Promise<void> => {
      const changed = [...fresh];
      if (changed.length === 0) return;
      fresh.clear();
      const compare = (gain: boolean) => this.host.contrast(accuracies.slice(), seeds.length, gain);
      const [accuracy, gain, summaries] = await Promise.all([
        compare(false),
        compare(true),
        this.host.summarise(changed.map(([, results]) => results)),
      ]);
      if (turn !== this.#turn) return;
      const next = [...cells];
      // Answers come in the order of the questions, so that the fullest row is the last.
      for (const [i, [index, results]] of changed.entries()) {
        const [value, summary] = [grid[index], summaries[i]];
        if (value !== undefined && summary) next[index] = { value, seeds: results.length, summary };
      }
      // Together, so that nobody reads a comparison of other points than those that are shown.
      cells = next;
      this.cells = next;
      this.best = { accuracy: accuracy.best, gain: gain.best };
      this.chosenOn = accuracy.chosen_on;
    };
    await this.work(jobs, onRow, draw);
    const one = typeof ask.over === "string";
    return {
      over: one ? ask.over : over,
      values: one ? (values[0] ?? []) : values,
      seeds,
      config,
      points: this.points,
      chosen_on: this.chosenOn,
      best: this.best.accuracy,
    };
  }

  /** The config of a point. */
  configAt(index: number): Config | null {
    return this.#configs[index] ?? null;
  }

  /** The point that has this config; -1 where none has. */
  indexOf(config: Config): number {
    const text = JSON.stringify(config);
    return this.#configs.findIndex((one) => JSON.stringify(one) === text);
  }
}
