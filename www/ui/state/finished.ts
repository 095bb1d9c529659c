/** The last finished runs by their configs, so that one who goes back sees what was there. In memory, and nowhere else. */
import type { Config } from "../../shared/engine_types";
import type { WholeRun } from "./run.svelte";

const MOST = 8;

export class Finished {
  /** By the config's text, the one that was shown last at the end. */
  readonly #runs = new Map<string, WholeRun>();

  keep(config: Config, run: WholeRun): void {
    const text = JSON.stringify(config);
    this.#runs.delete(text);
    this.#runs.set(text, run);
    for (const oldest of this.#runs.keys()) {
      if (this.#runs.size <= MOST) return;
      this.#runs.delete(oldest);
    }
  }

  find(config: Config): WholeRun | null {
    const run = this.#runs.get(JSON.stringify(config)) ?? null;
    if (run !== null) this.keep(config, run);
    return run;
  }
}
