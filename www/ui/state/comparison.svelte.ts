/** Two settings, A and B, under the same seeds. */
import type { Comparison, ComparisonPlan, Config, Result } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import type { ComparisonAsk } from "../../shared/page_api";
import type { ComparisonRead } from "../../shared/protocol";
import { Background, type BackgroundHost } from "./background.svelte";

export interface ComparisonHost extends BackgroundHost {
  /** Rejects, naming the field, where that is no comparison. */
  read(config: Config, ask: ComparisonAsk): Promise<ComparisonRead>;
  /** The engine's comparison of the pairs of results, A's and B's, that there are; null: there are none. */
  compare(plan: ComparisonPlan, seeds: number[], results: (readonly [Result, Result])[]): Promise<Comparison | null>;
}

export class ComparisonState extends Background<ComparisonHost> {
  /** What was begun: two settings, and every seed that was asked for. */
  asked = $state.raw<ComparisonRead | null>(null);
  /** Of the seeds that both have so far; null: none yet. */
  found = $state.raw<Comparison | null>(null);
  #turn = 0;

  /** Rejects where the engine refuses the comparison; whatever ran goes on then. */
  async start(ask: ComparisonAsk): Promise<Comparison> {
    const config = $state.snapshot(this.host.config()) as Config;
    const read = await this.host.read(config, ask);
    const { plan, seeds } = read;
    const turn = ++this.#turn;
    this.asked = read;
    this.found = null;
    // Two models of the same settings need one training.
    const one = JSON.stringify(plan.a) === JSON.stringify(plan.b);
    const configs = one ? [plan.a] : [plan.a, plan.b];
    const jobs = seeds.map((seed) => ({ configs, seed }));
    let [ofA, ofB]: (Result | null)[][] = [[], []];
    let drawn = 0;
    const onRow = ([first = [], last = first]: (Result | null)[][]): void => {
      [ofA, ofB] = [first, last];
    };
    const draw = async (): Promise<void> => {
      const pairs = seeds.flatMap((seed, i) => {
        const [a, b] = [ofA?.[i], ofB?.[i]];
        return a && b ? [{ seed, results: [a, b] as const }] : [];
      });
      if (turn !== this.#turn || pairs.length === drawn) return;
      drawn = pairs.length;
      const found = await this.host.compare(
        plan,
        pairs.map(({ seed }) => seed),
        pairs.map(({ results }) => results),
      );
      if (turn === this.#turn) this.found = found;
    };
    await this.work(jobs, onRow, draw);
    if (this.found === null) throw fail("internal", "", "The runs could not be compared.");
    return this.found;
  }
}
