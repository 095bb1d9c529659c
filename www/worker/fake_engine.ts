/** An engine for tests: phases and costs are chosen, and its clock is turned by the work it does. */
import { type Config, type DistillError, PHASES } from "../shared/model";
import type { Handover } from "../shared/protocol";
import { FIRST_CONFIG } from "../ui/state/first_config";
import type { Engine, EngineLab, EngineSweepJob, SweepRow } from "./engine";

export class FakeClock {
  ms = 0;
  /** Browsers round: readings are cut to a multiple of this. */
  grain = 0;
  readonly now = (): number => (this.grain > 0 ? Math.floor(this.ms / this.grain) * this.grain : this.ms);
}

export function engineError(error: DistillError): Error {
  return new Error(JSON.stringify(error));
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
  #points: number[] = [];
  readonly #phases: number[];

  constructor(
    readonly text: string,
    readonly plan: FakePlan,
    readonly clock: FakeClock,
  ) {
    FakeLab.alive += 1;
    const [teacher, students, refine] = plan.steps;
    this.#phases = [teacher, 0, students, refine, 0];
  }

  config(): string {
    return this.text;
  }
  data_info(): string {
    return JSON.stringify({
      classes: ["a", "b"],
      features: 2,
      image: null,
      train: 9,
      transfer: 5,
      labelled: 5,
      test: 4,
    });
  }
  total_steps(): number {
    return this.plan.steps[0] + this.plan.steps[1] + this.plan.steps[2];
  }
  steps_done(): number {
    return this.#done;
  }
  phase(): number {
    return this.#phase;
  }
  phase_steps_done(): number {
    return this.#inPhase;
  }
  phase_steps(): number {
    return this.#phases[this.#phase] ?? 0;
  }
  done(): boolean {
    return PHASES[this.#phase] === "done";
  }

  advance(units: number): number {
    return this.#go(units);
  }
  step(n: number): number {
    return this.#go(n);
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
      this.#points.push(this.#phase === 0 ? 0 : 2, this.#done, 1 / this.#done, Number.NaN, 0.5, 0.25);
      this.#skip();
    }
    return made;
  }

  /** Phases without steps are over at once. */
  #skip(): void {
    while (!this.done() && this.#inPhase >= this.phase_steps()) {
      this.#phase += 1;
      this.#inPhase = 0;
    }
  }

  take_points(): Float64Array {
    return Float64Array.from(this.#points.splice(0));
  }
  result(): string {
    return JSON.stringify({ config: JSON.parse(this.text), digest: `after ${this.#done}`, curves: {} });
  }
  sample(set: string, index: number, temperature: number): string {
    return JSON.stringify({ set, index, temperature, config: this.text, trained: this.#done });
  }
  loss(): string {
    return "null";
  }
  predict(input: Float64Array): string {
    if (input.length !== 2) {
      throw engineError({ code: "wrong_type", path: "input", message: `input: got ${input.length}; allowed: 2` });
    }
    return JSON.stringify({ teacher: [1, 0], student_alone: null, student_distilled: null });
  }
  csv(): string {
    return "model,step\n";
  }
  safetensors(): Uint8Array {
    return Uint8Array.of(1, 2, 3);
  }
  regions(_bounds: Float64Array, columns: number, rows: number): Float32Array {
    return new Float32Array(2 + 6 * columns * rows);
  }
  points(): Float32Array {
    return Float32Array.of(0.5, -0.5, 1, 3);
  }
  takeover(): Float64Array {
    return new Float64Array(4 + 135);
  }
  predictions(): Uint8Array {
    return Uint8Array.of(1, 1, 0, 1);
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
  record(next: boolean, alone: boolean, layer: number): Float32Array {
    const step = this.#done + (next ? 1 : 0);
    return step === 0 ? new Float32Array() : Float32Array.of(0, alone ? 1 : 2, step, step, 0, layer, 0, 0, 0, 1, 0, 1);
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
  readonly #rows: SweepRow[] = [];

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
  total_steps(): number {
    return this.#done + this.#teacher + this.#waiting.length * this.perValue - this.#inValue;
  }
  steps_done(): number {
    return this.#done;
  }
  done(): boolean {
    return this.#waiting.length === 0;
  }
  advance(units: number): number {
    let made = 0;
    for (; made < units && !this.done(); made++) {
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
      const error = { code: "not_finite", path: "", message: `seed ${this.seed}, value ${value}` };
      const result = { digest: `${this.seed}/${this.values[value]}` };
      this.#rows.push({ value, failed, text: JSON.stringify(failed ? error : result) });
    }
    return made;
  }
  takeRow(): SweepRow | null {
    return this.#rows.shift() ?? null;
  }
  give(): { values: number[]; from: Handover } | null {
    if (this.#teacher > 0) return null;
    // The first of those that wait here has begun.
    const open = this.#waiting.length - 1;
    const values = this.#waiting.splice(1 + Math.floor(open / 2));
    return { values, from: { config: "{}", numbers: new Float32Array(3), teacher: true, alone: false } };
  }
  free(): void {
    FakeSweepJob.alive -= 1;
  }
}

/** Lays partials over like the engine: T must be positive, "nope" is no key, a preset is the ground. */
function normalise(base: string, partial: string): string {
  const given = JSON.parse(partial) as Partial<Config> & { nope?: unknown; crash?: unknown };
  if (given.crash !== undefined) throw new Error("panic: index out of bounds");
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
  const ground: Config = base === "" || given.preset !== undefined ? FIRST_CONFIG : (JSON.parse(base) as Config);
  const laid = structuredClone(ground) as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(given)) {
    const below = laid[key];
    laid[key] = typeof value === "object" ? { ...(below as object), ...value } : value;
  }
  return JSON.stringify(laid);
}

export interface FakeEngine extends Engine {
  labs: FakeLab[];
  plan: FakePlan;
  clock: FakeClock;
  /** Hashes of what was supplied; a config named "wanting" needs some. */
  held: string[];
}

export function fakeEngine(plan: FakePlan, clock = new FakeClock()): FakeEngine {
  const engine: FakeEngine = {
    labs: [],
    plan,
    clock,
    version: () => "0.0.0",
    presets: () => JSON.stringify([{ name: "fifty-digits", title: "Fifty digits", config: FIRST_CONFIG }]),
    fields: () => "[]",
    methods: () => "[]",
    dataSets: () => "[]",
    normalise,
    summarise: (results) => JSON.stringify({ gain: { mean: (JSON.parse(results) as []).length, ci95: null } }),
    freshSeed: () => 77,
    script: (config, link, { main }, notebook) => `${main} ${link} ${notebook} ${config.length}`,
    lab(config) {
      if (config.includes('"seed":-1')) {
        throw engineError({ code: "out_of_range", path: "seed", message: "seed: got -1" });
      }
      if (config.includes('"wanting"') && engine.held.length === 0) {
        throw engineError({ code: "data_needed", path: "data.name", message: "data.name: wanted" });
      }
      const lab = new FakeLab(config, engine.plan, clock);
      engine.labs.push(lab);
      return lab;
    },
    sweepJob: (_config, over, values, seed, from) => {
      if (over === "nope") throw engineError({ code: "out_of_range", path: "over", message: "over: got nope" });
      return new FakeSweepJob(values.flat(), seed, 100, clock, from !== null);
    },
    contrast: (accuracies, seeds) => Float64Array.of(0, 1, 0, NaN, NaN, seeds, accuracies[0] ?? 0, NaN),
    supply: (data) => {
      if (data.hash !== `of ${data.values.size}`) {
        throw engineError({ code: "damaged_data", path: "data", message: "data: damaged" });
      }
      engine.held.push(data.hash);
    },
    outside: (config) => {
      if (!config.includes('"wanting"')) return "";
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
