/**
 * One experiment at work, in slices between which messages are handled.
 *
 *     idle ──resume──► running ──► done
 *       │               │    ▲  └─► failed
 *       └─── step ──► paused ┘
 *
 * "back" leads from any of them to paused: to a checkpoint at once, and from there by steps. Steps that are asked for are
 * answered: when they are done, or when a pause, the run's end or another run cuts them short.
 */
import type { Config } from "../shared/engine_types";
import { type DistillError, fail, refused, toDistillError } from "../shared/errors";
import type { FromLab, RunState } from "../shared/protocol";
import { cancelled } from "./cancelled";
import type { EngineLab } from "./engine";

/** How long the engine works before the messages that wait have their turn. */
const SLICE_MS = 12;
/** New points are posted, and so drawn, at most thirty times a second: drawing them twice as often slows the training more than it shows. */
const POST_EVERY_MS = 33;

export interface TrainingPorts {
  post(message: FromLab, transfer?: Transferable[]): void;
  /** Milliseconds. */
  now(): number;
  /** Runs a task after the messages that wait. */
  nextTask(task: () => void): void;
  /** The training begins to work. */
  begins(): void;
  /** The engine threw. Answered with `fail`. */
  threw(error: DistillError): void;
}

interface StepRequest {
  id: number;
  left: number;
}

export class Training {
  readonly config: Config;
  readonly lab: EngineLab;
  readonly #run: number;
  readonly #ports: TrainingPorts;
  #state: RunState = "idle";
  #steps: StepRequest[] = [];
  #scheduled = false;

  #engineMs = 0;
  #wallMs = 0;
  #runningSince = 0;
  #lastPost = Number.NEGATIVE_INFINITY;
  /** Whether the page has yet to hear that the run went back. */
  #anew = false;

  /** `run`: the number by which the page knows it. */
  constructor(run: number, config: Config, lab: EngineLab, ports: TrainingPorts) {
    this.#run = run;
    this.config = config;
    this.lab = lab;
    this.#ports = ports;
  }

  get running(): boolean {
    return this.#state === "running";
  }

  resume(): void {
    if (this.#state === "idle" || this.#state === "paused") this.#start();
  }

  pause(): void {
    if (!this.running) return;
    this.#stopClock();
    this.#state = "paused";
    this.#progress();
    this.#settleSteps();
    this.#say("paused");
  }

  step(id: number, n: number): void {
    if (this.#state === "done" || this.#state === "failed") {
      return this.#refuse(id, fail("run_over", "", "The run is over: reset it to step again.").toJSON());
    }
    if (!this.#counts(id, n)) return;
    // A run at full speed is already doing more than that: it goes n steps further and then stands still.
    this.#steps.push({ id, left: n });
    if (!this.running) this.#start();
  }

  /** From wherever the run stands, its end or a failure too: what was asked for before is over. */
  back(id: number, n: number): void {
    if (!this.#counts(id, n)) return;
    if (this.#state === "idle") return this.#ports.post({ type: "stepped", id });
    if (this.running) this.#stopClock();
    this.#settleSteps();
    try {
      // Not more than there is: the engine's numbers have 32 bits.
      const left = this.lab.rewind(Math.min(n, this.lab.steps_done()));
      this.#anew = true;
      this.#steps.push({ id, left });
      if (this.#state === "failed") this.#state = "paused";
      this.#start();
    } catch (thrown) {
      const error = toDistillError(thrown);
      this.#refuse(id, error);
      this.#ports.threw(error);
    }
  }

  /** Stops for good, for another run; the page hears nothing more of this one. The experiment is the caller's to free. */
  leave(): void {
    this.#state = "idle";
    this.#refuseSteps(cancelled());
  }

  /** Stops with an error; the points up to it are what explains it. After a panic the engine is asked for none. */
  fail(error: DistillError): void {
    if (this.running) this.#stopClock();
    this.#state = "failed";
    if (error.code !== "panic") this.#progress();
    this.#refuseSteps(error);
  }

  #start(): void {
    this.#ports.begins();
    this.#state = "running";
    this.#runningSince = this.#ports.now();
    this.#say("running");
    this.#schedule();
  }

  #counts(id: number, n: number): boolean {
    if (Number.isSafeInteger(n) && n >= 1) return true;
    const code = typeof n === "number" ? "out_of_range" : "wrong_type";
    this.#refuse(id, refused(code, "n", n, { kind: "integer", min: 1, max: Number.MAX_SAFE_INTEGER }).toJSON());
    return false;
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
    if (!this.running) return;
    try {
      const step = this.#steps[0];
      const { ms, steps, done } = this.lab.run_for(SLICE_MS, step?.left);
      this.#engineMs += ms;
      if (step !== undefined) step.left -= steps;
      if (done) return this.#finish();
      if (step !== undefined && step.left <= 0) return this.#stepped();
      if (this.#ports.now() - this.#lastPost >= POST_EVERY_MS) this.#progress();
      this.#schedule();
    } catch (thrown) {
      this.#ports.threw(toDistillError(thrown));
    }
  }

  #stepped(): void {
    const [step] = this.#steps.splice(0, 1);
    if (this.#steps.length === 0) this.pause();
    else this.#schedule();
    if (step !== undefined) this.#ports.post({ type: "stepped", id: step.id });
  }

  #finish(): void {
    this.#stopClock();
    this.#state = "done";
    this.#progress();
    this.#settleSteps();
    this.#ports.post({ type: "done", run: this.#run, result: this.lab.result() });
  }

  /** Steps that a pause or the end cut short are answered too. */
  #settleSteps(): void {
    for (const step of this.#steps.splice(0)) this.#ports.post({ type: "stepped", id: step.id });
  }

  #refuseSteps(error: DistillError): void {
    for (const step of this.#steps.splice(0)) this.#refuse(step.id, error);
  }

  #refuse(id: number, error: DistillError): void {
    this.#ports.post({ type: "refused", id, error });
  }

  #stopClock(): void {
    this.#wallMs += this.#ports.now() - this.#runningSince;
  }

  #say(state: "running" | "paused"): void {
    this.#ports.post({ type: "state", run: this.#run, state });
  }

  #progress(): void {
    const now = this.#ports.now();
    this.#lastPost = now;
    const progress = this.lab.progress();
    const anew = this.#anew ? { anew: true as const } : {};
    this.#anew = false;
    this.#ports.post(
      {
        type: "progress",
        run: this.#run,
        ...progress,
        engineMs: this.#engineMs,
        wallMs: this.#wallMs + (this.running ? now - this.#runningSince : 0),
        ...anew,
      },
      Object.values(progress.points).map((column) => column.buffer as ArrayBuffer),
    );
  }
}
