/**
 * What the stage looks at, in its worker: a run of any config after any step, apart from the run at hand. Work happens in slices, and
 * messages are handled between two of them, so that what is newest wins and what is stale is dropped. Of a ticket these come, in this
 * order, as far as they are wanted: facts, shown, curve, choice.
 */
import type { Trains } from "../shared/engine_types";
import { type DistillError, toDistillError } from "../shared/errors";
import { type FromStage, type ShowStage, stageKey, type ToStage } from "../shared/stage_protocol";
import type { Engine, EngineStage } from "./engine";

export interface StagePorts {
  post(message: FromStage, transfer?: Transferable[]): void;
  /** Milliseconds. */
  now(): number;
  /** Runs a task after the messages that wait. */
  nextTask(task: () => void): void;
}

/** How long the engine works before the messages that wait have their turn. */
const SLICE_MS = 12;
/** The end of every run: the engine's numbers have 32 bits. */
const END = 2 ** 32 - 1;

/** A state to be gone to, and what is to be said there. */
interface Stop {
  step: number;
  /** Whether it is what is shown, and questions are of it. */
  shown: boolean;
  arrive(stage: EngineStage): void;
}

type Asked = Extract<ToStage, { type: "ask" }>;

export class StageRunner {
  readonly #engine: Engine;
  readonly #ports: StagePorts;
  #stage: EngineStage | null = null;
  /** What is to be shown, or is. */
  #show: ShowStage | null = null;
  #newest = Number.NEGATIVE_INFINITY;
  /** The stage, and where it has to go for that; null: it has not been turned to the config. */
  #at: { stage: EngineStage; stops: Stop[] } | null = null;
  #asks: Asked[] = [];
  #scheduled = false;
  #ms = 0;
  /** After a panic no part of the engine may be called again. */
  #broken: DistillError | null = null;

  constructor(engine: Engine, ports: StagePorts) {
    this.#engine = engine;
    this.#ports = ports;
    ports.post({ type: "ready" });
  }

  receive(message: ToStage): void {
    switch (message.type) {
      case "init":
        return;
      case "rest":
        return this.#drop(null);
      case "ask":
        if (message.ticket !== this.#show?.ticket) return;
        this.#asks.push(message);
        return this.#schedule();
      case "show":
        if (message.ticket <= this.#newest) return;
        this.#newest = message.ticket;
        this.#drop(message);
        return this.#schedule();
    }
  }

  #drop(next: ShowStage | null): void {
    this.#show = next;
    this.#at = null;
    this.#asks = [];
    this.#ms = 0;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#ports.nextTask(() => {
      this.#scheduled = false;
      this.#tick();
    });
  }

  #tick(): void {
    const show = this.#show;
    if (show === null) return;
    if (this.#broken !== null) return this.#ports.post({ type: "failed", error: this.#broken });
    try {
      const begin = this.#ports.now();
      const { stage, stops } = this.#at ?? this.#turn(show);
      const stop = stops[0];
      const stands = stop === undefined || stage.run_for(SLICE_MS);
      this.#ms += this.#ports.now() - begin;
      if (stands) {
        stop?.arrive(stage);
        // What is asked is of the state that is shown, before the stage goes on from it.
        if (stop?.shown !== false) this.#answer(show, stage);
        stops.shift();
        if (stops[0] !== undefined) stage.look(stops[0].step);
      }
      if (stops.length > 0) this.#schedule();
    } catch (thrown) {
      this.#refuse(show.ticket, null, thrown);
      this.#drop(null);
    }
  }

  /** Turns the stage to a config, and says where it has to go. */
  #turn(show: ShowStage): { stage: EngineStage; stops: Stop[] } {
    const { ticket, config, sample, temperature, units, curves = false, choice = false } = show;
    const key = stageKey(config);
    const step = Math.min(show.step, END);
    for (const one of show.data) this.#engine.supply(one);
    let trains: Trains = "all";
    if (this.#stage === null) this.#stage = this.#engine.stage(config, curves);
    else trains = this.#stage.aim(config, curves);
    const stage = this.#stage;
    if (show.facts === true) this.#post({ type: "facts", ticket, key, facts: stage.ask({ kind: "stage_facts" }) });
    stage.look(step);
    const stops: Stop[] = [
      {
        step,
        shown: true,
        arrive: () => {
          const begin = this.#ports.now();
          const view = stage.ask({ kind: "stage", sample, temperature, units });
          const ms = this.#ms + this.#ports.now() - begin;
          this.#post({ type: "shown", ticket, key, step: view.step, trains, ms, view });
        },
      },
    ];
    if (curves || choice) {
      const arrive = (): void => {
        if (curves) this.#post({ type: "curve", ticket, key, points: stage.points() });
        if (choice) this.#post({ type: "choice", ticket, key, choice: stage.ask({ kind: "stage_choice" }) });
      };
      stops.push({ step: END, shown: false, arrive }, { step, shown: true, arrive: () => undefined });
    }
    this.#at = { stage, stops };
    return this.#at;
  }

  #answer({ ticket }: ShowStage, stage: EngineStage): void {
    for (const { id, query } of this.#asks.splice(0)) {
      try {
        this.#post({ type: "answer", ticket, id, value: stage.ask(query) });
      } catch (thrown) {
        if (toDistillError(thrown).code === "panic") throw thrown;
        this.#refuse(ticket, id, thrown);
      }
    }
  }

  /** Numbers in bulk are given away: they need not be copied. */
  #post(message: FromStage): void {
    this.#ports.post(message, buffers(message));
  }

  #refuse(ticket: number, id: number | null, thrown: unknown): void {
    const error = toDistillError(thrown);
    if (error.code === "panic") {
      this.#broken = error;
      this.#ports.post({ type: "failed", error });
    } else this.#ports.post({ type: "refused", ticket, id, error });
  }
}

/** The buffers of every typed array in `value`. */
function buffers(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(buffers);
}
