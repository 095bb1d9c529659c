/**
 * The lab of a page: its config, its run, and what may be done with them. Settings go in, the worker's messages come
 * back, and views derive from the snapshots kept here.
 */
import type { Problem } from "../../shared/address";
import {
  type Config,
  type DataSet,
  type Field,
  type LossView,
  type MethodInfo,
  type Preset,
  type Query,
  type Result,
  type RunFormat,
  type SampleView,
  type ScriptTemplate,
  type Speed,
} from "../../shared/engine_types";
import { LabError, fail } from "../../shared/errors";
import type { ComparisonAsk } from "../../shared/page_api";
import type { Answers, ComparisonRead, DataSource, EngineSource, FromLab, SuppliedData } from "../../shared/protocol";
import type { PartialConfig, SweepValue } from "../../shared/requests";
import { toConfigText } from "../../shared/json";
import type { TableRecipe, TableReport } from "../../shared/table";
import type { ViewSettings } from "../../shared/view";
import type { AddressBar } from "./address_bar";
import { LabBridge, type LabWorker } from "./bridge";
import { ComparisonState } from "./comparison.svelte";
import { deferred } from "./deferred";
import { Download } from "./download.svelte";
import { Emitter, type LabEvent, type LabEvents } from "./events";
import { LabSettings } from "./lab_settings.svelte";
import { type SweepWorker, WorkerPool } from "./pool";
import { Questions } from "./questions";
import { RepeatState } from "./repeat.svelte";
import { RunView } from "./run.svelte";
import { RunLife } from "./run_life";
import { Supplied } from "./supplied";
import { type SweepHost, SweepState } from "./sweep.svelte";
import { tabStore, Tried } from "./tried.svelte";

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

export class LabState {
  readonly ready: Promise<void>;
  readonly run = new RunView();
  version = $state("");
  presets = $state.raw<Preset[]>([]);
  fields = $state.raw<Field[]>([]);
  methods = $state.raw<MethodInfo[]>([]);
  dataSets = $state.raw<DataSet[]>([]);
  /** Data that is on its way, for a run or for sweeps. */
  readonly download = new Download();
  /** Names of the features of the table that was given. */
  featureNames = $state.raw<readonly string[]>([]);

  /** Settings whose test figures were shown. */
  readonly tried = new Tried(tabStore);
  readonly sweep: SweepState;
  readonly comparison: ComparisonState;
  readonly repeat: RepeatState;
  /** Workers of all three. */
  readonly pool: WorkerPool;

  readonly #bridge: LabBridge;
  readonly #settings: LabSettings;
  readonly #emitter = new Emitter();
  readonly #life: RunLife;
  readonly #questions: Questions;
  readonly #ready = deferred<void>();
  /** The engine as the lab's worker compiled it, so that no other worker need do it again. */
  #compiled: WebAssembly.Module | null = null;
  /** Data from outside the engine, for workers to come. */
  readonly #supplied = new Supplied();
  /** How the table that was given last was read. */
  #recipe: TableRecipe | null = null;
  /** Begins; null once it has. */
  #dormant: (() => void) | null = null;

