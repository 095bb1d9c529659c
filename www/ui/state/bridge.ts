/**
 * The page's end of the lab worker: starts it, pairs questions with answers, and when it crashes starts another one
 * and tells everyone who waits. A promise made here always settles.
 */
import type { Config } from "../../shared/engine_types";
import { type DistillError, LabError, fail } from "../../shared/errors";
import type { DataSource, EngineSource, FromLab, SuppliedData, ToLab } from "../../shared/protocol";
import { type Deferred, deferred } from "./deferred";

/** The part of `Worker` that is used, so that a test can be one. */
export interface WorkerLike<In, Out> {
  postMessage(message: In): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Out>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}
export type LabWorker = WorkerLike<ToLab, FromLab>;

/** Messages that are answered under their id, and their answers. */
type Request = Extract<ToLab, { id: number }>;
export type Reply = Extract<FromLab, { id: number }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
export type Question = WithoutId<Request>;

interface BridgeOptions {
  create(): LabWorker;
  engine: EngineSource;
  /** Where data is fetched; nowhere unless given. */
  source?: DataSource;
  /** Data that every worker has from its beginning; asked whenever one starts. */
  supplied?(): readonly SuppliedData[];
  /** Everything that is not an answer to a question. */
  onMessage(message: Exclude<FromLab, { id: number }>): void;
  /** The worker is gone and another one is starting (or not, if it keeps crashing). */
  onCrash(error: DistillError): void;
  /** No worker before the first message. */
  asleep?: boolean;
  /** What brings a worker that starts after a sleep to where the one before it was; null: nothing. */
  replay?(): Replay | null;
}

/** How a worker gets to where a run stood. Until it is there, whatever is about the run waits, and nothing of the run is told. */
export interface Replay {
  run: number;
  /** What the run is made of; null: the worker has made it. */
  config: Config | null;
  /** Training steps to do; null: all, to the run's end. */
  steps: number | null;
}

/** A replay that is on its way. */
interface Replaying {
  run: number;
  /** Messages about the run that wait for its end. */
  held: ToLab[];
  /** Whether the run has yet to begin, so that samples can still be looked at. */
  glance: boolean;
  ended: Deferred<void>;
}

/** A worker that dies this often without ever getting ready is not started again. */
const MOST_FAILED_STARTS = 3;

export class LabBridge {
  readonly #options: BridgeOptions;
  readonly #waiting = new Map<number, Deferred<Reply>>();
  readonly #drags = new Map<string, Drag>();
  #worker: LabWorker | null = null;
  #nextId = 1;
  #failedStarts = 0;
  #asleep: boolean;
  #replay: Replaying | null = null;

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.#asleep = options.asleep ?? false;
    if (!this.#asleep) this.#start();
  }

  /** Whether there is a worker to ask, or will be one when it is asked. */
  get alive(): boolean {
    return this.#worker !== null || this.#asleep;
  }

