/**
 * The lab of a page: its config, its run, and what may be done with them. Settings go in, the worker's messages come
 * back, and views derive from the snapshots kept here.
 */
import { type Address, buildQuery, type Problem, parseAddress } from "../../shared/address";
import { fail, LabError } from "../../shared/errors";
import { toConfigText } from "../../shared/json";
import type {
  Config,
  DistillError,
  Field,
  LossView,
  PartialConfig,
  Preset,
  Result,
  SampleView,
  SweepValue,
} from "../../shared/model";
import type {
  Answers,
  DataSource,
  EngineSource,
  FromLab,
  Query,
  RunFormat,
  ScriptTemplate,
  SuppliedData,
} from "../../shared/protocol";
import type { TableRecipe, TableReport } from "../../shared/table";
import { unpacked } from "../../shared/short_link";
import { DEFAULT_VIEW, type ViewSettings } from "../../shared/view";
import type { AddressBar } from "./address_bar";
import { LabBridge, type LabWorker, type Question, type Replay, type Reply } from "./bridge";
import { type Deferred, deferred } from "./deferred";
import { Download } from "./download.svelte";
import { Emitter, type LabEvent, type LabEvents, type LabPoint } from "./events";
import { FIRST_CONFIG } from "./first_config";
import { toLabPoints } from "./points";
import { type SweepWorker, WorkerPool } from "./pool";
import { RunView } from "./run.svelte";
import { RepeatState } from "./repeat.svelte";
import { Supplied } from "./supplied";
import { type SweepHost, SweepState } from "./sweep.svelte";

export interface LabOptions {
  createWorker(): LabWorker;
  engine: EngineSource;
  data?: DataSource;
  createSweepWorker(): SweepWorker;
  /** Workers of sweeps at once. */
  cores: number;
  /** Where settings are kept; null: nowhere. */
  address: AddressBar | null;
  /** Start nothing before `wake()`: a panel that nobody sees costs no worker. */
  asleep?: boolean;
}

type ReplyOf<T extends Reply["type"]> = Extract<Reply, { type: T }>;

export class LabState {
  readonly ready: Promise<void>;
  readonly run = new RunView();
  version = $state("");
  presets = $state.raw<Preset[]>([]);
  fields = $state.raw<Field[]>([]);
  /** Complete and normalised. */
  config = $state.raw<Config>(FIRST_CONFIG);
  /** Parameters of the address that could not be taken. */
  problems = $state.raw<Problem[]>([]);

  /** Data that is on its way, whoever waits for it. */
  readonly download = new Download();
  /** Names of the features of the table that was given. */
  featureNames = $state.raw<readonly string[]>([]);

  /** Settings of the page, not of the experiment. */
  view = $state.raw<ViewSettings>(DEFAULT_VIEW);
  readonly sweep: SweepState;
  readonly repeat: RepeatState;
  /** Workers of both. */
  readonly pool: WorkerPool;

  readonly #bridge: LabBridge;
  readonly #address: AddressBar | null;
  readonly #offBack: () => void;
  readonly #emitter = new Emitter();
  readonly #ready = deferred<void>();
  /** The engine as the lab's worker compiled it, so that no other worker need do it again. */
  #compiled: WebAssembly.Module | null = null;
  /** Data from outside the engine, for workers to come. */
  readonly #supplied = new Supplied();
  /** How the table that was given last was read. */
  #recipe: TableRecipe | null = null;
  #configText = "";
  #run = 0;
  /** Whether the worker holds the experiment of `config`; a crash takes it away. */
  #prepared = false;
  #outcome: Deferred<Result> | null = null;
  #configuring: Promise<unknown> = Promise.resolve();
  #configures = 0;
  /** Begins; null once it has. */
  #dormant: (() => void) | null = null;

