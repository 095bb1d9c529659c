/**
 * The lab worker's end of the page's messages: one run at a time, made, replaced and asked about; questions that need none; data
 * that is fetched or supplied. How a run trains is `Training`'s.
 *
 * Whatever is asked is answered: with its answer, or with "refused".
 */
import type { Config, Query } from "../shared/engine_types";
import { type DistillError, fail, toDistillError } from "../shared/errors";
import type { FromLab, SuppliedData, ToLab } from "../shared/protocol";
import { cancelled } from "./cancelled";
import type { Engine } from "./engine";
import { KeptRun } from "./kept_run";
import { layOver } from "./lay_over";
import { Loading } from "./loading";
import type { Net } from "./mnist10k";
import { runAnswer } from "./run_answer";
import { serviceAnswer } from "./service";
import { SpeedMeasurement } from "./speed";
import { Training, type TrainingPorts } from "./training";

/** What the runner needs of the world; tests bring a world of their own. */
export interface RunnerPorts extends Pick<TrainingPorts, "post" | "now" | "nextTask"> {
  /** Fetches and caches data; the browser's own unless given. */
  net?: Net;
}

/** What waits with a run that waits for its data. */
const HELD: ReadonlySet<ToLab["type"]> = new Set(["resume", "pause", "step", "ask"]);

export class LabRunner {
  readonly #engine: Engine;
  readonly #ports: RunnerPorts;

  #run = 0;
  /** The experiment of the run at hand; null: there is none, or it waits for its data. */
  #training: Training | null = null;
  /** Of the run at hand, to prepare it again once its data is there. */
  #config: Config | null = null;
  readonly #kept = new KeptRun();
  /** After a panic no part of the engine may be called again. */
  #broken: DistillError | null = null;

  readonly #loading: Loading;
  readonly #speed: SpeedMeasurement;
  readonly #ofTraining: TrainingPorts;

