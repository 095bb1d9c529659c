/** A stage for tests: it has as many steps as its plan says, and its clock is turned by the work it does. */
import type { Config, Query, StageChoice, StageFacts, StageView, Trains } from "../shared/engine_types";
import type { EngineStage, StageReplies } from "./engine";
import { engineError, type FakeClock, type FakePlan } from "./fake_engine";

export class FakeStage implements EngineStage {
  /** Steps that were trained, of all configs. */
  trained = 0;
  freed = false;
  #config: Config;
  #step = 0;
  #target = 0;

  constructor(
    config: Config,
    readonly plan: FakePlan,
    readonly clock: FakeClock,
  ) {
    refuse(config);
    this.#config = config;
  }

  aim(config: Config): Trains {
    refuse(config);
    // What was trained for another config is not this one's.
    if (JSON.stringify(config) !== JSON.stringify(this.#config)) this.#step = 0;
    this.#config = config;
    return "distilled";
  }

  look(step: number): void {
    this.#target = Math.min(step, Math.max(...this.plan.steps));
  }

  run_for(ms: number): boolean {
    if (this.#target < this.#step) this.#step = this.#target;
    const begin = this.clock.ms;
    while (this.#step < this.#target && this.clock.ms - begin < (ms * 2) / 3) {
      const { failAt } = this.plan;
      if (failAt !== undefined && this.#step >= failAt.step) throw failAt.error;
      this.clock.ms += this.plan.cost(1, this.#step);
      this.#step += 1;
      this.trained += 1;
    }
    return this.#step === this.#target;
  }

  /** The temperature of a view is the config's, to tell which config it is of. */
  ask<K extends keyof StageReplies>(query: Extract<Query, { kind: K }>): StageReplies[K] {
    const { temperature } = this.#config.distillation;
    const replies = {
      stage: { step: this.#step, temperature, sample: { features: new Float32Array(4) } } as StageView,
      stage_facts: { test: 4 } as StageFacts,
      stage_choice: { opening: this.#step, exam: [], taught: [] } as StageChoice,
      weights: { inputs: this.#step, outputs: 1, weights: new Float32Array(2), biases: new Float32Array(1) },
      regions: { columns: 1, rows: 1 } as StageReplies["regions"],
    };
    const asked: Query = query;
    if (asked.kind === "weights" && asked.layer > 9) {
      throw engineError({ code: "out_of_range", path: "layer", message: "layer: got 10" });
    }
    return replies[asked.kind as K];
  }

  points(): ReturnType<EngineStage["points"]> {
    const none = new Float32Array(1);
    return {
      model: new Uint8Array(1),
      step: Uint32Array.of(this.#step),
      trainLoss: none,
      trainAccuracy: none.slice(),
      testLoss: none.slice(),
      testAccuracy: none.slice(),
    };
  }

  free(): void {
    this.freed = true;
  }
}

function refuse(config: Config): void {
  if (config.seed === -1) throw engineError({ code: "out_of_range", path: "seed", message: "seed: got -1" });
}