  constructor(options: LabOptions) {
    this.ready = this.#ready.promise;
    const bridge = (): LabBridge => this.#bridge;
    const tried = (config: Config): void => this.tried.add(config);
    this.#life = new RunLife({ view: this.run, emitter: this.#emitter, bridge, config: () => this.config, tried });
    this.#questions = new Questions(bridge, () => this.#life.number);
    this.#settings = new LabSettings({
      questions: this.#questions,
      life: this.#life,
      emitter: this.#emitter,
      address: options.address,
      ready: this.ready,
      presets: () => this.presets,
      fields: () => this.fields,
    });
    this.#bridge = new LabBridge({
      create: options.createWorker,
      engine: options.engine,
      source: options.data ?? null,
      supplied: () => this.#supplied.all,
      onMessage: (message) => this.#receive(message),
      onCrash: (error) => {
        this.download.tell(null);
        this.#life.crashed(error);
      },
      asleep: options.asleep ?? false,
      replay: () => this.#life.replay(),
    });
    this.pool = new WorkerPool({
      create: options.createSweepWorker,
      engine: () => this.#compiled ?? options.engine,
      size: options.cores,
    });
    const fetched: SweepHost["fetched"] = async (config, signal) => {
      const hash = await this.#questions.fetch(config, signal);
      return hash === null ? null : this.#supplied.find(hash);
    };
    const host: SweepHost = { pool: this.pool, config: () => this.config, fetched, tried, ...this.#questions.ofSweeps };
    this.sweep = new SweepState(host);
    this.comparison = new ComparisonState({ ...host, ...this.#questions.ofComparisons });
    this.repeat = new RepeatState(host);
    const begin = (): void => void this.#begin().then(this.#ready.resolve, this.#ready.reject);
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
    const busy = this.run.state === "running" || this.#settings.busy;
    if (busy || [this.sweep, this.comparison, this.repeat].some(({ state }) => state === "running")) return false;
    return this.#bridge.sleep();
  }

  /** A worker that dies before it has answered is replaced, so that asking again is worth it as long as there is one. */
  async #begin(): Promise<void> {
    for (;;) {
      try {
        await this.#settings.restore(this.#settings.opened);
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

  /** Complete and normalised. */
  get config(): Config {
    return this.#settings.config;
  }

  /** Settings of the page, not of the experiment. */
  get view(): ViewSettings {
    return this.#settings.view;
  }

  /** Parameters of the address that could not be taken. */
  get problems(): Problem[] {
    return this.#settings.problems;
  }

  /** Lays `partial` over the config and makes its run, idle. Rejects with a DistillError, and then nothing changed. */
  configure(partial: PartialConfig): Promise<Config> {
    return this.#settings.configure(partial);
  }

  setView(view: Partial<ViewSettings>): void {
    this.#settings.setView(view);
  }

  /** The address of this state, with other settings of the page where given. */
  link(view: Partial<ViewSettings> = {}): string {
    return this.#settings.link(view);
  }

  /** The config at hand as text that leads to it again, whatever is set by then. */
  pinned(): string {
    return this.#settings.pinned();
  }

  dismissProblem(problem: Problem): void {
    this.#settings.dismissProblem(problem);
  }

  /** Runs to the end: from where the run stands, or again after its end. */
  start(): Promise<Result> {
    return this.#life.start();
  }

  pause(): void {
    this.#life.send("pause");
  }

  /** Goes on with a paused run; a run that has not begun, or is over, is left alone. */
  resume(): void {
    if (this.run.state === "paused") this.#life.send("resume");
  }

  /** Exactly n training steps (fewer at the end), then stands still. */
  step(n: number): Promise<void> {
    return this.#life.move("step", n);
  }

  /** Exactly n training steps back (fewer at the beginning), then stands still; steps made again are the same to the bit. */
  back(n: number): Promise<void> {
    return this.#life.move("back", n);
  }

  /** Gives up the fetching of data; whatever waits for it fails, and starting it tries again. */
  stopLoading(): void {
    this.#bridge.send({ type: "stopLoading" });
  }

  /** The data set's files, chosen by hand where they cannot be fetched; the run begins with them. */
  supplyFiles(files: ArrayBuffer[]): void {
    this.#life.supply(files);
  }

  /** The same run from its beginning. */
  reset(): void {
    this.#life.prepare();
  }

  /**
   * How fast the finished run's networks are on this machine, measured while nothing is trained on this page; rejects where no run is
   * finished, or another one begins.
   */
  async speed(): Promise<Speed> {
    const run = this.#life.number;
    for (;;) {
      await this.pool.untilIdle();
      if (this.#life.number !== run) throw fail("cancelled", "", "The run was replaced before it was measured.");
      const speed = this.run.speed ?? (await this.#questions.speed());
      if (!this.pool.idle) continue;
      if (this.#life.number === run) this.run.speed = speed;
      return speed;
    }
  }

  /** Another seed, and its run, idle. */
  async newSeed(): Promise<void> {
    const { seed } = await this.#questions.ask({ type: "freshSeed" }, "freshSeed");
    await this.configure({ seed });
  }

  sample(set: "test" | "transfer", index: number, temperature: number): Promise<SampleView> {
    return this.inspect(`sample ${set}`, { kind: "sample", set, index, temperature });
  }

  loss(index: number, temperature: number, alpha: number): Promise<LossView | null> {
    return this.inspect("loss", { kind: "loss", index, temperature, alpha });
  }

  /** The complete config that `partial` makes of its preset; the lab's own stays as it is. */
  async made(partial: PartialConfig): Promise<Config> {
    return this.#questions.normalised(toConfigText(partial));
  }

  predict(input: number[]): Promise<Answers["predict"]> {
    return this.#questions.predict(input);
  }

  /** Takes a user's table and runs an experiment about it. Rejects where it cannot, and then the config is as it was. */
  async useTable(table: SuppliedData, file: string, report: TableReport): Promise<void> {
    await this.#questions.ask({ type: "supply", data: table }, "taken");
    this.#supplied.add(table);
    this.#recipe = report.recipe;
    this.featureNames = report.features;
    const shape = [report.kept, report.features.length, report.numbers, report.classes.length];
    const of = { file, hash: report.hash, shape };
    const { data } = this.config;
    const awaited = data.name === "table" && data.table.hash === of.hash;
    // A link to this table says itself how it is to be used.
    if (!awaited) await this.configure({ data: { name: "table", table: of }, transfer: { omit_classes: [] } });
    else this.#life.prepare();
    this.start().catch(() => undefined);
  }

  /** Code that repeats this config's experiment elsewhere. */
  script(template: ScriptTemplate, notebook: boolean): Promise<string> {
    const { config } = this;
    return this.#questions.script({ config, link: this.link(), template, notebook, recipe: this.#recipe });
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
  exported(format: RunFormat): Promise<Answers["export"]> {
    return this.#questions.exported(format);
  }

  /** Rejects with what is allowed where such a sweep cannot be; trains nothing. */
  checkSweep(config: Config, over: string[], values: SweepValue[]): Promise<void> {
    return this.#questions.checkSweep(config, over, values);
  }

  /** Rejects likewise where such a comparison cannot be; trains nothing. */
  readComparison(ask: ComparisonAsk): Promise<ComparisonRead> {
    return this.#questions.readComparison(this.config, ask);
  }

  /** Any question about the run; of those on one subject that wait, only the newest is asked. */
  inspect<Q extends Query>(subject: string, query: Q): Promise<Answers[Q["kind"]]> {
    return this.#questions.inspect(subject, query);
  }

  /** Ends the worker and everything that waits for it. */
  close(): void {
    this.#life.giveUp(fail("cancelled", "", "The lab was closed."));
    this.sweep.cancel();
    this.comparison.cancel();
    this.repeat.cancel();
    this.pool.close();
    this.#settings.close();
    this.#bridge.close();
  }

  #receive(message: Exclude<FromLab, { id: number }>): void {
    if (message.type === "ready") {
      this.version = message.version;
      this.presets = message.presets;
      this.fields = message.fields;
      this.methods = message.methods;
      this.dataSets = message.dataSets;
      this.#compiled = message.module;
      return;
    }
    if (message.type === "supplied") {
      this.#supplied.add(message.data);
      return;
    }
    if (message.type === "loading") this.download.tell(message.progress);
    else this.#life.receive(message);
  }
}
