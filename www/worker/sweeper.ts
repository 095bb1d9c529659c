/** A worker of the pool: takes one job at a time (a seed with every value of a sweep) and posts rows as they come. */
import { toDistillError } from "../shared/errors";
import type { FromSweeper, ToSweeper } from "../shared/protocol";
import type { Engine, EngineSweepJob } from "./engine";
import { type Sliceable, Slicer } from "./slices";

export interface SweeperPorts {
  post(message: FromSweeper): void;
  now(): number;
  nextTask(task: () => void): void;
}

/** Progress bars need no more. */
const POST_EVERY_MS = 100;

/** A row as the engine gives it. */
interface Row {
  value_index: number;
  result: unknown;
}

export class Sweeper {
  readonly #engine: Engine;
  readonly #ports: SweeperPorts;
  #slicer: Slicer;
  #job = 0;
  #work: EngineSweepJob | null = null;
  #lastPost = 0;

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
    try {
      this.#work = this.#engine.sweepJob(message.config, message.over, message.values, message.seed);
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
    const text = work.take_rows();
    if (text === "[]") return;
    for (const row of JSON.parse(text) as Row[]) {
      this.#ports.post({
        type: "row",
        job,
        valueIndex: row.value_index,
        result: JSON.stringify(row.result),
      });
    }
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
