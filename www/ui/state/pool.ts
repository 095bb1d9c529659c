/**
 * A pool of workers for jobs that do not need each other: each worker takes the next job when it is free. Where a
 * result belongs is decided by its job and value, never by when it came, so any number of workers gives the same.
 */
import { fail, LabError } from "../../shared/errors";
import type { DistillError } from "../../shared/model";
import type { EngineSource, FromSweeper, ToSweeper } from "../../shared/protocol";
import type { WorkerLike } from "./bridge";
import { deferred } from "./deferred";

export type SweepWorker = WorkerLike<ToSweeper, FromSweeper>;

export interface PoolOptions {
  create(): SweepWorker;
  engine: EngineSource;
  /** Most workers at once: the machine's cores. */
  size: number;
}

export interface Job {
  config: string;
  over: string;
  values: number[];
  seed: number;
}

export interface Listener {
  /** Row `valueIndex` of job `job`: the result's text, without curves. */
  onRow(job: number, valueIndex: number, result: string): void;
  /** Share of all jobs that is done, 0 to 1. */
  onProgress(share: number): void;
}

/** Time for a cancelled worker to say so before it is ended. */
const GRACE_MS = 200;

export interface Batch {
  /** Settles when every job has ended; rejects with the first error, "cancelled" among them. */
  finished: Promise<void>;
  cancel(): void;
}

/** Runs `jobs`; their workers are ended with the batch. */
export function runJobs(options: PoolOptions, jobs: readonly Job[], listener: Listener): Batch {
  const outcome = deferred<void>();
  const shares = jobs.map(() => 0);
  const workers = new Map<SweepWorker, number | null>();
  let next = 0;
  let ended = 0;
  let error: DistillError | null = null;
  let over = false;

  const tell = (): void => listener.onProgress(shares.reduce((sum, share) => sum + share, 0) / jobs.length);

  const close = (worker: SweepWorker): void => {
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
    workers.delete(worker);
  };

  const settle = (): void => {
    if (over) return;
    over = true;
    for (const worker of [...workers.keys()]) close(worker);
    if (error === null) outcome.resolve();
    else outcome.reject(new LabError(error));
  };

  const take = (worker: SweepWorker): void => {
    const job = jobs[next];
    if (job === undefined) return close(worker);
    workers.set(worker, next);
    next += 1;
    worker.postMessage({ type: "sweep", job: next, ...job });
  };

  const end = (job: number): void => {
    shares[job] = 1;
    ended += 1;
    tell();
    if (ended === jobs.length) settle();
  };

  /** The worker is gone; its job fails, and another worker does what is left. */
  const lose = (worker: SweepWorker, reason: DistillError): void => {
    error ??= reason;
    const job = workers.get(worker) ?? null;
    close(worker);
    if (job === null) {
      // It never got ready, and a second one would not either.
      if (workers.size === 0) settle();
      return;
    }
    end(job);
    if (!over && next < jobs.length) open();
  };

  const receive = (worker: SweepWorker, message: FromSweeper): void => {
    if (message.type === "ready") return take(worker);
    const job = message.job - 1;
    if (message.type === "failed" && (message.job === 0 || message.error.code === "panic")) {
      return lose(worker, message.error);
    }
    if (workers.get(worker) !== job) return;
    switch (message.type) {
      case "row":
        return listener.onRow(job, message.valueIndex, message.result);
      case "progress":
        shares[job] = message.steps > 0 ? message.step / message.steps : 0;
        return tell();
      case "failed":
        // The other jobs go on: their results are worth having.
        error ??= message.error;
        break;
      case "done":
      case "cancelled":
        break;
    }
    workers.set(worker, null);
    end(job);
    if (!over) take(worker);
  };

  function open(): void {
    let worker: SweepWorker;
    try {
      worker = options.create();
    } catch (thrown) {
      error ??= fail("worker_lost", "", `A worker could not be started: ${String(thrown)}`).toJSON();
      if (workers.size === 0) settle();
      return;
    }
    workers.set(worker, null);
    worker.onmessage = (event) => receive(worker, event.data);
    const lost = (reason: string): void => lose(worker, { code: "panic", path: "", message: reason });
    worker.onerror = (event) => {
      event.preventDefault?.();
      lost(`A worker stopped unexpectedly: ${event.message || "no reason given"}`);
    };
    worker.onmessageerror = () => lost("A worker sent something unreadable.");
    worker.postMessage({ type: "init", engine: options.engine });
  }

  if (jobs.length === 0) settle();
  const count = Math.max(1, Math.min(options.size, jobs.length));
  for (let i = 0; i < count && !over; i++) open();

  return {
    finished: outcome.promise,
    cancel() {
      if (over) return;
      error ??= { code: "cancelled", path: "", message: "Cancelled; the results so far stay." };
      next = jobs.length;
      for (const [worker, job] of [...workers]) {
        if (job !== null) worker.postMessage({ type: "cancel", job: job + 1 });
        else close(worker);
      }
      if (workers.size === 0) return settle();
      setTimeout(settle, GRACE_MS);
    },
  };
}
