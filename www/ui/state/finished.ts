/** The last finished runs by their configs, so that one who goes back sees what was there. In memory, and nowhere else. */
import type { WholeRun } from "./run.svelte";

const MOST = 8;

export class Finished {
  /** By the config's text, the one that was shown last at the end. */
  readonly #runs = new Map<string, WholeRun>();

  keep(config: string, run: WholeRun): void {
    this.#runs.delete(config);
    this.#runs.set(config, run);
    for (const oldest of this.#runs.keys()) {
      if (this.#runs.size <= MOST) return;
      this.#runs.delete(oldest);
    }
  }

  find(config: string): WholeRun | null {
    const run = this.#runs.get(config) ?? null;
    if (run !== null) this.keep(config, run);
    return run;
  }
}
