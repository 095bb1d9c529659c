/** What the pool knows of one batch: what waits, what runs, how far it is, and the first thing that went wrong. */
import type { Config, Handover, Result } from "../../shared/engine_types";
import { type DistillError, LabError } from "../../shared/errors";
import type { SuppliedData } from "../../shared/protocol";
import { type Deferred, deferred } from "./deferred";

export interface Job {
  /** Each is trained under `seed`. */
  configs: readonly Config[];
  seed: number;
  /** What the configs need from outside the engine. */
  data?: readonly SuppliedData[];
}

export interface Listener {
  /** Row `valueIndex` of job `job`: the result of that config, without curves. */
  onRow(job: number, valueIndex: number, result: Result): void;
  /** Share of the batch that is done, 0 to 1. */
  onProgress(share: number): void;
}

export interface Batch {
  /** Settles when every job has ended; rejects with the first error (by job and value), "cancelled" before all. */
  finished: Promise<void>;
  cancel(): void;
}

/** Some configs of a job, for one worker. */
export interface Task {
  readonly batch: BatchRun;
  readonly job: Job;
  readonly jobIndex: number;
  readonly seed: number;
  /** Which of the job's configs, in the order in which the worker has them. */
  indices: number[];
  from: Handover | null;
  /** Set when a worker takes it. */
  id: number;
  /** Values that are over. */
  rows: number;
  /** 0 to 1, as the worker told last. */
  share: number;
  /** Whether its worker has been asked to give some of it away and has not answered. */
  asked: boolean;
}

export class BatchRun {
  readonly outcome: Deferred<void> = deferred();
  readonly queue: Task[] = [];
  readonly running = new Set<Task>();
  cancelled = false;
  readonly #listener: Listener;
  readonly #total: number;
  /** Values that are over, with a result or without. */
  #over = 0;
  #error: { place: number; error: DistillError } | null = null;

  constructor(jobs: readonly Job[], listener: Listener) {
    this.#listener = listener;
    this.#total = jobs.reduce((sum, { configs }) => sum + configs.length, 0);
    for (const [jobIndex, job] of jobs.entries()) {
      this.queue.push(
        this.#task(
          job,
          jobIndex,
          job.configs.map((_, i) => i),
          null,
        ),
      );
    }
  }

  /** Trainings that are not over. */
  get open(): number {
    return this.cancelled ? 0 : this.#total - this.#over;
  }

  row(task: Task, at: number, result: Result): void {
    const value = task.indices[at];
    if (value === undefined) return;
    task.rows += 1;
    this.#over += 1;
    this.#listener.onRow(task.jobIndex, value, result);
    this.#tell();
  }

  rowFailed(task: Task, at: number, error: DistillError): void {
    task.rows += 1;
    this.#over += 1;
    this.fails(error, this.#place(task, at));
    this.#tell();
  }

  progress(task: Task, share: number): void {
    task.share = share;
    this.#tell();
  }

  /** The values at `given` of a task go to the worker that is free next. */
  split(task: Task, given: number[], from: Handover | null): void {
    // A worker that had nothing to give is not asked again.
    task.asked = given.length === 0;
    if (given.length === 0 || this.cancelled) return;
    const indices = given.map((at) => task.indices[at] ?? 0);
    // What is given away is the end of what the worker has, so that the places of the rest stay.
    task.indices = task.indices.slice(0, task.indices.length - indices.length);
    this.queue.unshift(this.#task(task.job, task.jobIndex, indices, from));
  }

  /** A task is over before its end; its results so far stay, and the other tasks go on. */
  failed(task: Task, error: DistillError): void {
    this.fails(error, this.#place(task, task.rows));
  }

  fails(error: DistillError, place = Number.POSITIVE_INFINITY): void {
    if (this.#error === null || place < this.#error.place) this.#error = { place, error };
  }

  cancel(): void {
    this.cancelled = true;
    this.queue.length = 0;
    this.fails({ code: "cancelled", path: "", message: "Cancelled; the results so far stay." }, -1);
  }

  end(task: Task): void {
    this.#over += task.indices.length - task.rows;
    task.rows = task.indices.length;
    this.running.delete(task);
    this.#tell();
  }

  settle(): void {
    if (this.#error === null) this.outcome.resolve();
    else this.outcome.reject(new LabError(this.#error.error));
  }

  #tell(): void {
    // A row is worth what its task has told of it before.
    const begun = [...this.running].reduce((sum, t) => sum + Math.max(0, t.share * t.indices.length - t.rows), 0);
    this.#listener.onProgress(this.#total > 0 ? Math.min(1, (this.#over + begun) / this.#total) : 1);
  }

  #place(task: Task, at: number): number {
    return task.jobIndex * 1e6 + (task.indices[at] ?? 0);
  }

  #task(job: Job, jobIndex: number, indices: number[], from: Handover | null): Task {
    return { batch: this, job, jobIndex, seed: job.seed, indices, from, id: 0, rows: 0, share: 0, asked: false };
  }
}