  /** Ends the worker until the next message is sent; false, and nothing done, while someone waits for an answer. */
  sleep(): boolean {
    if (this.#asleep) return true;
    if (this.#waiting.size > 0 || this.#replay !== null || this.#worker === null) return false;
    this.#stop();
    this.#asleep = true;
    return true;
  }

  /** Has a worker from now on. */
  wake(): void {
    if (!this.#asleep) return;
    this.#asleep = false;
    this.#start();
    const replay = this.#options.replay?.() ?? null;
    if (replay !== null) this.replay(replay);
  }

  /**
   * Brings the worker, unheard, to where a run stood; settles when it is there or turns elsewhere. Where it sleeps, waking it does
   * that. `glance`: samples that are asked for at once are answered before, of logits that are the same in that run, or of none.
   */
  replay({ run, config, steps }: Replay, glance = false): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return Promise.resolve();
    if (config !== null) this.#post({ type: "prepare", run, config });
    if (steps === 0) return Promise.resolve();
    const replay: Replaying = { run, held: [], glance, ended: deferred() };
    this.#replay = replay;
    const begin = (): void => {
      if (this.#replay !== replay) return;
      replay.glance = false;
      if (steps === null) return worker.postMessage({ type: "resume", run });
      const id = this.#nextId++;
      const reply = deferred<Reply>();
      this.#waiting.set(id, reply);
      worker.postMessage({ type: "step", run, n: steps, id });
      const goOn = (): void => {
        if (this.#replay === replay) this.#replayed();
      };
      reply.promise.then(goOn, goOn);
    };
    // After what is drawn now has asked.
    if (glance) setTimeout(begin);
    else begin();
    return replay.ended.promise;
  }

  #replayed(): void {
    const replay = this.#replay;
    this.#replay = null;
    for (const message of replay?.held ?? []) this.#worker?.postMessage(message);
    replay?.ended.resolve();
  }

  #post(message: ToLab): void {
    const replay = this.#replay;
    // Only what is about the run waits for it; and for a run that another one replaces nothing does.
    const wait = replay !== null && "run" in message && message.type !== "prepare" && message.type !== "configure";
    if (wait && !(replay.glance && isSample(message))) replay.held.push(message);
    else this.#worker?.postMessage(message);
    if (message.type === "prepare") this.#replayed();
  }

  send(message: Exclude<ToLab, Request>): void {
    this.wake();
    this.#post(message);
  }

  /** `signal`: the caller does not want the answer any more, and is refused where it is still to come. */
  ask(question: Question, signal?: AbortSignal): Promise<Reply> {
    this.wake();
    if (this.#worker === null) return Promise.reject(fail("worker_lost", "", "The lab's worker could not be started."));
    const id = this.#nextId++;
    const reply = deferred<Reply>();
    this.#waiting.set(id, reply);
    this.#post({ ...question, id } as Request);
    signal?.addEventListener("abort", () => {
      if (this.#waiting.has(id)) this.#post({ type: "forget", asked: id });
    });
    return reply.promise;
  }

  /**
   * For questions asked again with every move of a drag: one at a time is on its way, and of those that come
   * meanwhile only the newest is sent. Callers of the others get the newest one's answer.
   */
  askLatest(subject: string, question: Question): Promise<Reply> {
    const drag = this.#drags.get(subject);
    if (drag === undefined) {
      this.#drags.set(subject, { next: null });
      return this.#askNow(subject, question);
    }
    if (drag.next === null) drag.next = { question, reply: deferred() };
    else drag.next.question = question;
    return drag.next.reply.promise;
  }

  async #askNow(subject: string, question: Question): Promise<Reply> {
    try {
      return await this.ask(question);
    } finally {
      const next = this.#drags.get(subject)?.next ?? null;
      if (next === null) this.#drags.delete(subject);
      else {
        this.#drags.set(subject, { next: null });
        this.#askNow(subject, next.question).then(next.reply.resolve, next.reply.reject);
      }
    }
  }

  /** Ends the worker; callers that wait are told. */
  close(): void {
    this.#stop();
    this.#asleep = false;
    this.#rejectAll({ code: "cancelled", path: "", message: "The lab was closed." });
  }

  #start(): void {
    let worker: LabWorker;
    try {
      worker = this.#options.create();
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      // Reported in a task of its own: the maker of the bridge does not have it yet.
      queueMicrotask(() => this.#crash(`The lab's worker could not be started: ${reason}`));
      return;
    }
    this.#worker = worker;
    worker.onmessage = (event) => this.#receive(event.data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#crash(`The lab's worker stopped unexpectedly: ${event.message || "no reason given"}`);
    };
    worker.onmessageerror = () => this.#crash("The lab's worker sent something unreadable.");
    const { engine, source = null, supplied } = this.#options;
    worker.postMessage({ type: "init", engine, source, supplied: supplied?.() ?? [] });
  }

  #receive(message: FromLab): void {
    if (message.type === "ready") this.#failedStarts = 0;
    if ("id" in message) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      // Another run has taken the place of the one that is brought back.
      if (message.type === "configured" && message.run !== null) this.#replayed();
      if (message.type === "refused") waiting?.reject(new LabError(message.error));
      else waiting?.resolve(message);
      return;
    }
    if (message.type === "failed" && message.error.code === "panic") return this.#crash(message.error);
    if (message.type === "failed" && message.run === 0) return this.#crash(message.error);
    // The page knows what a replay says; a failure ends it as well as its end does.
    if (this.#replay !== null && "run" in message && message.run === this.#replay.run) {
      if (message.type === "done" || message.type === "failed") this.#replayed();
      return;
    }
    this.#options.onMessage(message);
  }

  #crash(reason: string | DistillError): void {
    const error = typeof reason === "string" ? { code: "panic", path: "", message: reason } : reason;
    this.#stop();
    this.#failedStarts += 1;
    const again = this.#failedStarts < MOST_FAILED_STARTS;
    if (again) this.#start();
    this.#rejectAll(error);
    this.#options.onCrash(error);
  }

  #stop(): void {
    this.#replay?.ended.resolve();
    this.#replay = null;
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
  }

  #rejectAll(error: DistillError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(new LabError(error));
  }
}

interface Drag {
  next: { question: Question; reply: Deferred<Reply> } | null;
}

function isSample(message: ToLab): boolean {
  return message.type === "ask" && message.query.kind === "sample";
}
