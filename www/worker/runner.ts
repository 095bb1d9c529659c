/**
 * The run in the lab worker: a state machine between the page's messages and one experiment at a time.
 *
 *     prepare ──► idle ──resume──► running ──► done
 *                   ▲               │    ▲  └─► failed
 *                   └─── step ──► paused ┘
 *
 * "back" leads from any of them to paused: to a checkpoint at once, and from there by steps.
 *
 * Work happens in slices, and messages are handled between two of them. Whatever is asked is answered: with its
 * answer, or with "refused".
 */
import type { Config, Query } from "../shared/engine_types";
import { type DistillError, refused, toDistillError } from "../shared/errors";
import type { Answers, FromLab, RunState, SuppliedData, ToLab } from "../shared/protocol";
import type { Engine, EngineLab } from "./engine";
import { layOver } from "./lay_over";
import { Loading } from "./loading";
import type { Net } from "./mnist10k";
import { serviceAnswer } from "./service";
import { SpeedMeasurement } from "./speed";

/** What the runner needs of the world; tests bring a world of their own. */
export interface RunnerPorts {
  post(message: FromLab, transfer?: Transferable[]): void;
  /** Milliseconds. */
  now(): number;
  /** Runs a task after the messages that wait. */
  nextTask(task: () => void): void;
  /** Fetches and caches data; the browser's own unless given. */
  net?: Net;
}

/** How long the engine works before the messages that wait have their turn. */
const SLICE_MS = 12;
/** New points are posted, and so drawn, at most thirty times a second: drawing them twice as often slows the training more than it shows. */
const POST_EVERY_MS = 33;

/** What waits with a run that waits for its data. */
const HELD: ReadonlySet<ToLab["type"]> = new Set(["resume", "pause", "step", "ask"]);

interface StepRequest {
  id: number;
  left: number;
}

/** An experiment with the config that it is of. */
interface Prepared {
  config: Config;
  lab: EngineLab;
}

export class LabRunner {
  readonly #engine: Engine;
  readonly #ports: RunnerPorts;

  #run = 0;
  #lab: EngineLab | null = null;
  /** The run before, whose logits still answer while the new one has trained nothing. */
  #kept: Prepared | null = null;
  #state: RunState = "idle";
  #steps: StepRequest[] = [];
  #scheduled = false;
  /** After a panic no part of the engine may be called again. */
  #broken: DistillError | null = null;

  readonly #loading: Loading;
  readonly #speed: SpeedMeasurement;
  /** The config of the run at hand, to prepare it again once its data is there. */
  #config: Config | null = null;

