/** A worker of the pool: takes one job at a time (a seed with some values of a sweep) and posts rows as they come. */
import { toDistillError } from "../shared/errors";
import type { FromSweeper, ToSweeper } from "../shared/protocol";
import type { Engine, EngineSweepJob } from "./engine";
import { type Sliceable, Slicer } from "./slices";

export interface SweeperPorts {
  post(message: FromSweeper, transfer?: Transferable[]): void;
  now(): number;
  nextTask(task: () => void): void;
}

/** Progress bars need no more. */
const POST_EVERY_MS = 100;

export class Sweeper {
  readonly #engine: Engine;
  readonly #ports: SweeperPorts;
  #slicer: Slicer;
  #job = 0;
  #work: EngineSweepJob | null = null;
  #lastPost = 0;
  /** Whether values are wanted for another worker. */
  #asked = false;

  constructor(engine: Engine, ports: SweeperPorts) {
    this.#engine = engine;
    this.#ports = ports;
    this.#slicer = new Slicer(ports.now);
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
      case "sweep":
        return this.#sweep(message);
    }
  }

  #sweep(message: Extract<ToSweeper, { type: "sweep" }>): void {
    // The pool sends a job only to an idle worker; should it not, the job before is still answered.
    if (this.#work !== null) {
      this.#drop();
      this.#ports.post({ type: "cancelled", job: this.#job });
    }
    this.#job = message.job;
    this.#slicer = new Slicer(this.#ports.now);
    this.#lastPost = this.#ports.now();
    this.#asked = false;
    try {
      const { config, over, values, seed, from, data } = message;
      if (data !== null) this.#engine.supply(data);
      this.#work = this.#engine.sweepJob(config, over, values, seed, from);
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
      this.#slicer.slice(whole(work));
      this.#postRows(job, work);
      if (this.#asked) this.#give(work);
      if (work.done()) {
        this.#drop();
        this.#ports.post({ type: "done", job });
        return;
      }
      if (this.#ports.now() - this.#lastPost >= POST_EVERY_MS) {
        this.#lastPost = this.#ports.now();
        this.#ports.post({ type: "progress", job, step: work.steps_done(), steps: work.total_steps() });
      }
      this.#schedule(job);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #postRows(job: number, work: EngineSweepJob): void {
    for (let row = work.takeRow(); row !== null; row = work.takeRow()) {
      const valueIndex = row.value;
      if (row.failed) this.#ports.post({ type: "rowFailed", job, valueIndex, error: JSON.parse(row.text) });
      else this.#ports.post({ type: "row", job, valueIndex, result: row.text });
    }
  }

  /** Gives values away where it can be done yet; else after the next slice. */
  #give(work: EngineSweepJob): void {
    const gift = work.give();
    if (gift === null) return;
    this.#asked = false;
    const { values, from } = gift;
    const some = values.length > 0;
    this.#ports.post(
      { type: "given", job: this.#job, values, from: some ? from : null },
      some ? [from.numbers.buffer] : [],
    );
  }

  #fail(thrown: unknown): void {
    const error = toDistillError(thrown);
    const work = this.#work;
    // A broken engine may not even be asked to free its memory; the pool ends this worker.
    if (error.code === "panic") this.#work = null;
    else if (work !== null) {
      this.#postRows(this.#job, work);
      this.#drop();
    }
    this.#ports.post({ type: "failed", job: this.#job, error });
  }

  #drop(): void {
    this.#work?.free();
    this.#work = null;
  }
}

/** Nobody watches a curve here: units may differ, slices only let a cancel in. */
function whole(work: EngineSweepJob): Sliceable {
  return {
    kind: () => 0,
    most: () => Number.POSITIVE_INFINITY,
    work: (units) => (work.done() ? 0 : work.advance(units)),
  };
}