  constructor(options: LabOptions) {
    this.ready = this.#ready.promise;
    this.#bridge = new LabBridge({
      create: options.createWorker,
      engine: options.engine,
      source: options.data ?? null,
      supplied: () => this.#supplied.all,
      onMessage: (message) => this.#receive(message),
      onCrash: (error) => this.#crashed(error),
      asleep: options.asleep ?? false,
      replay: () => this.#replay(),
    });
    this.pool = new WorkerPool({
      create: options.createSweepWorker,
      engine: () => this.#compiled ?? options.engine,
      size: options.cores,
    });
    const host: SweepHost = {
      pool: this.pool,
      config: () => this.config,
      summarise: async (groups) => (await this.#ask({ type: "summarise", groups }, "summarised")).summaries,
      fetched: (config, signal) => this.#fetched(config, signal),
      check: (config, over, values, seed) => this.checkSweep(config, over, values, seed),
      contrast: async (accuracies, seeds, gain) =>
        (await this.#ask({ type: "contrast", accuracies, seeds, gain }, "contrasted")).contrast,
    };
    this.sweep = new SweepState(host);
    this.repeat = new RepeatState(host);
    this.#address = options.address;
    this.#offBack = this.#address?.onBack((address) => void this.restore(address).catch(() => {})) ?? (() => {});
    const address = this.#address?.read() ?? parseAddress("", "");
    this.view = address.view;
    const begin = (): void => void this.#begin(address).then(this.#ready.resolve, this.#ready.reject);
    if (options.asleep) this.#dormant = begin;
    else begin();
  }

  /** Has a worker, and starts one where it sleeps. */
  wake(): void {
    const begin = this.#dormant;
    this.#dormant = null;
    if (begin === null) this.#bridge.wake();
    else begin();
  }

  /**
   * Ends the worker, and its memory with it, until something is asked of it; then it is brought, unseen, to where the run stood: to
   * the bit, since a run is its config. False where there is work that someone waits for.
   */
  sleep(): boolean {
    if (this.#dormant !== null) return true;
    const busy = this.run.state === "running" || this.#configures > 0;
    if (busy || this.sweep.state === "running" || this.repeat.state === "running") return false;
    return this.#bridge.sleep();
  }

  #replay(): Replay | null {
    const { state, step } = this.run;
    if (state === "failed") this.#prepared = false;
    if (!this.#prepared) return null;
    const prepare = { type: "prepare", run: this.#run, config: this.#configText } as const;
    return { prepare, steps: state === "done" ? null : step };
  }

  /** A worker that dies before it has answered is replaced, so that asking again is worth it as long as there is one. */
  async #begin(address: Address): Promise<void> {
    for (;;) {
      try {
        await this.restore(address);
        return;
      } catch (thrown) {
        if (!this.#bridge.alive) throw thrown;
      }
    }
  }

  on<E extends LabEvent>(event: E, handler: (detail: LabEvents[E]) => void): () => void {
    return this.#emitter.on(event, handler);
  }

  /** Tells the world that the chapter's question has been answered. */
  checked(lesson: string): void {
    this.#emitter.emit("check", { lesson });
  }

  /** Lays `partial` over the config and makes its run, idle. Rejects with a DistillError, and then nothing changed. */
  configure(partial: PartialConfig): Promise<Config> {
    return this.#inTurn(async () => {
      const text = toConfigText(partial);
      const reply = await this.#ask({ type: "normalise", base: this.#configText, partials: [text] }, "normalised");
      const problem = reply.problems[0];
      if (problem) throw new LabError(problem);
      const { temperature, alpha } = this.config.distillation;
      this.#take(reply.config);
      // A slider that was dragged away from the config follows it again when the config's own value is set.
      const { temperature: newT, alpha: newAlpha } = this.config.distillation;
      if (newT !== temperature) this.view = { ...this.view, softT: null };
      if (newAlpha !== alpha) this.view = { ...this.view, lossAlpha: null };
      this.#address?.write(this.#query(this.view), JSON.stringify(Object.entries(partial).map(pathsOf)));
      return this.config;
    });
  }

  /** Takes the state that an address gives, over the default preset; what cannot be taken becomes a problem. */
  restore(address: Address): Promise<Config> {
    // At once, since it needs no engine: a chapter opened while the engine loads must not be closed again.
    this.view = address.view;
    return this.#inTurn(async () => {
      const { parameters, problems } = await unpacked(address);
      const partials = parameters.map(({ partial }) => toConfigText(partial));
      const reply = await this.#ask({ type: "normalise", base: "", partials }, "normalised");
      const refused = parameters.flatMap(({ name }, i) => {
        const error = reply.problems[i];
        return error ? [{ name, error }] : [];
      });
      this.problems = [...problems, ...refused];
      this.#take(reply.config);
      return this.config;
    });
  }

  setView(view: Partial<ViewSettings>): void {
    this.view = { ...this.view, ...view };
    // Not before the config of the address has been taken, or its settings would be written over.
    const write = () => this.#address?.write(this.#query(this.view), Object.keys(view).join());
    this.ready.then(write, () => undefined);
  }

  /** The address of this state, with other settings of the page where given. */
  link(view: Partial<ViewSettings> = {}): string {
    return this.#address?.link(this.#query({ ...this.view, ...view })) ?? "";
  }

  /** Runs to the end: from where the run stands, or anew after its end. */
  start(): Promise<Result> {
    if (this.run.state === "running" && this.#outcome !== null) return this.#outcome.promise;
    if (this.run.state === "done" || this.run.state === "failed" || !this.#prepared) this.#prepare();
    const outcome = this.#outcome ?? deferred<Result>();
    this.#outcome = outcome;
    this.#bridge.send({ type: "resume", run: this.#run });
    return outcome.promise;
  }

  pause(): void {
    this.#bridge.send({ type: "pause", run: this.#run });
  }

  /** Goes on with a paused run; a run that has not begun, or is over, is left alone. */
  resume(): void {
    if (this.run.state === "paused") this.#bridge.send({ type: "resume", run: this.#run });
  }

  /** Exactly n training steps (fewer at the end), then stands still. */
  async step(n: number): Promise<void> {
    if (!this.#prepared) this.#prepare();
    await this.#ask({ type: "step", run: this.#run, id: 0, n } as Question, "stepped");
  }

  /** Exactly n training steps back (fewer at the beginning), then stands still; steps made again are the same to the bit. */
  async back(n: number): Promise<void> {
    if (!this.#prepared) this.#prepare();
    await this.#ask({ type: "back", run: this.#run, id: 0, n } as Question, "stepped");
  }

  /** Gives up the fetching of data; whatever waits for it fails, and starting it tries again. */
  stopLoading(): void {
    this.#bridge.send({ type: "stopLoading" });
  }

  /** The data set's files, chosen by hand where they cannot be fetched; the run begins with them. */
  supplyFiles(files: ArrayBuffer[]): void {
    this.#bridge.send({ type: "supplyFiles", run: this.#run, files });
    this.#bridge.send({ type: "resume", run: this.#run });
  }

  /** The same run from its beginning. */
  reset(): void {
    this.#prepare();
  }

  /** Another seed, and its run, idle. */
  async newSeed(): Promise<void> {
    const { seed } = await this.#ask({ type: "freshSeed" }, "freshSeed");
    await this.configure({ seed });
  }

  async sample(set: "test" | "transfer", index: number, temperature: number): Promise<SampleView> {
    return (await this.#question(`sample ${set}`, { kind: "sample", set, index, temperature })) as Answers["sample"];
  }

  async loss(index: number, temperature: number, alpha: number): Promise<LossView | null> {
    return (await this.#question("loss", { kind: "loss", index, temperature, alpha })) as Answers["loss"];
  }

  async predict(input: number[]): Promise<Answers["predict"]> {
    return (await this.#question("predict", { kind: "predict", input })) as Answers["predict"];
  }

  /** Takes a table of one's own and runs an experiment about it. Rejects where it cannot, and then the config is as it was. */
  async useTable(table: SuppliedData, file: string, report: TableReport): Promise<void> {
    await this.#ask({ type: "supply", data: table }, "taken");
    this.#supplied.add(table);
    this.#recipe = report.recipe;
    this.featureNames = report.features;
    const shape = [report.kept, report.features.length, report.numbers, report.classes.length];
    const of = { file, hash: report.hash, shape };
    const { data } = this.config;
    const awaited = data.name === "table" && data.table.hash === of.hash;
    // A link to this table says itself how it is to be used.
    if (!awaited) await this.configure({ data: { name: "table", table: of }, transfer: { omit_classes: [] } });
    else this.#prepare();
    this.start().catch(() => undefined);
  }

  /** Code that repeats this config's experiment elsewhere. */
  async script(template: ScriptTemplate, notebook: boolean): Promise<string> {
    const [config, link, recipe] = [this.#configText, this.link(), this.#recipe];
    const question: Question = { type: "script", config, link, template, notebook, recipe };
    return (await this.#ask(question, "scripted")).text;
  }

  /** Runs the config from its beginning to its end; null where that run is given up. */
  async runAnew(): Promise<Result | null> {
    this.reset();
    return this.start().catch((thrown: unknown) => {
      if (thrown instanceof LabError && thrown.code === "cancelled") return null;
      throw thrown;
    });
  }

  /** The finished run as a file. */
  async exported(format: RunFormat): Promise<Answers["export"]> {
    const question: Question = { type: "ask", run: this.#run, query: { kind: "export", format } };
    return (await this.#ask(question, "answer")).value as Answers["export"];
  }

  /** Rejects with what is allowed where such a sweep cannot be; trains nothing. */
  async checkSweep(config: string, over: string, values: SweepValue[], seed: number): Promise<void> {
    await this.#ask({ type: "checkSweep", config, over, values, seed }, "sweepChecked");
  }

  /** Any question about the run; of those on one subject that wait, only the newest is asked. */
  async inspect<Q extends Query>(subject: string, query: Q): Promise<Answers[Q["kind"]]> {
    return (await this.#question(subject, query)) as Answers[Q["kind"]];
  }

  dismissProblem(problem: Problem): void {
    this.problems = this.problems.filter((other) => other !== problem);
  }

  /** Ends the worker and everything that waits for it. */
  close(): void {
    this.#giveUp(fail("cancelled", "", "The lab was closed."));
    this.sweep.cancel();
    this.repeat.cancel();
    this.pool.close();
    this.#offBack();
    this.#bridge.close();
  }

  #query(view: ViewSettings): string {
    const preset = this.presets.find(({ name }) => name === this.config.preset);
    return buildQuery(this.config, preset?.config ?? FIRST_CONFIG, view);
  }

  #question(subject: string, query: Query): Promise<Answers[Query["kind"]]> {
    const question: Question = { type: "ask", run: this.#run, query };
    return this.#bridge.askLatest(subject, question).then((reply) => narrow(reply, "answer").value);
  }

  async #ask<T extends Reply["type"]>(question: Question, type: T, signal?: AbortSignal): Promise<ReplyOf<T>> {
    return narrow(await this.#bridge.ask(question, signal), type);
  }

  async #fetched(config: string, signal: AbortSignal): Promise<SuppliedData | null> {
    const { hash } = await this.#ask({ type: "fetch", config }, "fetched", signal);
    return hash === null ? null : this.#supplied.find(hash);
  }

  /** One config change after another: each is laid over the result of the one before. */
  #inTurn(change: () => Promise<Config>): Promise<Config> {
    this.#configures += 1;
    const turn = this.#configuring.then(change).finally(() => {
      this.#configures -= 1;
    });
    this.#configuring = turn.catch(() => {});
    return turn;
  }

  #take(config: string): void {
    if (config === this.#configText) return;
    this.#configText = config;
    this.config = JSON.parse(config) as Config;
    this.#emitter.emit("configchange", this.config);
    // While a drag has more changes waiting, only the last of them needs an experiment.
    if (this.#configures === 1) this.#prepare();
    else this.#abandon();
  }

  #prepare(): void {
    this.#abandon();
    this.#bridge.wake();
    this.#prepared = true;
    this.#bridge.send({ type: "prepare", run: this.#run, config: this.#configText });
  }

  /** Turns away from the run at hand; what the worker still says of it is stale. */
  #abandon(): void {
    this.#giveUp(fail("cancelled", "", "The run was replaced before its end."));
    this.#prepared = false;
    this.#run += 1;
    this.run.renew();
    this.#tellStatus();
  }

  #giveUp(error: LabError): void {
    this.#outcome?.reject(error);
    this.#outcome = null;
  }

  #receive(message: Exclude<FromLab, { id: number }>): void {
    if (message.type === "ready") {
      this.version = message.version;
      this.presets = message.presets;
      this.fields = message.fields;
      this.#compiled = message.module;
      return;
    }
    if (message.type === "supplied") {
      this.#supplied.add(message.data);
      return;
    }
    if (message.type === "loading") return this.download.tell(message.progress);
    if (message.run !== this.#run) return;
    switch (message.type) {
      case "prepared":
        this.run.prepared(message);
        break;
      case "state":
        this.run.state = message.state;
        break;
      case "progress":
        this.run.progress(message);
        this.#tellProgress(message);
        return;
      case "done": {
        const result = JSON.parse(message.result) as Result;
        this.run.done(result);
        this.#outcome?.resolve(result);
        this.#outcome = null;
        this.#emitter.emit("result", result);
        break;
      }
      case "failed":
        this.#failed(message.error);
        break;
    }
    this.#tellStatus();
  }

  #crashed(error: DistillError): void {
    this.#prepared = false;
    this.download.tell(null);
    this.#failed(error);
    this.#tellStatus();
  }

  #failed(error: DistillError): void {
    this.run.failed(error);
    this.#giveUp(new LabError(error));
    this.#emitter.emit("error", error);
  }

  #tellStatus(): void {
    const { state, phase, step, steps } = this.run;
    this.#emitter.emit("status", { state, phase, step, steps });
  }

  #tellProgress(message: Extract<FromLab, { type: "progress" }>): void {
    if (!this.#emitter.has("progress")) return;
    const points: LabPoint[] = toLabPoints(message.points);
    const { phase, step, steps } = this.run;
    const anew = message.anew ? { anew: true as const } : {};
    this.#emitter.emit("progress", { phase, step, steps, points, ...anew });
  }
}

function narrow<T extends Reply["type"]>(reply: Reply, type: T): ReplyOf<T> {
  if (reply.type === type) return reply as ReplyOf<T>;
  throw fail("internal", "", `The worker answered with "${reply.type}" where "${type}" was asked.`);
}

/** The names of what a part of a config sets, without their values. */
function pathsOf([key, value]: [string, unknown]): [string, string[]] {
  return [key, typeof value === "object" && value !== null ? Object.keys(value) : []];
}