  #engineMs = 0;
  #wallMs = 0;
  #runningSince = 0;
  #lastPost = Number.NEGATIVE_INFINITY;
  /** Whether the page has yet to hear that the run went back. */
  #anew = false;

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
        if (message.run === this.#run && this.#lab === null) this.#loading.files(message.run, message.files);
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
        if (message.run === this.#run) this.#resume();
        return;
      case "pause":
        if (message.run === this.#run) this.#pause();
        return;
      case "step":
        return this.#step(message.run, message.id, message.n);
      case "back":
        return this.#back(message.run, message.id, message.n);
      case "cancel":
        if (message.run === this.#run) this.#cancel();
        return;
      case "ask":
        return this.#ask(message.run, message.id, message.query);
      case "speed":
        if (this.#broken !== null) return this.#refuse(message.id, this.#broken);
        if (message.run !== this.#run || this.#lab === null) return this.#refuse(message.id, cancelled());
        return this.#speed.ask(message.id, this.#lab);
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
    this.#engineMs = 0;
    this.#wallMs = 0;
    this.#lastPost = Number.NEGATIVE_INFINITY;
    this.#state = "idle";
    try {
      const lab = this.#engine.lab(config);
      this.#lab = lab;
      // What was on its way for the run before may not be wanted any more.
      this.#loading.rest();
      this.#keep(before, config);
      this.#ports.post({ type: "prepared", run, ...lab.prepared() });
    } catch (thrown) {
      const error = toDistillError(thrown);
      if (canBeFetched(error)) this.#loading.start(run);
      else this.#fail(error);
      if (this.#broken === null && this.#lab === null) before?.lab.free();
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
  #leave(): Prepared | null {
    if (this.#state === "running") this.#stopClock();
    this.#state = "idle";
    this.#speed.end(cancelled());
    for (const step of this.#steps.splice(0)) this.#refuse(step.id, cancelled());
    for (const held of this.#loading.leave()) if ("id" in held) this.#refuse(held.id, cancelled());
    const lab = this.#lab;
    this.#lab = null;
    return lab && this.#config && { config: this.#config, lab };
  }

  /** Keeps the trained run `before`, or one kept earlier, as long as its logits answer for the new config too. */
  #keep(before: Prepared | null, config: Config): void {
    const trained = before !== null && before.lab.steps_done() > 0;
    if (trained || (this.#kept !== null && !answersAlike(this.#kept.config, config))) this.#dropKept();
    if (before === null) return;
    if (trained && answersAlike(before.config, config)) this.#kept = before;
    else before.lab.free();
  }

  #dropKept(): void {
    this.#kept?.lab.free();
    this.#kept = null;
  }

  #resume(): void {
    if (this.#lab === null || (this.#state !== "idle" && this.#state !== "paused")) return;
    this.#start();
  }

  #start(): void {
    this.#dropKept();
    this.#speed.end(cancelled());
    this.#state = "running";
    this.#runningSince = this.#ports.now();
    this.#say("running");
    this.#schedule();
  }

  #pause(): void {
    if (this.#state !== "running") return;
    this.#stopClock();
    this.#state = "paused";
    this.#progress();
    this.#settleSteps();
    this.#say("paused");
  }

  #step(run: number, id: number, n: number): void {
    if (run !== this.#run || this.#lab === null) return this.#refuse(id, cancelled());
    if (this.#state === "done" || this.#state === "failed") {
      return this.#refuse(id, refusal("run_over", "", "The run is over: reset it to step again."));
    }
    if (!this.#counts(id, n)) return;
    // A run at full speed is already doing more than that: it goes n steps further and then stands still.
    this.#steps.push({ id, left: n });
    if (this.#state !== "running") this.#start();
  }

  #counts(id: number, n: number): boolean {
    if (Number.isSafeInteger(n) && n >= 1) return true;
    const code = typeof n === "number" ? "out_of_range" : "wrong_type";
    this.#refuse(id, refused(code, "n", n, { kind: "integer", min: 1, max: Number.MAX_SAFE_INTEGER }).toJSON());
    return false;
  }

  /** From wherever the run stands, its end or a failure too: what was asked for before is over. */
  #back(run: number, id: number, n: number): void {
    const lab = this.#lab;
    if (run !== this.#run || lab === null) return this.#refuse(id, cancelled());
    if (!this.#counts(id, n)) return;
    if (this.#state === "idle") return this.#ports.post({ type: "stepped", id });
    if (this.#state === "running") this.#stopClock();
    this.#settleSteps();
    try {
      // Not more than there is: the engine's numbers have 32 bits.
      const left = lab.rewind(Math.min(n, lab.steps_done()));
      this.#anew = true;
      this.#steps.push({ id, left });
      if (this.#state === "failed") this.#state = "paused";
      this.#start();
    } catch (thrown) {
      const error = toDistillError(thrown);
      this.#refuse(id, error);
      this.#fail(error);
    }
  }

  /** Ends the run for good; the page hears nothing more of it. */
  #cancel(): void {
    this.#leave()?.lab.free();
    this.#loading.rest();
    this.#dropKept();
  }

  #ask(run: number, id: number, query: Query): void {
    if (run !== this.#run) return this.#refuse(id, cancelled());
    const fresh = this.#lab;
    if (fresh === null) return this.#refuse(id, refusal("no_run", "", "There is no run to ask about."));
    this.#reply(id, () => {
      if (query.kind === "predict") checkNumbers(query.input);
      if (query.kind === "record") query.next = this.#state === "running";
      // A run kept for its logits made its steps under other settings.
      const kept = query.kind !== "record" && fresh.steps_done() === 0 ? this.#kept : null;
      const value = (kept?.lab ?? fresh).ask(query) as Answers[Query["kind"]];
      return { type: "answer", id, value };
    });
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
    const lab = this.#lab;
    if (lab === null || this.#state !== "running") return;
    try {
      const step = this.#steps[0];
      const { ms, steps, done } = lab.run_for(SLICE_MS, step?.left);
      this.#engineMs += ms;
      if (step !== undefined) step.left -= steps;
      if (done) return this.#finish(lab);
      if (step !== undefined && step.left <= 0) return this.#stepped();
      if (this.#ports.now() - this.#lastPost >= POST_EVERY_MS) this.#progress();
      this.#schedule();
    } catch (thrown) {
      this.#fail(toDistillError(thrown));
    }
  }

  #stepped(): void {
    const [step] = this.#steps.splice(0, 1);
    if (this.#steps.length === 0) this.#pause();
    else this.#schedule();
    if (step !== undefined) this.#ports.post({ type: "stepped", id: step.id });
  }

  #finish(lab: EngineLab): void {
    this.#stopClock();
    this.#state = "done";
    this.#progress();
    this.#settleSteps();
    this.#ports.post({ type: "done", run: this.#run, result: lab.result() });
  }

  #fail(error: DistillError): void {
    if (this.#state === "running") this.#stopClock();
    this.#state = "failed";
    this.#speed.end(error);
    if (error.code === "panic") {
      this.#broken = error;
      // Not freed: that would call into the broken engine. The page ends this worker, and its memory with it.
      this.#lab = null;
      this.#kept = null;
    } else {
      // The points up to the failure are what explains it.
      this.#progress();
    }
    for (const step of this.#steps.splice(0)) this.#refuse(step.id, error);
    for (const held of this.#loading.leave()) if ("id" in held) this.#refuse(held.id, error);
    this.#ports.post({ type: "failed", run: this.#run, error });
  }

  /** Steps that a pause or the end cut short are answered too. */
  #settleSteps(): void {
    for (const step of this.#steps.splice(0)) this.#ports.post({ type: "stepped", id: step.id });
  }

  #stopClock(): void {
    this.#wallMs += this.#ports.now() - this.#runningSince;
  }

  #say(state: "running" | "paused"): void {
    this.#ports.post({ type: "state", run: this.#run, state });
  }

  #progress(): void {
    const lab = this.#lab;
    if (lab === null) return;
    const now = this.#ports.now();
    this.#lastPost = now;
    const progress = lab.progress();
    const anew = this.#anew ? { anew: true as const } : {};
    this.#anew = false;
    this.#ports.post(
      {
        type: "progress",
        run: this.#run,
        ...progress,
        engineMs: this.#engineMs,
        wallMs: this.#wallMs + (this.#state === "running" ? now - this.#runningSince : 0),
        ...anew,
      },
      Object.values(progress.points).map((column) => column.buffer as ArrayBuffer),
    );
  }
}

function refusal(code: string, path: string, message: string): DistillError {
  return { code, path, message };
}

/** Data that lies beside the page; a user's table is nowhere to be fetched. */
function canBeFetched(error: DistillError): boolean {
  return error.code === "data_needed" && error.path === "data.name";
}

function cancelled(): DistillError {
  return refusal("cancelled", "", "The run was given up before it could answer.");
}

/** Refuses what the engine would take for numbers, such as text, `null` and `true`. How many there must be, the engine knows. */
function checkNumbers(input: unknown): void {
  if (!Array.isArray(input)) throw refused("wrong_type", "input", input, { kind: "feature_numbers" });
  const stray = input.findIndex((value) => typeof value !== "number");
  if (stray >= 0) throw refused("wrong_type", `input.${stray}`, input[stray], { kind: "any_number" });
}

/** Whether the logits of one config's models may stand in for the other's: all but T and alpha is equal. */
function answersAlike(one: Config, other: Config): boolean {
  const essence = (config: Config): string =>
    JSON.stringify({
      ...config,
      preset: "",
      distillation: { ...config.distillation, temperature: 0, alpha: 0 },
    });
  return essence(one) === essence(other);
}
