/**
 * Data that the engine does not hold and that can be fetched: it is fetched once for all that wait for it, a run or sweeps
 * that are to begin, and handed to the engine. Messages for a run that waits wait with it.
 */
import { type DistillError, toDistillError } from "../shared/errors";
import type { DataSource, SuppliedData, ToLab } from "../shared/protocol";
import { fetchMnist, forgetMnist, type Net, net, unpackMnist } from "./mnist10k";

export interface LoadingPorts {
  hash: string;
  /** Hands the data to the engine. */
  supply(data: SuppliedData): void;
  /** Bytes so far, of how many; null when nothing is under way any more. */
  onProgress(progress: { loaded: number; total: number } | null): void;
  /** The data is there, in the engine. */
  onSupplied(data: SuppliedData): void;
  onFailed(error: DistillError): void;
}

/** Everyone who waits: ids of questions, and a run with the messages that came for it. */
export interface Waiting {
  asks: number[];
  run: number | null;
  held: ToLab[];
}

export class Loading {
  readonly #ports: LoadingPorts;
  readonly #net: Net;
  source: DataSource = null;
  #abort: AbortController | null = null;
  #run: number | null = null;
  #held: ToLab[] = [];
  readonly #asks = new Set<number>();

  constructor(ports: LoadingPorts, world: Net = net) {
    this.#ports = ports;
    this.#net = world;
  }

  /** Whether run `run` waits for its data. */
  waits(run: number | null): boolean {
    return run !== null && this.#run === run;
  }

  /** Keeps a message until the run is there. */
  hold(message: ToLab): void {
    this.#held.push(message);
  }

  /** The run that waits is left; its messages. What is under way goes on until `rest`, since the next run may want it too. */
  leave(): ToLab[] {
    this.#run = null;
    return this.#held.splice(0);
  }

  /** Ends what is under way where nobody waits for it any more. */
  rest(): void {
    if (this.#run === null && this.#asks.size === 0) this.#end();
  }

  /** Run `run` waits from now on. */
  start(run: number): void {
    this.#run = run;
    this.#fetch();
  }

  /** Question `id` is answered when the data is there. */
  ask(id: number): void {
    this.#asks.add(id);
    this.#fetch();
  }

  /** The caller of question `id` has gone; whether it was waiting. */
  forget(id: number): boolean {
    const waited = this.#asks.delete(id);
    if (waited) this.rest();
    return waited;
  }

  /** A person's way out: everyone who waits is told. */
  stop(): void {
    this.#abort?.abort();
  }

  /** Files that a person chose, for a run that has no data yet. */
  files(run: number, files: readonly ArrayBuffer[]): void {
    this.#run = run;
    void this.#take(() => unpackMnist(files, this.#ports.hash));
  }

  /** Everyone who waits waits no more, and what is under way ends. */
  settle(): Waiting {
    const waiting = { asks: [...this.#asks], run: this.#run, held: this.leave() };
    this.#asks.clear();
    this.#end();
    return waiting;
  }

  #end(): void {
    if (this.#abort === null) return;
    this.#abort.abort();
    this.#abort = null;
    this.#ports.onProgress(null);
  }

  #fetch(): void {
    const { hash } = this.#ports;
    // Another setting, or somebody else who waits, does not begin a download again.
    if (this.#abort !== null && !this.#abort.signal.aborted) return;
    this.#ports.onProgress({ loaded: 0, total: 0 });
    void this.#take((signal) => {
      const onProgress = (loaded: number, total: number): void => {
        if (this.#abort?.signal === signal) this.#ports.onProgress({ loaded, total });
      };
      return fetchMnist({ source: this.source, hash, signal, onProgress }, this.#net);
    });
  }

  async #take(get: (signal: AbortSignal) => Promise<SuppliedData>): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const data = await get(abort.signal);
      if (this.#abort !== abort) return;
      this.#ports.supply(data);
      this.#ports.onSupplied(data);
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (error.code === "damaged_data") await forgetMnist(this.source, this.#net);
      if (this.#abort === abort) this.#ports.onFailed(error);
    }
  }
}
