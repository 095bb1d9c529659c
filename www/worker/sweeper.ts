/** A worker of the pool: takes one job at a time (a seed with some values of a sweep) and posts rows as they come. */
import type { Handover, SweepRow } from "../shared/engine_types";
import { toDistillError } from "../shared/errors";
import type { FromSweeper, ToSweeper } from "../shared/protocol";
import type { Engine, EngineSweepJob } from "./engine";

export interface SweeperPorts {
  post(message: FromSweeper, transfer?: Transferable[]): void;
  now(): number;
  nextTask(task: () => void): void;
}

/** How long the engine works before the messages that wait have their turn. */
const SLICE_MS = 12;
/** Progress bars need no more. */
const POST_EVERY_MS = 100;

export class Sweeper {
  readonly #engine: Engine;
  readonly #ports: SweeperPorts;
  #job = 0;
  #work: EngineSweepJob | null = null;
  #lastPost = 0;
  /** Whether values are wanted for another worker. */
  #asked = false;

  constructor(engine: Engine, ports: SweeperPorts) {
    this.#engine = engine;
    this.#ports = ports;
    ports.post({ type: "ready" });
  }

  receive(message: ToSweeper): void {
    switch (message.type) {
      case "init":
        return;
      case "cancel":
        if (message.job !== this.#job || this.#work === null) return;
        this.#drop();
        this.#ports.post({ type: "cancelled", job: message.job });
        return;
      case "give":
        // Answered after a slice, like everything that the engine must be asked for.
        this.#asked ||= message.job === this.#job && this.#work !== null;
        return;
      case "train":
        return this.#train(message);
    }
  }

  #train(message: Extract<ToSweeper, { type: "train" }>): void {
    // The pool sends a job only to an idle worker; should it not, the job before is still answered.
    if (this.#work !== null) {
      this.#drop();
      this.#ports.post({ type: "cancelled", job: this.#job });
    }
    this.#job = message.job;
    this.#lastPost = this.#ports.now();
    this.#asked = false;
    try {
      const { configs, seed, from, data } = message;
      for (const one of data) this.#engine.supply(one);
      this.#work = this.#engine.sweepJob(configs, seed, from);
      this.#schedule(message.job);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #schedule(job: number): void {
    this.#ports.nextTask(() => {
      if (job === this.#job) this.#tick(job);
    });
  }

  #tick(job: number): void {
    const work = this.#work;
    if (work === null) return;
    try {
      const { step, steps, rows, done } = work.run_for(SLICE_MS);
      for (const row of rows) this.#post(job, row);
      if (this.#asked) this.#give(work);
      if (done) {
        this.#drop();
        this.#ports.post({ type: "done", job });
        return;
      }
      if (this.#ports.now() - this.#lastPost >= POST_EVERY_MS) {
        this.#lastPost = this.#ports.now();
        this.#ports.post({ type: "progress", job, step, steps });
      }
      this.#schedule(job);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #post(job: number, { value, result, error }: SweepRow): void {
    if (result !== null) this.#ports.post({ type: "row", job, valueIndex: value, result });
    else if (error !== null) this.#ports.post({ type: "rowFailed", job, valueIndex: value, error });
  }

  /** Gives values away where it can be done yet; else after the next slice. */
  #give(work: EngineSweepJob): void {
    const gift = work.give();
    if (gift === null) return;
    this.#asked = false;
    const { values, from } = gift;
    const some = values.length > 0;
    this.#ports.post({ type: "given", job: this.#job, values, from: some ? from : null }, some ? buffers(from) : []);
  }

  #fail(thrown: unknown): void {
    const error = toDistillError(thrown);
    // A broken engine may not even be asked to free its memory; the pool ends this worker.
    if (error.code === "panic") this.#work = null;
    else this.#drop();
    this.#ports.post({ type: "failed", job: this.#job, error });
  }

  #drop(): void {
    this.#work?.free();
    this.#work = null;
  }
}

/** What is transferred, so that it need not be copied. */
function buffers({ teacher, student_alone }: Handover): ArrayBuffer[] {
  const models = student_alone === null ? teacher : [...teacher, student_alone];
  return models
    .flatMap(({ parameters, testLogits }) => [parameters, testLogits])
    .map(({ buffer }) => buffer as ArrayBuffer);
}
