/**
 * Reads a user's file: its bytes in the chunks in which they come, its records in slices, between which another choice
 * can come and takes the place of the one at work.
 */
import { toDistillError } from "../shared/errors";
import type { FromTable, SuppliedData, ToTable } from "../shared/protocol";
import type { TableChoices, TableRefusal, TableReport } from "../shared/table";

/** The reader in wasm; what it throws is an Error whose message is the JSON of a refusal. */
export interface EngineReader {
  push(bytes: Uint8Array): void;
  begin(choices: string): void;
  advance(records: number): boolean;
  progress(): number;
  layout(): string;
  report(): string;
  features(): Float32Array;
  labels(): Int32Array;
}

export interface TablePorts {
  post(message: FromTable): void;
  now(): number;
  nextTask(task: () => void): void;
}

/** How long records are read before the messages that wait have their turn, in steps that are short against it. */
const SLICE_MS = 8;
const RECORDS = 32;
/** Progress bars need no more. */
const POST_EVERY_MS = 50;
/** Share of the bar that stands for fetching the bytes. */
const BYTES_SHARE = 0.2;

export class TableRunner {
  readonly #create: (size: number) => EngineReader;
  readonly #ports: TablePorts;
  #reader: EngineReader | null = null;
  #turn = 0;
  #lastPost = 0;

  constructor(create: (size: number) => EngineReader, ports: TablePorts) {
    this.#create = create;
    this.#ports = ports;
  }

  receive(message: ToTable): void {
    if (message.type === "init") return;
    this.#turn = message.turn;
    if (message.type === "read") void this.#read(message.turn, message.file, message.choices);
    else this.#begin(message.turn, message.choices);
  }

  async #read(turn: number, file: Blob, choices: TableChoices): Promise<void> {
    try {
      const reader = this.#create(file.size);
      const chunks = file.stream().getReader();
      let bytes = 0;
      for (;;) {
        const { done, value } = await chunks.read();
        if (turn !== this.#turn) return;
        if (done) break;
        reader.push(value);
        bytes += value.length;
        this.#progress(turn, (BYTES_SHARE * bytes) / Math.max(1, file.size));
      }
      this.#reader = reader;
      this.#begin(turn, choices);
    } catch (thrown) {
      this.#refuse(turn, thrown);
    }
  }

  #begin(turn: number, choices: TableChoices): void {
    const reader = this.#reader;
    // Its bytes are still coming: what was chosen meanwhile is begun with when they are there, by the next question.
    if (reader === null) return;
    try {
      reader.begin(JSON.stringify(choices));
      this.#tick(turn, reader);
    } catch (thrown) {
      this.#refuse(turn, thrown);
    }
  }

  #tick(turn: number, reader: EngineReader): void {
    this.#ports.nextTask(() => {
      if (turn !== this.#turn) return;
      try {
        const until = this.#ports.now() + SLICE_MS;
        let done = reader.advance(RECORDS);
        while (!done && this.#ports.now() < until) done = reader.advance(RECORDS);
        if (done) this.#finish(turn, reader);
        else {
          this.#progress(turn, BYTES_SHARE + (1 - BYTES_SHARE) * reader.progress());
          this.#tick(turn, reader);
        }
      } catch (thrown) {
        this.#refuse(turn, thrown);
      }
    });
  }

  #finish(turn: number, reader: EngineReader): void {
    const report = JSON.parse(reader.report()) as TableReport;
    const data: SuppliedData | null =
      report.refusal !== null
        ? null
        : {
            hash: report.hash,
            numbers: report.numbers,
            features: report.features.length,
            values: new Blob([reader.features() as Float32Array<ArrayBuffer>]),
            wide: true,
            // There are at most 100 classes.
            labels: new Blob([Uint8Array.from(reader.labels())]),
            classes: report.classes.map(({ name }) => name),
          };
    this.#ports.post({ type: "read", turn, report, data });
  }

  #refuse(turn: number, thrown: unknown): void {
    const refusal = toRefusal(thrown);
    if (refusal === null) return this.#ports.post({ type: "failed", error: toDistillError(thrown) });
    const layout = this.#reader === null ? null : JSON.parse(this.#reader.layout());
    this.#ports.post({ type: "refused", turn, refusal, layout });
  }

  #progress(turn: number, share: number): void {
    const now = this.#ports.now();
    if (now - this.#lastPost < POST_EVERY_MS) return;
    this.#lastPost = now;
    this.#ports.post({ type: "progress", turn, share });
  }
}

/** null: what was thrown is no refusal, so that the reader is broken, or the file could not be read at all. */
function toRefusal(thrown: unknown): TableRefusal | null {
  if (!(thrown instanceof Error)) return null;
  if (thrown.name === "NotReadableError" || thrown.name === "NotFoundError") {
    const message =
      "the browser could not read the file: has it been moved, or changed since it was chosen? Choose it again";
    return { code: "unreadable", line: null, column: null, message };
  }
  if (!thrown.message.startsWith("{")) return null;
  return JSON.parse(thrown.message) as TableRefusal;
}
