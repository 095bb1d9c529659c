/**
 * A run's life between the lab and its worker: made for a config, begun, held, gone on with, brought to its end, replaced by the
 * next. What the worker says of it becomes the view's fields and the lab's events.
 */
import type { Config, Result } from "../../shared/engine_types";
import { type DistillError, LabError, fail } from "../../shared/errors";
import type { FromLab } from "../../shared/protocol";
import { toPoints } from "../../shared/points";
import type { LabBridge, Question, Replay } from "./bridge";
import { type Deferred, deferred } from "./deferred";
import type { Emitter } from "./events";
import { Finished } from "./finished";
import type { RunView } from "./run.svelte";

type OfRun = Extract<FromLab, { run: number }>;

export interface RunHost {
  view: RunView;
  emitter: Emitter;
  /** The way to the worker. */
  bridge: () => LabBridge;
  /** What a run is made of: the lab's config. */
  config: () => Config;
  /** The test figures of a run with this config are shown. */
  tried: (config: Config) => void;
}

export class RunLife {
  readonly #host: RunHost;
  #number = 0;
  /** The highest number that was given to a run. */
  #last = 0;
  /** Of the run at hand; null: there is none. */
  #config: Config | null = null;
  /** Whether the worker holds the experiment of the config; a crash takes it away. */
  #prepared = false;
  #outcome: Deferred<Result> | null = null;
  readonly #finished = new Finished();

  constructor(host: RunHost) {
    this.#host = host;
  }

  /** By which the worker knows it. */
  get number(): number {
    return this.#number;
  }

  /** What the run at hand is made of; null: there is none. */
  get config(): Config | null {
    return this.#config;
  }

  /** A number for a run that the worker is asked to make with its config; see `adopt`. */
  next(): number {
    return ++this.#last;
  }

  /** Makes the config's run, idle, in place of the one at hand. */
  prepare(): void {
    this.#renew(this.next());
    this.#host.bridge().wake();
    this.#prepared = true;
    const config = this.#host.config();
    this.#config = config;
    this.#host.bridge().send({ type: "prepare", run: this.#number, config });
  }

  /** Takes run `run`, which the worker has made of the config, in place of the one at hand. `recall`: shown as it ended, where it did. */
  adopt(run: number, recall: boolean): void {
    // The run at hand was made again meanwhile, of the config before.
    if (run < this.#number) return this.prepare();
    this.#renew(run);
    this.#prepared = true;
    this.#config = this.#host.config();
    if (recall) this.#recall();
  }

  /**
   * Shows the run as it ended, unless it did not or that was too long ago. What is asked of it is answered as soon as the worker
   * has it again: to the bit, since a run is its config.
   */
  #recall(): void {
    const run = this.#finished.find(this.#host.config());
    if (run === null) return;
    this.#host.view.recall(run);
    const number = this.#number;
    const again = (): void => {
      if (number === this.#number) this.#host.view.again();
    };
    const replay = { run: number, config: null, steps: null };
    void this.#host.bridge().replay(replay, true).then(again);
    this.#tellStatus();
  }

  /** Turns away from the run at hand, for no other one yet. */
  abandon(): void {
    this.#renew(this.next());
  }

  /** What the worker still says of the run at hand is stale from now on. */
  #renew(number: number): void {
    this.giveUp(fail("cancelled", "", "The run was replaced before its end."));
    this.#prepared = false;
    this.#config = null;
    this.#number = number;
    this.#host.view.renew();
    this.#tellStatus();
  }

  /** Rejects what waits for the run's end. */
  giveUp(error: LabError): void {
    this.#outcome?.reject(error);
    this.#outcome = null;
  }

  /** Runs to the end: from where the run stands, or again after its end. */
  start(): Promise<Result> {
    const { state } = this.#host.view;
    if (state === "running" && this.#outcome !== null) return this.#outcome.promise;
    if (state === "done" || state === "failed" || !this.#prepared) this.prepare();
    const outcome = this.#outcome ?? deferred<Result>();
    this.#outcome = outcome;
    this.send("resume");
    return outcome.promise;
  }

  send(type: "resume" | "pause"): void {
    this.#host.bridge().send({ type, run: this.#number });
  }

  /** Goes on with the run, whose data was chosen by hand. */
  supply(files: ArrayBuffer[]): void {
    this.#host.bridge().send({ type: "supplyFiles", run: this.#number, files });
    this.send("resume");
  }

  /** Exactly n training steps on or back, fewer at the ends, then stands still. */
  async move(type: "step" | "back", n: number): Promise<void> {
    if (!this.#prepared) this.prepare();
    await this.#host.bridge().ask({ type, run: this.#number, id: 0, n } as Question);
  }

  /** What brings another worker to where the run stands; null where there is nothing to be brought. */
  replay(): Replay | null {
    const { state, step } = this.#host.view;
    if (state === "failed") this.#prepared = false;
    if (!this.#prepared) return null;
    return { run: this.#number, config: this.#host.config(), steps: state === "done" ? null : step };
  }

  /** Takes what the worker says of a run; of one that was abandoned nothing. */
  receive(message: OfRun): void {
    if (message.run !== this.#number) return;
    const { view, emitter } = this.#host;
    switch (message.type) {
      case "prepared":
        view.prepared(message);
        break;
      case "state":
        view.state = message.state;
        break;
      case "progress":
        view.progress(message);
        this.#tellProgress(message);
        return;
      case "done": {
        const { result } = message;
        view.done(result);
        this.#host.tried(result.config);
        this.#keep();
        this.#outcome?.resolve(result);
        this.#outcome = null;
        emitter.emit("result", result);
        break;
      }
      case "failed":
        this.#failed(message.error);
        break;
    }
    this.#tellStatus();
  }

  /** The worker is gone, and the experiment with it. */
  crashed(error: DistillError): void {
    this.#prepared = false;
    this.#failed(error);
    this.#tellStatus();
  }

  #keep(): void {
    const run = this.#host.view.whole();
    if (run !== null) this.#finished.keep(this.#host.config(), run);
  }

  #failed(error: DistillError): void {
    this.#host.view.failed(error);
    this.giveUp(new LabError(error));
    this.#host.emitter.emit("error", error);
  }

  #tellStatus(): void {
    const { state, phase, step, steps } = this.#host.view;
    this.#host.emitter.emit("status", { state, phase, step, steps });
  }

  #tellProgress(message: Extract<FromLab, { type: "progress" }>): void {
    const { view, emitter } = this.#host;
    if (!emitter.has("progress")) return;
    const points = toPoints(message.points);
    const { phase, step, steps } = view;
    const anew = message.anew ? { anew: true as const } : {};
    emitter.emit("progress", { phase, step, steps, points, ...anew });
  }
}
