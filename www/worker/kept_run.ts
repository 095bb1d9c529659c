/** The trained run before the one at hand, whose logits go on answering while the new one has trained nothing. */
import type { Config } from "../shared/engine_types";
import type { EngineLab } from "./engine";

/** An experiment with the config that it is of. */
interface Experiment {
  readonly config: Config;
  readonly lab: EngineLab;
}

export class KeptRun {
  #kept: Experiment | null = null;

  get lab(): EngineLab | null {
    return this.#kept?.lab ?? null;
  }

  /** Keeps the trained run `before`, or one kept earlier, as long as its logits answer for the new config too; frees the other. */
  keep(before: Experiment | null, config: Config): void {
    const trained = before !== null && before.lab.steps_done() > 0;
    if (trained || (this.#kept !== null && !answersAlike(this.#kept.config, config))) this.drop();
    if (before === null) return;
    if (trained && answersAlike(before.config, config)) this.#kept = before;
    else before.lab.free();
  }

  drop(): void {
    this.#kept?.lab.free();
    this.#kept = null;
  }

  /** Not freed, since that would call into an engine that has panicked. */
  forget(): void {
    this.#kept = null;
  }
}

/** Whether the logits of one config's models may stand in for the other's: all but T and alpha is equal. */
function answersAlike(one: Config, other: Config): boolean {
  const essence = (config: Config): string =>
    JSON.stringify({
      ...config,
      preset: "",
      distillation: { ...config.distillation, temperature: 0, alpha: 0 },
    });
  return essence(one) === essence(other);
}
