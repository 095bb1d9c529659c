/**
 * What stands on the stage: one sample, at one step, of the lab's config or of a try of it. It is a function of these three; the
 * stage's worker answers with the whole picture, and a picture is replaced as a whole. A drag changes nothing but what is seen: only
 * when it is let go the config is set, once.
 */
import type { Config, Query, Regions, StageAsk, StageChoice, StageFacts, StageView } from "../shared/engine_types";
import type { DistillError } from "../shared/errors";
import type { PartialConfig } from "../shared/requests";
import { sameSettings } from "../ui/other_settings";
import type { LabState } from "../ui/state/lab.svelte";
import { stageKey } from "../shared/stage_protocol";
import { type Course, courseOf, type PlaySpeed, SPEEDS, secondsAt, stepAt } from "./playback";
import { type Showing, StageBridge, type StageWorker, type Told } from "./stage_bridge";

/** Units of a layer that are drawn. */
const UNITS = 128;
/** Seeds of the interval that follows a release. */
const SEEDS = 12;
/** Time after a release before the seeds begin: someone who sets one value after another is not yet interested. */
const CALM_MS = 500;

/** Hidden units that the students are given one after another. */
const WIDTHS = [2, 4, 8, 16, 32, 64, 128, 256];

/** What is on the stage, and what it is of. */
interface Shown {
  view: StageView;
  config: Config;
  /** Of settings that are being tried, in a drag. */
  tried: boolean;
}

export class StageState {
  /** null: nothing has been answered yet. */
  shown = $state.raw<Shown | null>(null);
  /** Of the data at hand. */
  facts = $state.raw<StageFacts | null>(null);
  /** Samples worth looking at; null until a run of this data is finished. */
  choice = $state.raw<StageChoice | null>(null);
  /** Of points in the plane: what the networks read where. */
  regions = $state.raw<Regions | null>(null);
  /** The part of the plane that is drawn; null: the data is none of points in the plane. */
  window: Pick<Extract<Query, { kind: "regions" }>, "bounds" | "columns" | "rows"> | null = null;
  error = $state.raw<DistillError | null>(null);
  /** null: the engine's first choice, or the first test sample until it has chosen. */
  subject = $state.raw<StageAsk | null>(null);
  /** The step that is looked at; null: the last one. */
  step = $state<number | null>(0);
  /** Settings in a drag; null: none. */
  trying = $state.raw<Config | null>(null);
  /** That answers are softened at while they are only looked at; null: the temperature of the settings. */
  lookT = $state<number | null>(null);
  playing = $state(false);
  speed = $state<PlaySpeed>("watch");

