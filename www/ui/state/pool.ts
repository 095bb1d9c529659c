/**
 * The page's pool of workers for jobs that do not need each other. It is kept between batches: a warm worker has the
 * engine compiled and the teachers of its last jobs at hand. Each worker takes the next job when it is free; where
 * none is left it gets half of what another one has not begun. Where a result belongs is decided by its job and value,
 * never by when or from whom it came, so any number of workers gives the same.
 */
import { type DistillError, fail } from "../../shared/errors";
import type { EngineSource, FromSweeper, ToSweeper } from "../../shared/protocol";
import { type Batch, BatchRun, type Job, type Listener, type Task } from "./batch";
import type { WorkerLike } from "./bridge";

export type { Batch, Job, Listener } from "./batch";
export type SweepWorker = WorkerLike<ToSweeper, FromSweeper>;

export interface PoolOptions {
  create(): SweepWorker;
  /** Asked whenever a worker starts. */
  engine(): EngineSource;
  /** Most workers at once: the machine's cores. */
  size: number;
}

/** Time for a cancelled worker to say so before it is ended. */
const GRACE_MS = 200;
/** Workers that have nothing to do are ended after this time. */
const KEEP_MS = 60_000;
/** Workers started before anyone has asked for a sweep. */
const WARM = 4;

interface Member {
  worker: SweepWorker;
  ready: boolean;
  task: Task | null;
  /** Seeds whose teachers it has trained. */
  seeds: Set<number>;
}

