/** An engine for tests: phases and costs are chosen, and its clock is turned by the work it does. */
import {
  type Comparison,
  type ComparisonPlan,
  type Config,
  FIRST_CONFIG,
  PHASES,
  type Prepared,
  type Progress,
  type Query,
  type Result,
  type Slice,
  type Speed,
  type Summary,
  type SweepGift,
  type SweepProgress,
  type SweepRow,
} from "../shared/engine_types";
import type { DistillError } from "../shared/errors";
import { asList } from "../shared/sweep_values";
import type { Engine, EngineLab, EngineSweepJob } from "./engine";
import { FakeStage } from "./fake_stage";

export class FakeClock {
  ms = 0;
  /** Browsers round: readings are cut to a multiple of this. */
  grain = 0;
  readonly now = (): number => (this.grain > 0 ? Math.floor(this.ms / this.grain) * this.grain : this.ms);
}

export function engineError(error: DistillError): Error {
  return Object.assign(new Error(error.message), error);
}

/** What a panic throws; the engine is of no more use after it. */
export function panic(): Error {
  return engineError({ code: "panic", path: "", message: "The engine stopped unexpectedly: index out of bounds" });
}

export interface FakePlan {
  /** Training steps of the phases teacher, students, refine. */
  steps: [number, number, number];
  /** Milliseconds of the unit that makes step `step` of phase `phase`. */
  cost(phase: number, step: number): number;
  /** Thrown when this many steps are done. */
  failAt?: { step: number; error: Error };
}

export class FakeLab implements EngineLab {
  static alive = 0;
  freed = false;
  #phase = 0;
  #inPhase = 0;
  #done = 0;
  #readings = 0;
  #points: { model: number; step: number }[] = [];
  readonly #phases: number[];

  constructor(
    readonly config: Config,
    readonly plan: FakePlan,
    readonly clock: FakeClock,
  ) {
    FakeLab.alive += 1;
    const [teacher, students, refine] = plan.steps;
    this.#phases = [teacher, 0, students, refine, 0];
  }

