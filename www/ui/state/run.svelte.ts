/** The run as the page sees it: fields that change with the worker's messages. */
import type { DataInfo, Phase, Result, Speed } from "../../shared/engine_types";
import type { DistillError } from "../../shared/errors";
import type { FromLab, RunState } from "../../shared/protocol";
import { type Curves, emptyCurves, extend } from "./columns";

type Progress = Extract<FromLab, { type: "progress" }>;
type Prepared = Extract<FromLab, { type: "prepared" }>;

/** A finished run that another one has replaced. */
export interface FinishedRun {
  result: Result;
  curves: Curves;
  /** null: it was not measured. */
  speed: Speed | null;
}

/** All that is shown of a finished run. */
export interface WholeRun extends FinishedRun {
  data: DataInfo | null;
  steps: number;
  engineShare: number;
  elapsedMs: number;
}

export class RunView {
  state = $state<RunState>("idle");
  phase = $state<Phase>("teacher");
  /** Training steps done, of all phases. */
  step = $state(0);
  steps = $state(0);
  phaseStep = $state(0);
  phaseSteps = $state(0);
  /** Share of the worker's time that it spent in the engine, 0 to 1. */
  engineShare = $state(0);
  /** Milliseconds of work, pauses not counted. */
  elapsedMs = $state(0);
  /** Columns grow in place; `revision` goes up once for each batch of messages. */
  curves = $state.raw<Curves>(emptyCurves());
  revision = $state(0);
  result = $state.raw<Result | null>(null);
  /** How fast the finished run's networks are on this machine; null until it is measured. */
  speed = $state.raw<Speed | null>(null);
  error = $state.raw<DistillError | null>(null);
  data = $state.raw<DataInfo | null>(null);
  /** The last run that came to its end before this one, to be shown as such. */
  previous = $state.raw<FinishedRun | null>(null);

  /** A new run takes the place of this one. */
  renew(): void {
    this.#supersede();
    this.state = "idle";
    this.phase = "teacher";
    this.step = 0;
    this.phaseStep = 0;
    this.phaseSteps = 0;
    this.engineShare = 0;
    this.elapsedMs = 0;
    this.curves = emptyCurves();
    this.result = null;
    this.speed = null;
    this.error = null;
    this.revision += 1;
  }

  prepared(message: Prepared): void {
    // Data that came by hand brings a failed run back.
    this.error = null;
    if (this.state === "failed") this.state = "idle";
    this.data = message.data;
    this.steps = message.steps;
  }

  progress(message: Progress): void {
    this.phase = message.phase;
    this.step = message.step;
    this.phaseStep = message.phaseStep;
    this.phaseSteps = message.phaseSteps;
    this.elapsedMs = message.wallMs;
    this.engineShare = message.wallMs > 0 ? Math.min(1, message.engineMs / message.wallMs) : 0;
    if (message.anew) {
      this.#supersede();
      this.curves = emptyCurves();
      this.result = null;
      this.speed = null;
      this.error = null;
    }
    extend(this.curves, message.points);
    this.revision += 1;
  }

  done(result: Result): void {
    this.state = "done";
    this.phase = "done";
    this.result = result;
  }

  /** The finished run, to be shown again later; null: it is not finished. */
  whole(): WholeRun | null {
    const { result, curves, speed, data, steps, engineShare, elapsedMs } = this;
    return result && { result, curves, speed, data, steps, engineShare, elapsedMs };
  }

  /** A run that was finished before takes the place of the one that was renewed. */
  recall(run: WholeRun): void {
    this.data = run.data;
    this.step = this.steps = run.steps;
    this.engineShare = run.engineShare;
    this.elapsedMs = run.elapsedMs;
    this.curves = run.curves;
    this.speed = run.speed;
    this.done(run.result);
    this.revision += 1;
  }

  /** What is shown of the recalled run's models can be asked again: the worker has them by now. */
  again(): void {
    this.result = this.result && { ...this.result };
    this.revision += 1;
  }

  /** A finished run stays to be seen until another one is finished. */
  #supersede(): void {
    if (this.result !== null) this.previous = { result: this.result, curves: this.curves, speed: this.speed };
  }

  failed(error: DistillError): void {
    this.state = "failed";
    this.error = error;
  }
}