export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #members = new Set<Member>();
  readonly #batches: BatchRun[] = [];
  #keep = true;
  #lastTask = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Workers there are. */
  get size(): number {
    return this.#members.size;
  }

  /** Runs `jobs` beside whatever else runs. */
  run(jobs: readonly Job[], listener: Listener): Batch {
    const batch = new BatchRun(jobs, listener);
    if (batch.queue.length === 0) batch.settle();
    else {
      this.#batches.push(batch);
      this.#fill();
      this.#dispatch();
    }
    return { finished: batch.outcome.promise, cancel: () => this.#cancel(batch) };
  }

  /** Whether nothing is trained here. */
  get idle(): boolean {
    return this.#batches.length === 0;
  }

  /** Settles as soon as nothing is trained here. */
  async untilIdle(): Promise<void> {
    while (!this.idle) await Promise.allSettled(this.#batches.map(({ outcome }) => outcome.promise));
  }

  /** Starts a few workers for a sweep that may come; they end like those that have had one. */
  warm(): void {
    if (!this.#keep || this.#members.size > 0) return;
    while (this.#members.size < Math.min(WARM, this.#options.size)) if (!this.#open()) return;
    this.#rest();
  }

  /** Whether workers without a task are kept for a while (a page that is seen) or ended at once. */
  keep(keep: boolean): void {
    this.#keep = keep;
    this.#rest();
  }

  /** Ends every worker; batches that run are cancelled. */
  close(): void {
    this.#keep = false;
    for (const batch of [...this.#batches]) this.#giveUp(batch);
    for (const member of [...this.#members]) this.#end(member);
    clearTimeout(this.#timer);
  }

  /** As many workers as there are trainings to do, up to the machine's cores. */
  #fill(): void {
    const wanted = this.#batches.reduce((sum, batch) => sum + batch.open, 0);
    while (this.#members.size < Math.min(this.#options.size, wanted)) if (!this.#open()) return;
  }

  #open(): boolean {
    let worker: SweepWorker;
    try {
      worker = this.#options.create();
    } catch (thrown) {
      this.#unavailable(fail("worker_lost", "", `A worker could not be started: ${String(thrown)}`).toJSON());
      return false;
    }
    const member: Member = { worker, ready: false, task: null, seeds: new Set() };
    this.#members.add(member);
    worker.onmessage = (event) => this.#receive(member, event.data);
    const lost = (message: string): void => this.#lose(member, { code: "panic", path: "", message });
    worker.onerror = (event) => {
      event.preventDefault?.();
      lost(`A worker stopped unexpectedly: ${event.message || "no reason given"}`);
    };
    worker.onmessageerror = () => lost("A worker sent something unreadable.");
    worker.postMessage({ type: "init", engine: this.#options.engine() });
    return true;
  }

  #end(member: Member): void {
    const { worker } = member;
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
    this.#members.delete(member);
  }

  /** Gives every free worker something to do. */
  #dispatch(): void {
    let idle = 0;
    for (const member of this.#members) {
      if (!member.ready || member.task !== null) continue;
      const task = this.#next(member);
      if (task === null) idle += 1;
      else this.#start(member, task);
    }
    if (idle > 0) this.#divide(idle);
    if (this.#batches.length === 0) this.#rest();
  }

  /** A task for `member`: of the batch that has the fewest at work, best one whose teacher it has. */
  #next(member: Member): Task | null {
    const fewest = this.#batches
      .filter(({ queue }) => queue.length > 0)
      .sort((one, other) => one.running.size - other.running.size)[0];
    if (fewest === undefined) return null;
    const { queue } = fewest;
    const others = [...this.#members].filter((other) => other !== member);
    const own = queue.findIndex(({ seed }) => member.seeds.has(seed));
    const free = queue.findIndex(({ seed }) => others.every(({ seeds }) => !seeds.has(seed)));
    return queue.splice(own >= 0 ? own : Math.max(0, free), 1)[0] ?? null;
  }

  #start(member: Member, task: Task): void {
    task.id = ++this.#lastTask;
    member.task = task;
    member.seeds.add(task.seed);
    task.batch.running.add(task);
    const { configs, data = [] } = task.job;
    member.worker.postMessage({
      type: "train",
      job: task.id,
      configs: task.indices.flatMap((i) => configs[i] ?? []),
      seed: task.seed,
      from: task.from,
      data,
    });
    // It may be large, and is not needed again.
    task.from = null;
  }

  /** Asks the workers with most left to give some of it away, one for each idle worker. */
  #divide(idle: number): void {
    const busy = [...this.#members].flatMap((member) => (member.task === null ? [] : [{ member, task: member.task }]));
    const asked = busy.filter(({ task }) => task.asked).length;
    const rich = busy
      .filter(({ task }) => !task.asked && !task.batch.cancelled && waiting(task) > 0)
      .sort((one, other) => waiting(other.task) - waiting(one.task));
    for (const { member, task } of rich.slice(0, Math.max(0, idle - asked))) {
      task.asked = true;
      member.worker.postMessage({ type: "give", job: task.id });
    }
  }

  #receive(member: Member, message: FromSweeper): void {
    if (message.type === "ready") {
      member.ready = true;
      return this.#dispatch();
    }
    if (message.type === "failed" && (message.job === 0 || message.error.code === "panic")) {
      return this.#lose(member, message.error);
    }
    const { task } = member;
    if (task === null || task.id !== message.job) return;
    switch (message.type) {
      case "row":
        return task.batch.row(task, message.valueIndex, message.result);
      case "rowFailed":
        return task.batch.rowFailed(task, message.valueIndex, message.error);
      case "progress":
        return task.batch.progress(task, message.steps > 0 ? message.step / message.steps : 0);
      case "given":
        task.batch.split(task, message.values, message.from);
        return this.#dispatch();
      case "failed":
        task.batch.failed(task, message.error);
        break;
      case "done":
      case "cancelled":
        break;
    }
    member.task = null;
    this.#finish(task);
    this.#dispatch();
  }

  #finish(task: Task): void {
    const { batch } = task;
    batch.end(task);
    if (batch.queue.length === 0 && batch.running.size === 0) this.#settle(batch);
  }

  #settle(batch: BatchRun): void {
    const at = this.#batches.indexOf(batch);
    if (at >= 0) this.#batches.splice(at, 1);
    batch.settle();
  }

  /** The worker is gone; its job fails, and another worker does what is left. */
  #lose(member: Member, reason: DistillError): void {
    const { task, ready } = member;
    this.#end(member);
    if (task !== null) {
      task.batch.failed(task, reason);
      this.#finish(task);
    } else if (!ready) return this.#unavailable(reason);
    this.#fill();
    this.#dispatch();
  }

  /** A worker never got ready, and another one would not either: the rest do what there is to do, if there are any. */
  #unavailable(reason: DistillError): void {
    if (this.#members.size > 0) return;
    for (const batch of [...this.#batches]) {
      batch.fails(reason);
      batch.queue.length = 0;
      this.#settle(batch);
    }
  }

  #cancel(batch: BatchRun): void {
    if (!this.#batches.includes(batch) || batch.cancelled) return;
    batch.cancel();
    if (batch.running.size === 0) {
      this.#settle(batch);
      return this.#dispatch();
    }
    for (const { task, worker } of this.#members) {
      if (task?.batch === batch) worker.postMessage({ type: "cancel", job: task.id });
    }
    setTimeout(() => {
      if (!this.#batches.includes(batch)) return;
      this.#giveUp(batch);
      this.#fill();
      this.#dispatch();
    }, GRACE_MS);
  }

  /** Ends the workers of a batch that do not stop by themselves. */
  #giveUp(batch: BatchRun): void {
    batch.cancel();
    for (const member of [...this.#members]) if (member.task?.batch === batch) this.#end(member);
    batch.running.clear();
    this.#settle(batch);
  }

  /** Workers with nothing to do end now, or after a while in which nothing has come. */
  #rest(): void {
    clearTimeout(this.#timer);
    if (this.#batches.length > 0) return;
    const end = (): void => {
      if (this.#batches.length > 0) return;
      for (const member of [...this.#members]) this.#end(member);
    };
    if (this.#keep) this.#timer = setTimeout(end, KEEP_MS);
    else end();
  }
}

/** Values that a task has not begun, as far as is known here. */
function waiting(task: Task): number {
  return task.indices.length - task.rows - 1;
}
