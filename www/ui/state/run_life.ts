/**
 * A run's life between the lab and its worker: made for a config, begun, held, gone on with, brought to its end, replaced by the
 * next. What the worker says of it becomes the view's fields and the lab's events.
 */
import { fail, LabError } from "../../shared/errors";
import type { DistillError, Result } from "../../shared/model";
import type { FromLab } from "../../shared/protocol";
import type { LabBridge, Question, Replay } from "./bridge";
import { type Deferred, deferred } from "./deferred";
import type { Emitter, LabPoint } from "./events";
import { Finished } from "./finished";
import { toLabPoints } from "./points";
import type { RunView } from "./run.svelte";

type OfRun = Extract<FromLab, { run: number }>;

export interface RunHost {
  view: RunView;
  emitter: Emitter;
  /** The way to the worker. */
  bridge: () => LabBridge;
  /** What a run is made of: the lab's config. */
  config: () => string;
}

export class RunLife {
  readonly #host: RunHost;
  #number = 0;
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

  /** Makes the config's run, idle, in place of the one at hand. */
  prepare(): void {
    this.abandon();
    this.#host.bridge().wake();
    this.#prepared = true;
    this.#host.bridge().send({ type: "prepare", run: this.#number, config: this.#host.config() });
  }

  /**
   * The config's run as it ended, in place of the one at hand; false, and nothing done, where it did not or was too long ago. It is
   * shown at once, and what is asked of it is answered as soon as the worker has it again: to the bit, since a run is its config.
   */
  recall(): boolean {
    const run = this.#finished.find(this.#host.config());
    if (run === null) return false;
    this.abandon();
    this.#prepared = true;
    this.#host.view.recall(run);
    const replay = this.replay();
    const number = this.#number;
    const again = (): void => {
      if (number === this.#number) this.#host.view.again();
    };
    if (replay !== null) void this.#host.bridge().replay(replay, true).then(again);
    this.#tellStatus();
    return true;
  }

  /** Turns away from the run at hand; what the worker still says of it is stale. */
  abandon(): void {
    this.giveUp(fail("cancelled", "", "The run was replaced before its end."));
    this.#prepared = false;
    this.#number += 1;
    this.#host.view.renew();
    this.#tellStatus();
  }

  /** Refuses whoever waits for the run's end. */
  giveUp(error: LabError): void {
    this.#outcome?.reject(error);
    this.#outcome = null;
  }

  /** Runs to the end: from where the run stands, or anew after its end. */
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
    const prepare = { type: "prepare", run: this.#number, config: this.#host.config() } as const;
    return { prepare, steps: state === "done" ? null : step };
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
        const result = JSON.parse(message.result) as Result;
        view.done(result);
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
    const points: LabPoint[] = toLabPoints(message.points);
    const { phase, step, steps } = view;
    const anew = message.anew ? { anew: true as const } : {};
    emitter.emit("progress", { phase, step, steps, points, ...anew });
  }
}
