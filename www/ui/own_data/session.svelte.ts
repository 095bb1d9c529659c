/** A user's file being read: the worker that reads it, how far it is, what it found. Nothing of it is stored. */
import type { EngineSource, FromTable, SuppliedData, ToTable } from "../../shared/protocol";
import type { TableChoices, TableLayout, TableRefusal, TableReport } from "../../shared/table";
import type { WorkerLike } from "../state/bridge";

export type TableWorker = WorkerLike<ToTable, FromTable>;
export interface SessionOptions {
  create(): TableWorker;
  engine(): EngineSource;
}

/** What is shown when nothing is being read. */
interface Settled {
  file: string;
  state: "empty" | "read" | "refused";
  report: TableReport | null;
  refusal: TableRefusal | null;
  layout: TableLayout | null;
  choices: TableChoices;
  data: SuppliedData | null;
  blob: Blob | null;
}
const EMPTY: Settled = {
  file: "",
  state: "empty",
  report: null,
  refusal: null,
  layout: null,
  choices: {},
  data: null,
  blob: null,
};

/** Most characters of a file's name that go into the config. */
const MOST_NAME = 80;

export class TableSession {
  /** The file's name; empty: none was given. */
  file = $state("");
  state = $state<"empty" | "reading" | "read" | "refused">("empty");
  /** Share that has been read, 0 to 1. */
  share = $state(0);
  report = $state.raw<TableReport | null>(null);
  refusal = $state.raw<TableRefusal | null>(null);
  /** How a refused file was taken. */
  layout = $state.raw<TableLayout | null>(null);
  choices = $state.raw<TableChoices>({});
  data = $state.raw<SuppliedData | null>(null);
  /** Goes up with each file, so that what was paged through starts at its beginning. */
  turn = $state(0);

  readonly #options: SessionOptions;
  #worker: TableWorker | null = null;
  #blob: Blob | null = null;
  #asked = 0;
  /** What was there before the reading at work, to come back where it is given up. */
  #before: Settled = EMPTY;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Reads a file, in place of the one before. */
  read(blob: Blob, name: string): void {
    this.#remember();
    this.#end();
    this.turn += 1;
    this.file = [...name.replace(/\p{Cc}/gu, "")].slice(0, MOST_NAME).join("");
    this.choices = {};
    this.layout = null;
    this.#blob = blob;
    this.#ask(blob);
  }

  /** Reads the same file otherwise. */
  choose(choices: TableChoices): void {
    if (this.#blob === null) return;
    this.#remember();
    this.choices = choices;
    // While bytes are still coming, or after a refusal of what they are, there is nothing to read again.
    if (this.#worker === null || this.report === null) {
      this.#end();
      this.#ask(this.#blob);
    } else this.#ask(null);
  }

  /** Gives the reading up, and its memory back; what was there before is there again. */
  cancel(): void {
    this.#end();
    const { blob, ...shown } = this.#before;
    Object.assign(this, shown);
    this.#blob = blob;
    this.turn += 1;
  }

  #remember(): void {
    const { file, state, report, refusal, layout, choices, data } = this;
    // A reading that gives way to another one has nothing to come back to.
    if (state !== "reading") this.#before = { file, state, report, refusal, layout, choices, data, blob: this.#blob };
  }

  #ask(file: Blob | null): void {
    const turn = ++this.#asked;
    this.state = "reading";
    this.share = 0;
    this.data = null;
    this.refusal = null;
    const choices = $state.snapshot(this.choices);
    const worker = (this.#worker ??= this.#start());
    if (file !== null) {
      this.report = null;
      worker?.postMessage({ type: "read", turn, file, choices });
    } else worker?.postMessage({ type: "choose", turn, choices });
  }

  #start(): TableWorker | null {
    try {
      const worker = this.#options.create();
      worker.onmessage = (event) => this.#receive(event.data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        this.#lost(event.message || "no reason given");
      };
      worker.onmessageerror = () => this.#lost("it sent something unreadable");
      worker.postMessage({ type: "init", engine: this.#options.engine() });
      return worker;
    } catch (thrown) {
      queueMicrotask(() => this.#lost(String(thrown)));
      return null;
    }
  }

  #end(): void {
    const worker = this.#worker;
    this.#asked += 1;
    this.#worker = null;
    if (worker === null) return;
    worker.onmessage = null;
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
  }

  #receive(message: FromTable): void {
    if (message.type === "failed") return this.#lost(message.error.message);
    if (message.turn !== this.#asked) return;
    switch (message.type) {
      case "progress":
        this.share = message.share;
        return;
      case "read":
        this.report = message.report;
        this.refusal = message.report.refusal;
        this.layout = message.report.layout;
        this.data = message.data;
        this.state = message.data === null ? "refused" : "read";
        return;
      case "refused":
        this.report = null;
        this.refusal = message.refusal;
        this.layout = message.layout ?? this.layout;
        this.state = "refused";
        // What was read is not worth its memory; another choice starts again.
        this.#end();
    }
  }

  #lost(reason: string): void {
    this.#end();
    const message = `The reader stopped unexpectedly: ${reason}. The file may be too large for this device's memory.`;
    this.refusal = { code: "reader_lost", line: null, column: null, message };
    this.report = null;
    this.state = "refused";
  }
}
