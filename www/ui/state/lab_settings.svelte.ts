/**
 * What is set: the experiment's config and the page's own settings. They change one after another and are kept in the address; a
 * config is the engine's word, complete and normalised, and has its run made with it.
 */
import { type Address, buildQuery, parseAddress, partialOf, type Problem } from "../../shared/address";
import { type Config, type Field, FIRST_CONFIG, type Preset } from "../../shared/engine_types";
import { refused } from "../../shared/errors";
import { toConfigText } from "../../shared/json";
import type { PartialConfig } from "../../shared/requests";
import { unpacked } from "../../shared/short_link";
import { DEFAULT_VIEW, overAllowed, type ViewSettings } from "../../shared/view";
import { type AddressBar, subjectOf } from "./address_bar";
import type { Question, Reply } from "./bridge";
import type { Emitter } from "./events";
import type { Questions } from "./questions";
import type { RunLife } from "./run_life";

type Configured = Extract<Reply, { type: "configured" }>;

export interface SettingsHost {
  questions: Pick<Questions, "ask">;
  life: Pick<RunLife, "next" | "config" | "adopt" | "abandon">;
  emitter: Pick<Emitter, "emit">;
  /** Where settings are kept; null: nowhere. */
  address: AddressBar | null;
  /** Resolves when the config of the address has been taken. */
  ready: Promise<void>;
  /** The engine's, once it has come. */
  presets: () => readonly Preset[];
  fields: () => readonly Field[];
}

export class LabSettings {
  /** Complete and normalised. */
  config = $state.raw<Config>(FIRST_CONFIG);
  /** Settings of the page, not of the experiment. */
  view = $state.raw<ViewSettings>(DEFAULT_VIEW);
  /** Parameters of the address that could not be taken. */
  problems = $state.raw<Problem[]>([]);
  /** What the address said when the page was opened. */
  readonly opened: Address;
  /** Ends the listening to the back button. */
  readonly close: () => void;

  readonly #host: SettingsHost;
  #configuring: Promise<unknown> = Promise.resolve();
  #configures = 0;

  constructor(host: SettingsHost) {
    this.#host = host;
    const { address } = host;
    this.close = address?.onBack((earlier) => void this.restore(earlier).catch(() => {})) ?? (() => {});
    this.opened = address?.read() ?? parseAddress("", "");
    this.view = this.opened.view;
  }

  /** Whether a change is on its way. */
  get busy(): boolean {
    return this.#configures > 0;
  }

  /** Lays `partial` over the config and makes its run, idle. Rejects with a DistillError, and then nothing changed. */
  configure(partial: PartialConfig): Promise<Config> {
    return this.#inTurn(async () => {
      const reply = await this.#configured(this.config, [toConfigText(partial)], false);
      const { temperature, alpha } = this.config.distillation;
      this.#take(reply, false);
      // A slider that was dragged away from the config follows it again when the config's own value is set.
      const { temperature: newT, alpha: newAlpha } = this.config.distillation;
      if (newT !== temperature) this.view = { ...this.view, softT: null, lossT: null };
      if (newAlpha !== alpha) this.view = { ...this.view, lossAlpha: null };
      this.#host.address?.write(this.#query(this.view), subjectOf(partial));
      return this.config;
    });
  }

  /**
   * Takes the state that an address gives, over the default preset; what cannot be taken becomes a problem. A config whose run came
   * to its end lately is shown with that run: this is where the back button leads.
   */
  restore(address: Address): Promise<Config> {
    // At once, since it needs no engine: a chapter opened while the engine loads must not be closed again.
    this.view = address.view;
    return this.#inTurn(async () => {
      const { parameters, problems } = await unpacked(address);
      const partials = parameters.map(({ partial }) => toConfigText(partial));
      const reply = await this.#configured(null, partials, true);
      const untaken = parameters.flatMap(({ name }, i) => {
        const error = reply.problems[i];
        return error ? [{ name, error }] : [];
      });
      const { over } = address.view;
      const allowed = overAllowed(over, this.#host.fields());
      if (allowed !== null) {
        // Only the fields, which came with the engine, tell that it cannot be swept; values chosen for it are of no other.
        if (this.view.over === over) this.view = { ...this.view, over: DEFAULT_VIEW.over, values: DEFAULT_VIEW.values };
        untaken.unshift({ name: "over", error: refused("out_of_range", "over", over, allowed).toJSON() });
      }
      this.problems = [...problems, ...untaken];
      this.#take(reply, true);
      return this.config;
    });
  }

  setView(view: Partial<ViewSettings>): void {
    this.view = { ...this.view, ...view };
    // Not before the config of the address has been taken, or its settings would be written over.
    const write = () => this.#host.address?.write(this.#query(this.view), Object.keys(view).join());
    this.#host.ready.then(write, () => undefined);
  }

  /** The address of this state, with other settings of the page where given. */
  link(view: Partial<ViewSettings> = {}): string {
    return this.#host.address?.link(this.#query({ ...this.view, ...view })) ?? "";
  }

  /** The config at hand as text that leads to it again, whatever is set by then. */
  pinned(): string {
    return JSON.stringify(partialOf(this.config, this.#presetConfig()));
  }

  dismissProblem(problem: Problem): void {
    this.problems = this.problems.filter((other) => other !== problem);
  }

  #presetConfig(): Config {
    return this.#host.presets().find(({ name }) => name === this.config.preset)?.config ?? FIRST_CONFIG;
  }

  #query(view: ViewSettings): string {
    return buildQuery(this.config, this.#presetConfig(), view);
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

  /** The config that `partials` make of `base`, and with it its run, unless more changes wait: only the last needs one. */
  #configured(base: Config | null, partials: string[], lenient: boolean): Promise<Configured> {
    const { life, questions } = this.#host;
    const run = this.#configures > 1 ? null : life.next();
    const question: Question = { type: "configure", base, partials, lenient, run, held: life.config };
    return questions.ask(question, "configured");
  }

  /** `recall`: shows the config's run as it ended, where it did. */
  #take({ config, run }: Configured, recall: boolean): void {
    const { life, emitter } = this.#host;
    if (life.config !== null && JSON.stringify(config) === JSON.stringify(this.config)) return;
    this.config = config;
    emitter.emit("configchange", config);
    if (run === null) life.abandon();
    else life.adopt(run, recall);
  }
}