  readonly #lab: LabState;
  readonly #bridge: StageBridge;
  /** What the facts and the choice are of. */
  #factsOf = "";
  #choiceOf = "";
  #frame = 0;
  /** When the frame before was, milliseconds, and how much of the run's time has been shown. */
  #last = 0;
  #seconds = 0;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(lab: LabState, create: () => StageWorker) {
    this.#lab = lab;
    this.#bridge = new StageBridge({
      create,
      engine: () => lab.engine,
      onTold: (told, of) => this.#take(told, of),
      onRefused: (error, of) => {
        // In a drag the last picture stays: what is wrong with a value is said when it is let go.
        if (of.config === this.#lab.config) this.error = error;
      },
    });
  }

  /** The run's training steps, a teacher that was taken over included. */
  get course(): Course {
    return courseOf(this.#lab.config);
  }

  /** Steps that there are to be looked at. */
  get computed(): number {
    const { run } = this.#lab;
    const { steps } = this.course;
    // The run itself counts no steps that were taken over.
    return run.state === "done" ? steps : Math.max(0, steps - (run.steps - run.step));
  }

  /** The step on the stage, which stays where it is while the run of other settings is computed. */
  get at(): number {
    return Math.min(this.step ?? Number.POSITIVE_INFINITY, this.course.steps);
  }

  get sample(): StageAsk {
    return this.subject ?? { set: "test", index: 0 };
  }

  /** Asks for what is to be seen now. */
  ask(): void {
    const { config, run } = this.#lab;
    if (run.data === null) return;
    if (this.facts !== null && this.#factsOf !== dataOf(config)) this.#renew();
    const showing: Showing = {
      config: this.trying ?? config,
      step: this.at,
      sample: this.sample,
      temperature: this.lookT ?? (this.trying ?? config).distillation.temperature,
      units: UNITS,
      data: this.#lab.supplied,
      facts: this.#factsOf !== dataOf(config),
      choice: this.trying === null && run.state === "done" && this.#choiceOf !== stageKey(config),
    };
    this.#bridge.show(showing);
  }

  #take(told: Told, { config }: Showing): void {
    const tried = config !== this.#lab.config;
    if (tried && this.trying === null) return;
    switch (told.type) {
      case "facts":
        this.facts = told.facts;
        this.#factsOf = dataOf(config);
        break;
      case "choice":
        this.choice = told.choice;
        this.#choiceOf = stageKey(config);
        // From now on it stays in sight, whatever another run would choose.
        this.subject ??= { set: "test", index: told.choice.opening };
        break;
      case "shown":
        this.error = null;
        this.shown = { view: told.view, config, tried };
        if (this.window !== null) this.#bridge.ask({ kind: "regions", ...this.window, temperature: 1 });
        break;
      case "answer":
        this.regions = told.value as Regions;
        break;
      case "curve":
        break;
    }
  }

  /** Other data has other samples. */
  #renew(): void {
    this.shown = null;
    this.facts = null;
    this.choice = null;
    this.subject = null;
    this.regions = null;
    this.error = null;
  }

  /** Tries settings of the distillation, in a drag; nothing is kept of it. */
  try(distillation: Partial<Config["distillation"]>): void {
    this.pause();
    clearTimeout(this.#calm);
    if (this.#lab.repeat.state === "running") this.#lab.repeat.cancel();
    const { config } = this.#lab;
    this.lookT = null;
    this.trying = { ...config, distillation: { ...config.distillation, ...distillation } };
  }

  /** Softens the answers at another temperature; nothing is trained. */
  look(temperature: number): void {
    this.lookT = temperature;
  }

  /** As if there had been no drag. */
  giveUp(): void {
    this.trying = null;
    this.lookT = null;
  }

  /** Takes settings for good: the run of them is made, and a while later the seeds follow. */
  async commit(partial: PartialConfig): Promise<void> {
    clearTimeout(this.#calm);
    try {
      await this.#lab.configure(partial);
      this.trying = null;
      await this.#lab.start();
      this.#calm = setTimeout(() => this.repeat(), CALM_MS);
    } catch (thrown) {
      this.trying = null;
      // A run that another one replaced says nothing; a refused value is said where it was set.
      if ((thrown as DistillError).code !== "cancelled") this.error = thrown as DistillError;
    }
  }

  /** Both students one step wider or narrower, where they have one hidden layer. */
  async widen(by: 1 | -1): Promise<void> {
    const [units, ...more] = this.#lab.config.student.hidden;
    if (units === undefined || more.length > 0) return;
    const wider = WIDTHS.find((width) => width > units);
    const to = by > 0 ? wider : WIDTHS.findLast((width) => width < units);
    if (to !== undefined) await this.commit({ student: { hidden: [to] } });
  }

  /** Trains the seeds whose interval stands beside the run, unless there is one of these settings. */
  repeat(): void {
    const { repeat, config, run } = this.#lab;
    if (this.playing || this.trying !== null || run.state !== "done") return;
    const known = repeat.config !== null && sameSettings(repeat.config, config) && repeat.seeds.includes(config.seed);
    if (known && (repeat.state === "running" || repeat.state === "done")) return;
    repeat.start(SEEDS).catch(() => undefined);
  }

  /** A run that began by itself is shown from its beginning, or at once as it ended where nothing is to move. */
  begin(still: boolean): void {
    if (still) this.step = null;
    else this.play();
  }

  /** Puts the playhead at a step; null: at the end. */
  scrub(step: number | null): void {
    this.pause();
    this.step = step;
  }

  /** Shows the run from the playhead on, or from its beginning where it stands at the end; trains it where that is still to be done. */
  play(): void {
    const { run } = this.#lab;
    if (run.state !== "done" && run.state !== "running") this.#lab.start().catch(() => undefined);
    if (run.state === "done" && this.at >= this.course.steps) this.step = 0;
    this.step ??= 0;
    this.playing = true;
    this.#last = performance.now();
    this.#seconds = secondsAt(this.at, this.speed, this.course);
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  #tick(now: number): void {
    if (!this.playing) return;
    const { run } = this.#lab;
    if (run.state === "failed") return this.pause();
    // A frame that came late, of a page out of sight for one, is no leap.
    this.#seconds += Math.min(0.1, Math.max(0, now - this.#last) / 1000);
    this.#last = now;
    const step = stepAt(this.#seconds, this.speed, this.course, this.computed);
    // What is still to be computed is waited for.
    if (SPEEDS[this.speed] !== null) {
      this.#seconds = Math.min(this.#seconds, secondsAt(this.computed, this.speed, this.course) + 0.1);
    }
    if (step !== this.step) this.step = step;
    if (run.state === "done" && step >= this.course.steps) {
      this.pause();
      this.step = null;
      return this.repeat();
    }
    this.#frame = requestAnimationFrame((later) => this.#tick(later));
  }

  pause(): void {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
  }

  setSpeed(speed: PlaySpeed): void {
    const { at } = this;
    this.speed = speed;
    this.#seconds = secondsAt(at, speed, this.course);
  }

  close(): void {
    this.pause();
    clearTimeout(this.#calm);
    this.#bridge.close();
  }
}

/** What decides which samples there are. */
function dataOf({ seed, data, transfer }: Config): string {
  return JSON.stringify([seed, data, transfer]);
}