  constructor(engine: Engine, ports: RunnerPorts) {
    this.#engine = engine;
    this.#ports = ports;
    this.#loading = new Loading(
      {
        hash: engine.mnist10kHash(),
        supply: (data) => engine.supply(data),
        onProgress: (progress) => ports.post({ type: "loading", progress }),
        onSupplied: (data) => {
          ports.post({ type: "supplied", data });
          this.#arrived();
        },
        onFailed: (error) => this.#unavailable(error),
      },
      ports.net,
    );
    this.#speed = new SpeedMeasurement({
      nextTask: ports.nextTask,
      measured: (id, speed) => ports.post({ type: "measured", id, speed }),
      refuse: (id, error) => this.#refuse(id, error),
      threw: (error) => {
        if (error.code === "panic") this.#fail(error);
      },
    });
    this.#ofTraining = {
      ...ports,
      begins: () => {
        this.#kept.drop();
        this.#speed.end(cancelled());
      },
      threw: (error) => this.#fail(error),
    };
    const [presets, fields, methods] = [engine.presets(), engine.fields(), engine.methods()];
    const [version, dataSets, module] = [engine.version(), engine.dataSets(), engine.module];
    ports.post({ type: "ready", version, presets, fields, methods, dataSets, module });
  }

  receive(message: ToLab): void {
    if ("run" in message && HELD.has(message.type) && this.#loading.waits(message.run)) {
      return this.#loading.hold(message);
    }
    switch (message.type) {
      case "init":
        this.#loading.source = message.source;
        for (const data of message.supplied) this.#have(data);
        return;
      case "supply":
        return this.#supply(message.id, message.data);
      case "fetch":
        return this.#fetch(message.id, message.config);
      case "forget":
        if (this.#loading.forget(message.asked)) this.#refuse(message.asked, cancelled());
        return;
      case "supplyFiles":
        if (message.run === this.#run && this.#training === null) this.#loading.files(message.run, message.files);
        return;
      case "stopLoading":
        return this.#loading.stop();
      case "configure":
        return this.#configure(message);
      case "summarise":
      case "contrast":
      case "checkSweep":
      case "readSweep":
      case "readComparison":
      case "compare":
      case "freshSeed":
      case "script":
        return this.#reply(message.id, () => serviceAnswer(this.#engine, message));
      case "prepare":
        return this.#prepare(message.run, message.config);
      case "resume":
        if (message.run === this.#run) this.#training?.resume();
        return;
      case "pause":
        if (message.run === this.#run) this.#training?.pause();
        return;
      case "step":
      case "back": {
        const { type, id, n } = message;
        if (message.run !== this.#run || this.#training === null) return this.#refuse(id, cancelled());
        return this.#training[type](id, n);
      }
      case "cancel":
        if (message.run === this.#run) this.#cancel();
        return;
      case "ask":
        return this.#ask(message.run, message.id, message.query);
      case "speed":
        if (this.#broken !== null) return this.#refuse(message.id, this.#broken);
        if (message.run !== this.#run || this.#training === null) return this.#refuse(message.id, cancelled());
        return this.#speed.ask(message.id, this.#training.lab);
    }
  }

  #reply(id: number, answer: () => FromLab): void {
    if (this.#broken !== null) return this.#refuse(id, this.#broken);
    try {
      this.#ports.post(answer());
    } catch (thrown) {
      const error = toDistillError(thrown);
      this.#refuse(id, error);
      if (error.code === "panic") this.#fail(error);
    }
  }

  #refuse(id: number, error: DistillError): void {
    this.#ports.post({ type: "refused", id, error });
  }

  /** The config first, then its experiment: where the config is refused, the run at hand goes on. */
  #configure({ id, base, partials, lenient, run, held }: Extract<ToLab, { type: "configure" }>): void {
    let made: Config | null = null;
    this.#reply(id, () => {
      const { config, problems } = layOver(this.#engine.normalise, base, partials);
      const problem = problems.find((one) => one !== null);
      if (!lenient && problem) throw problem;
      const prepares = run !== null && !(held !== null && JSON.stringify(held) === JSON.stringify(config));
      if (prepares) made = config;
      return { type: "configured", id, config, problems, run: prepares ? run : null };
    });
    if (made !== null && run !== null) this.#prepare(run, made);
  }

  #prepare(run: number, config: Config): void {
    if (this.#broken !== null) {
      this.#ports.post({ type: "failed", run, error: this.#broken });
      return;
    }
    const before = this.#leave();
    this.#run = run;
    this.#config = config;
    try {
      const lab = this.#engine.lab(config);
      this.#training = new Training(run, config, lab, this.#ofTraining);
      // What was on its way for the run before may not be wanted any more.
      this.#loading.rest();
      this.#kept.keep(before, config);
      this.#ports.post({ type: "prepared", run, ...lab.prepared() });
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (canBeFetched(error)) this.#loading.start(run);
      else this.#fail(error);
      if (this.#broken === null && this.#training === null) before?.lab.free();
    }
  }

  /** What the page has; what cannot be taken is said when somebody asks for it. */
  #have(data: SuppliedData): void {
    try {
      this.#engine.supply(data);
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (error.code === "panic") this.#fail(error);
    }
  }

  /** Data from outside: kept by the engine, and perhaps what somebody waits for. */
  #supply(id: number, data: SuppliedData): void {
    let taken = false;
    this.#reply(id, () => {
      this.#engine.supply(data);
      taken = true;
      return { type: "taken", id };
    });
    if (taken && data.hash === this.#engine.mnist10kHash()) this.#arrived();
  }

  #fetch(id: number, config: Config): void {
    if (this.#broken !== null) return this.#refuse(id, this.#broken);
    try {
      this.#ports.post({ type: "fetched", id, hash: this.#engine.outside(config) });
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (canBeFetched(error)) return this.#loading.ask(id);
      this.#refuse(id, error);
      if (error.code === "panic") this.#fail(error);
    }
  }

  /** What was on its way is there: who waits is told, a run begins, and what was asked of it is done. */
  #arrived(): void {
    const { asks, run, held } = this.#loading.settle();
    for (const id of asks) this.#ports.post({ type: "fetched", id, hash: this.#engine.mnist10kHash() });
    if (run === null || this.#config === null) return;
    this.#prepare(run, this.#config);
    for (const message of held) this.receive(message);
  }

  /** What was on its way will not come. */
  #unavailable(error: DistillError): void {
    const { asks, run, held } = this.#loading.settle();
    for (const id of asks) this.#refuse(id, error);
    for (const message of held) if ("id" in message) this.#refuse(message.id, error);
    if (run !== null || error.code === "panic") this.#fail(error);
  }

  /** Settles what waits for the run at hand and takes its experiment away from it. */
  #leave(): Training | null {
    const training = this.#training;
    this.#training = null;
    this.#speed.end(cancelled());
    training?.leave();
    for (const held of this.#loading.leave()) if ("id" in held) this.#refuse(held.id, cancelled());
    return training;
  }

  /** Ends the run for good; the page hears nothing more of it. */
  #cancel(): void {
    this.#leave()?.lab.free();
    this.#loading.rest();
    this.#kept.drop();
  }

  #ask(run: number, id: number, query: Query): void {
    if (run !== this.#run) return this.#refuse(id, cancelled());
    const training = this.#training;
    if (training === null) return this.#refuse(id, fail("no_run", "", "There is no run to ask about.").toJSON());
    this.#reply(id, () => ({ type: "answer", id, value: runAnswer(query, training, this.#kept.lab) }));
  }

  #fail(error: DistillError): void {
    this.#speed.end(error);
    const training = this.#training;
    if (error.code === "panic") {
      this.#broken = error;
      // Not freed: that would call into the broken engine. The page ends this worker, and its memory with it.
      this.#training = null;
      this.#kept.forget();
    }
    training?.fail(error);
    for (const held of this.#loading.leave()) if ("id" in held) this.#refuse(held.id, error);
    this.#ports.post({ type: "failed", run: this.#run, error });
  }
}

/** Data that lies beside the page; a user's table is nowhere to be fetched. */
function canBeFetched(error: DistillError): boolean {
  return error.code === "data_needed" && error.path === "data.name";
}
