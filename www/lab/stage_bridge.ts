/**
 * The way to the stage's own worker, which brings trainings of its own to the step that is looked at: the run in the lab's worker
 * goes on undisturbed. One question is on its way, of those that come meanwhile only the newest is asked.
 */
import type { EngineSource } from "../shared/protocol";
import type { FromStage, ShowStage, StageQuery, ToStage } from "../shared/stage_protocol";
import type { DistillError } from "../shared/errors";
import type { WorkerLike } from "../ui/state/bridge";

export type StageWorker = WorkerLike<ToStage, FromStage>;
/** What is to be shown. */
export type Showing = Omit<ShowStage, "type" | "ticket">;
/** What the worker says of it. */
export type Told = Extract<FromStage, { type: "facts" | "shown" | "curve" | "choice" | "answer" }>;

export interface StageBridgeOptions {
  create(): StageWorker;
  /** Asked whenever a worker starts. */
  engine(): EngineSource;
  /** Of the newest question alone. */
  onTold(told: Told, of: Showing): void;
  onRefused(error: DistillError, of: Showing): void;
}

/** Work that takes longer than this is given up for a newer question; shorter work is shown first, so that a drag shows something. */
const PATIENCE_MS = 150;
/** A worker that dies this often without an answer is not started again. */
const MOST_FAILED_STARTS = 3;

interface OnItsWay {
  showing: Showing;
  ticket: number;
  since: number;
  /** Whether its picture has come. What follows it, curves for one, holds nothing up. */
  shown: boolean;
}

export class StageBridge {
  readonly #options: StageBridgeOptions;
  #worker: StageWorker | null = null;
  #ticket = 0;
  #flying: OnItsWay | null = null;
  #next: Showing | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failedStarts = 0;

  constructor(options: StageBridgeOptions) {
    this.#options = options;
  }

  /** Whether a picture is still to come. */
  get busy(): boolean {
    return this.#flying !== null && !this.#flying.shown;
  }

  show(showing: Showing): void {
    if (this.#worker === null && !this.#start(showing)) return;
    const flying = this.#flying;
    if (flying === null || flying.shown) return this.#send(showing);
    this.#next = showing;
    clearTimeout(this.#timer);
    // The worker drops what it is at as soon as it hears of something newer.
    this.#timer = setTimeout(() => this.#sendNext(), Math.max(0, flying.since + PATIENCE_MS - performance.now()));
  }

  /** Asks more about what was shown last; what comes after it takes the answer's place. */
  ask(query: StageQuery): void {
    if (this.#flying?.shown === true) {
      this.#worker?.postMessage({ type: "ask", ticket: this.#flying.ticket, id: 0, query });
    }
  }

  /** Ends the worker; the next question starts another one. */
  close(): void {
    clearTimeout(this.#timer);
    this.#flying = null;
    this.#next = null;
    const worker = this.#worker;
    this.#worker = null;
    if (worker === null) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
  }

  #start(showing: Showing): boolean {
    try {
      const worker = this.#options.create();
      this.#worker = worker;
      worker.onmessage = (event) => this.#receive(event.data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.#lost(`The stage's worker stopped unexpectedly: ${event.message || "no reason given"}`);
      };
      worker.onmessageerror = () => this.#lost("The stage's worker sent something unreadable.");
      worker.postMessage({ type: "init", engine: this.#options.engine() });
      return true;
    } catch (thrown) {
      const message = `The stage's worker could not be started: ${String(thrown)}`;
      this.#options.onRefused({ code: "worker_lost", path: "", message }, showing);
      return false;
    }
  }

  #send(showing: Showing): void {
    const worker = this.#worker;
    if (worker === null) return;
    const ticket = ++this.#ticket;
    this.#flying = { showing, ticket, since: performance.now(), shown: false };
    worker.postMessage({ ...showing, type: "show", ticket });
  }

  #sendNext(): void {
    clearTimeout(this.#timer);
    const next = this.#next;
    this.#next = null;
    if (next !== null) this.#send(next);
  }

  #receive(message: FromStage): void {
    if (message.type === "failed") return this.#lost(message.error);
    const flying = this.#flying;
    // Else the answer to something that a newer question has replaced.
    if (message.type === "ready" || message.ticket !== flying?.ticket) return;
    this.#failedStarts = 0;
    switch (message.type) {
      case "refused":
        // Else what was asked about a picture, which stands.
        if (message.id === null) this.#flying = null;
        this.#options.onRefused(message.error, flying.showing);
        break;
      case "shown":
        flying.shown = true;
        this.#options.onTold(message, flying.showing);
        break;
      case "facts":
      case "curve":
      case "choice":
      case "answer":
        this.#options.onTold(message, flying.showing);
        break;
    }
    if (!this.busy) this.#sendNext();
  }

  /** The worker is gone. What was asked last is asked once more of another one, unless workers keep dying. */
  #lost(reason: string | DistillError): void {
    const error = typeof reason === "string" ? { code: "worker_lost", path: "", message: reason } : reason;
    const showing = this.#next ?? this.#flying?.showing ?? null;
    this.close();
    this.#failedStarts += 1;
    if (showing === null) return;
    if (this.#failedStarts < MOST_FAILED_STARTS) return this.show(showing);
    this.#failedStarts = 0;
    this.#options.onRefused(error, showing);
  }
}
