/**
 * A run that waits for data which the engine does not hold: the data is fetched, handed to the engine, and the run is
 * prepared again. Messages for the run that come meanwhile wait with it.
 */
import { toDistillError } from "../shared/errors";
import type { DistillError } from "../shared/model";
import type { DataSource, SuppliedData, ToLab } from "../shared/protocol";
import { fetchMnist, forgetMnist, type Net, net, unpackMnist } from "./mnist10k";

export interface LoadingPorts {
  hash: string;
  supply(data: SuppliedData): void;
  onProgress(run: number, loaded: number, total: number): void;
  /** The data is there, in the engine. */
  onSupplied(run: number, data: SuppliedData): void;
  onFailed(run: number, error: DistillError): void;
}

export class Loading {
  readonly #ports: LoadingPorts;
  readonly #net: Net;
  source: DataSource = null;
  #abort: AbortController | null = null;
  #run = 0;
  #held: ToLab[] = [];

  constructor(ports: LoadingPorts, world: Net = net) {
    this.#ports = ports;
    this.#net = world;
  }

  /** Whether run `run` waits for its data. */
  waits(run: number): boolean {
    return this.#abort !== null && run === this.#run;
  }

  /** Keeps a message until the run is there. */
  hold(message: ToLab): void {
    this.#held.push(message);
  }

  /** The messages that waited, for a run that is left; what is under way goes on, since the next run may want it too. */
  leave(): ToLab[] {
    return this.#held.splice(0);
  }

  /** Ends what is under way; returns the messages that waited. */
  end(): ToLab[] {
    this.#abort?.abort();
    this.#abort = null;
    return this.#held.splice(0);
  }

  /** A person's way out: the run fails, saying so. */
  stop(run: number): void {
    if (this.waits(run)) this.#abort?.abort();
  }

  start(run: number): void {
    const { hash } = this.#ports;
    const underWay = this.#abort !== null && !this.#abort.signal.aborted;
    this.#run = run;
    this.#ports.onProgress(run, 0, 0);
    // Another setting does not begin a download anew.
    if (underWay) return;
    const onProgress = (loaded: number, total: number): void => {
      if (this.#abort !== null) this.#ports.onProgress(this.#run, loaded, total);
    };
    void this.#take(run, (signal) => fetchMnist({ source: this.source, hash, signal, onProgress }, this.#net));
  }

  /** Files that a person chose, for a run that has no data yet. */
  files(run: number, files: readonly ArrayBuffer[]): void {
    void this.#take(run, () => unpackMnist(files, this.#ports.hash));
  }

  async #take(run: number, get: (signal: AbortSignal) => Promise<SuppliedData>): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#run = run;
    try {
      const data = await get(abort.signal);
      if (this.#abort !== abort) return;
      this.#ports.supply(data);
      this.#ports.onSupplied(this.#run, data);
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (error.code === "damaged_data") await forgetMnist(this.source, this.#net);
      if (this.#abort === abort) this.#ports.onFailed(this.#run, error);
    }
  }
}