  prepared(): Prepared {
    const [teacher, students, refine] = this.plan.steps;
    return {
      data: { classes: ["a", "b"], features: 2, image: null, train: 9, transfer: 5, labelled: 5, test: 4 },
      steps: teacher + students + refine,
    };
  }
  steps_done(): number {
    return this.#done;
  }
  done(): boolean {
    return PHASES[this.#phase] === "done";
  }

  /** Unit by unit, until two thirds of the time have gone, as the engine does. */
  run_for(ms: number, steps = Number.POSITIVE_INFINITY): Slice {
    const begin = this.clock.ms;
    let made = 0;
    while (made < steps && this.clock.ms - begin < (ms * 2) / 3) {
      if (this.#go(1) === 0) break;
      made += 1;
    }
    return { ms: this.clock.ms - begin, steps: made, done: this.done() };
  }

  #go(n: number): number {
    if (this.freed) throw new Error("used after free");
    let made = 0;
    this.#skip();
    while (made < n && !this.done()) {
      const { failAt } = this.plan;
      if (failAt !== undefined && this.#done >= failAt.step) throw failAt.error;
      this.clock.ms += this.plan.cost(this.#phase, this.#inPhase);
      this.#inPhase += 1;
      this.#done += 1;
      made += 1;
      this.#points.push({ model: this.#phase === 0 ? 0 : 2, step: this.#done });
      this.#skip();
    }
    return made;
  }

  /** Phases without steps are over at once. */
  #skip(): void {
    while (!this.done() && this.#inPhase >= (this.#phases[this.#phase] ?? 0)) {
      this.#phase += 1;
      this.#inPhase = 0;
    }
  }

  progress(): Progress {
    const points = this.#points.splice(0);
    const column = (of: (step: number) => number): Float32Array => Float32Array.from(points, ({ step }) => of(step));
    return {
      phase: PHASES[this.#phase] ?? "done",
      step: this.#done,
      phaseStep: this.#inPhase,
      phaseSteps: this.#phases[this.#phase] ?? 0,
      points: {
        model: Uint8Array.from(points, ({ model }) => model),
        step: Uint32Array.from(points, ({ step }) => step),
        trainLoss: column((step) => 1 / step),
        trainAccuracy: column(() => Number.NaN),
        testLoss: column(() => 0.5),
        testAccuracy: column(() => 0.25),
      },
    };
  }
  result(): Result {
    return { config: this.config, digest: `after ${this.#done}`, curves: {} } as Result;
  }
  /** Readings of 5 ms, four of them. */
  measure_speed(): Speed | null {
    if (this.freed) throw new Error("used after free");
    if (!this.done()) throw engineError({ code: "not_done", path: "", message: "not done" });
    this.clock.ms += 5;
    this.#readings += 1;
    if (this.#readings % 4 !== 0) return null;
    const [teacher, student] = [10, 2].map((us) => ({ single_us: us, batch_us: us / 2 }));
    return { batch: 4, teacher, student, ratio: { promised: 8, single: 5, batch: 5 } } as Speed;
  }
  ask(query: Query): unknown {
    switch (query.kind) {
      case "sample":
        return { ...query, config: this.config, trained: this.#done };
      case "loss":
        return null;
      case "predict":
        if (query.input.length !== 2) {
          const message = `input: got ${query.input.length}; allowed: 2`;
          throw engineError({ code: "wrong_type", path: "input", message });
        }
        return { teacher: [1, 0], student_alone: null, student_distilled: null };
      case "export":
        if (query.format === "csv") return "model,step\n";
        return query.format === "json" ? JSON.stringify(this.result()) : Uint8Array.of(1, 2, 3);
      case "record": {
        const step = this.#done + (query.next ? 1 : 0);
        const model = query.alone ? "student_alone" : "student_distilled";
        return step === 0 ? null : { phase: "teacher", model, step, phaseStep: step, layer: query.layer };
      }
      default:
        return query;
    }
  }
  /** A checkpoint every thousand steps; the points drawn by then are given again. */
  rewind(n: number): number {
    const target = Math.max(0, this.#done - n);
    const from = target - (target % 1000);
    this.#phase = 0;
    this.#inPhase = 0;
    this.#done = 0;
    this.#points = [];
    const { cost } = this.plan;
    this.plan.cost = () => 0;
    this.#go(from);
    this.plan.cost = cost;
    return target - this.#done;
  }
  free(): void {
    if (this.freed) throw new Error("freed twice");
    this.freed = true;
    FakeLab.alive -= 1;
  }
}

/** A seed's job: a teacher takes `perValue` steps unless it was handed over, and each value as many; below 0 it fails. */
export class FakeSweepJob implements EngineSweepJob {
  static alive = 0;
  /** Teachers trained, by all jobs. */
  static teachers = 0;
  #done = 0;
  #teacher: number;
  #inValue = 0;
  readonly #waiting: number[];

  constructor(
    readonly values: number[],
    readonly seed: number,
    readonly perValue: number,
    readonly clock: FakeClock,
    handed: boolean,
  ) {
    FakeSweepJob.alive += 1;
    this.#teacher = handed ? 0 : perValue;
    if (!handed) FakeSweepJob.teachers += 1;
    this.#waiting = values.map((_, i) => i);
  }
  run_for(ms: number): SweepProgress {
    const rows: SweepRow[] = [];
    const begin = this.clock.ms;
    while (this.#waiting.length > 0 && this.clock.ms - begin < (ms * 2) / 3) {
      this.clock.ms += 0.1;
      this.#done += 1;
      if (this.#teacher > 0) {
        this.#teacher -= 1;
        continue;
      }
      this.#inValue += 1;
      if (this.#inValue < this.perValue) continue;
      this.#inValue = 0;
      const value = this.#waiting.shift() ?? 0;
      const failed = (this.values[value] ?? 0) < 0;
      const message = `seed ${this.seed}, value ${value}`;
      const error = { code: "not_finite", path: "", message, got: null, allowed: null };
      const result = { digest: `${this.seed}/${this.values[value]}` } as Result;
      rows.push({ value, result: failed ? null : result, error: failed ? error : null });
    }
    const left = this.#teacher + this.#waiting.length * this.perValue - this.#inValue;
    return { step: this.#done, steps: this.#done + left, rows, done: this.#waiting.length === 0 };
  }
  give(): SweepGift | null {
    if (this.#teacher > 0) return null;
    // The first of those that wait here has begun.
    const open = this.#waiting.length - 1;
    const values = this.#waiting.splice(1 + Math.floor(open / 2));
    return { values, from: { config: "{}", teacher: [], student_alone: null } };
  }
  free(): void {
    FakeSweepJob.alive -= 1;
  }
}

/** Lays partials over like the engine: T must be positive, "nope" is no key, a preset is the ground. */
function normalise(base: Config | null, partial: string): Config {
  const given = JSON.parse(partial) as Partial<Config> & { nope?: unknown; crash?: unknown };
  if (given.crash !== undefined) throw panic();
  if (given.nope !== undefined) {
    throw engineError({ code: "unknown_key", path: "nope", message: "nope: unknown key" });
  }
  const temperature: unknown = given.distillation?.temperature;
  if (temperature !== undefined && !(typeof temperature === "number" && temperature > 0)) {
    const got = JSON.stringify(temperature);
    throw engineError({
      code: "out_of_range",
      path: "distillation.temperature",
      message: `distillation.temperature: got ${got}; allowed: a number from 0.1 to 100`,
    });
  }
  const ground = base === null || given.preset !== undefined ? FIRST_CONFIG : base;
  const laid = structuredClone(ground) as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(given)) {
    const below = laid[key];
    laid[key] = typeof value === "object" ? { ...(below as object), ...value } : value;
  }
  return laid as unknown as Config;
}

/** A config that is told from others by its temperature; that of a failing value is below 0. */
export const atTemperature = (temperature: number, config: Config = FIRST_CONFIG): Config => ({
  ...config,
  distillation: { ...config.distillation, temperature },
});

export interface FakeEngine extends Engine {
  labs: FakeLab[];
  stages: FakeStage[];
  plan: FakePlan;
  clock: FakeClock;
  /** Hashes of what was supplied; a config named "wanting" needs some. */
  held: string[];
}

export function fakeEngine(plan: FakePlan, clock = new FakeClock()): FakeEngine {
  const engine: FakeEngine = {
    labs: [],
    stages: [],
    plan,
    clock,
    version: () => "0.0.0",
    presets: () => [
      {
        name: "fifty-digits",
        title: "Fifty digits",
        why: "",
        longer: "",
        config: FIRST_CONFIG,
        source: "",
        seeds: [1, 2],
      },
    ],
    fields: () => [],
    methods: () => [],
    dataSets: () => [],
    normalise,
    summarise: (results) => ({ gain: { mean: results.length, ci95: null } }) as Summary,
    freshSeed: () => 77,
    script: ({ config, link, template, notebook }) => `${template.main} ${link} ${notebook} ${config.seed}`,
    lab(config) {
      if (config.seed === -1) {
        throw engineError({ code: "out_of_range", path: "seed", message: "seed: got -1" });
      }
      if (config.preset === "wanting" && engine.held.length === 0) {
        throw engineError({ code: "data_needed", path: "data.name", message: "data.name: wanted" });
      }
      const lab = new FakeLab(config, engine.plan, clock);
      engine.labs.push(lab);
      return lab;
    },
    // A value is told from another by the temperature, whatever is swept.
    sweepConfigs: (config, over, values) => {
      if (over[0] === "nope") throw engineError({ code: "out_of_range", path: "over", message: "over: got nope" });
      return values.map((value) => atTemperature(Number(asList(value)[0]), config));
    },
    comparisonPlan: (base, a, b, models) => ({
      a: normalise(base, a),
      b: normalise(base, b),
      models: models as ComparisonPlan["models"],
    }),
    compare: (plan, seeds) => (seeds.length === 0 ? null : ({ ...plan, seeds: [...seeds] } as Comparison)),
    sweepJob: (configs, seed, from) => {
      const values = configs.map(({ distillation }) => distillation.temperature);
      return new FakeSweepJob(values, seed, 100, clock, from !== null);
    },
    contrast: (accuracies, seeds) => ({
      chosen_on: "test",
      best: {
        leader: 0,
        clear: true,
        alike: [],
        behind: [null, { seeds, mean: accuracies[0] ?? 0, ci95: null, p: null, adjusted: null }],
      },
    }),
    stage: (config) => {
      const stage = new FakeStage(config, engine.plan, clock);
      engine.stages.push(stage);
      return stage;
    },
    supply: (data) => {
      if (data.hash !== `of ${data.values.size}`) {
        throw engineError({ code: "damaged_data", path: "data", message: "data: damaged" });
      }
      engine.held.push(data.hash);
    },
    outside: (config) => {
      if (config.preset !== "wanting") return null;
      const [hash] = engine.held;
      if (hash !== undefined) return hash;
      throw engineError({ code: "data_needed", path: "data.name", message: "data.name: wanted" });
    },
    mnist10kHash: () => `of ${4 * 784}`,
    held: [],
    module: null,
  };
  return engine;
}
