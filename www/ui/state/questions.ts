/** What is asked of the lab's worker, each question with its answer's type. */
import type { Config, Query, RunFormat, ScriptRequest, Speed } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import type { ComparisonAsk } from "../../shared/page_api";
import type { Answers, ComparisonRead } from "../../shared/protocol";
import type { SweepValue } from "../../shared/requests";
import type { LabBridge, Question, Reply } from "./bridge";
import type { ComparisonHost } from "./comparison.svelte";
import type { SweepHost } from "./sweep.svelte";

type ReplyOf<T extends Reply["type"]> = Extract<Reply, { type: T }>;

export class Questions {
  readonly #bridge: () => LabBridge;
  /** The number of the run that is asked about. */
  readonly #run: () => number;

  constructor(bridge: () => LabBridge, run: () => number) {
    this.#bridge = bridge;
    this.#run = run;
  }

  /** `signal`: the answer is not wanted any more. */
  async ask<T extends Reply["type"]>(question: Question, type: T, signal?: AbortSignal): Promise<ReplyOf<T>> {
    return narrow(await this.#bridge().ask(question, signal), type);
  }

  /** The content hash of what a config needs from outside the engine, as soon as it is there; null: nothing. */
  async fetch(config: Config, signal: AbortSignal): Promise<string | null> {
    return (await this.ask({ type: "fetch", config }, "fetched", signal)).hash;
  }

  /** Any question about the run; of those on one subject that wait, only the newest is asked. */
  async inspect<Q extends Query>(subject: string, query: Q): Promise<Answers[Q["kind"]]> {
    const reply = await this.#bridge().askLatest(subject, { type: "ask", run: this.#run(), query });
    return narrow(reply, "answer").value as Answers[Q["kind"]];
  }

  /** The complete config that a partial one, a text, makes of its preset; rejects with what is wrong with it. */
  async normalised(partial: string): Promise<Config> {
    const question: Question = {
      type: "configure",
      base: null,
      partials: [partial],
      lenient: false,
      run: null,
      held: null,
    };
    return (await this.ask(question, "configured")).config;
  }

  /** Each input has an answer of its own, however many are asked at once. */
  async predict(input: number[]): Promise<Answers["predict"]> {
    const question: Question = { type: "ask", run: this.#run(), query: { kind: "predict", input } };
    return (await this.ask(question, "answer")).value as Answers["predict"];
  }

  /** The finished run as a file. */
  async exported(format: RunFormat): Promise<Answers["export"]> {
    const question: Question = { type: "ask", run: this.#run(), query: { kind: "export", format } };
    return (await this.ask(question, "answer")).value as Answers["export"];
  }

  /** How fast the finished run's networks are on this machine. */
  async speed(): Promise<Speed> {
    return (await this.ask({ type: "speed", run: this.#run() }, "measured")).speed;
  }

  /** Code that repeats a config's experiment elsewhere. */
  async script(request: ScriptRequest): Promise<string> {
    return (await this.ask({ type: "script", request }, "scripted")).text;
  }

  /** Rejects with what is allowed where such a sweep cannot be; trains nothing. */
  async checkSweep(config: Config, over: string[], values: SweepValue[]): Promise<void> {
    await this.ask({ type: "checkSweep", config, over, values }, "sweepChecked");
  }

  /** Rejects likewise where such a comparison cannot be. */
  async readComparison(config: Config, ask: ComparisonAsk): Promise<ComparisonRead> {
    return (await this.ask({ type: "readComparison", config, ask }, "comparisonRead")).comparison;
  }

  /** What comparisons ask. */
  readonly ofComparisons: Pick<ComparisonHost, "read" | "compare"> = {
    read: (config, ask) => this.readComparison(config, ask),
    compare: async (plan, seeds, results) =>
      (await this.ask({ type: "compare", plan, seeds, results }, "compared")).comparison,
  };

  /** What sweeps and repeats ask. */
  readonly ofSweeps: Pick<SweepHost, "summarise" | "read" | "contrast"> = {
    summarise: async (groups) => (await this.ask({ type: "summarise", groups }, "summarised")).summaries,
    read: async (config, ask) => (await this.ask({ type: "readSweep", config, ask }, "sweepRead")).sweep,
    contrast: async (accuracies, seeds, gain) =>
      (await this.ask({ type: "contrast", accuracies, seeds, gain }, "contrasted")).choice,
  };
}

function narrow<T extends Reply["type"]>(reply: Reply, type: T): ReplyOf<T> {
  if (reply.type === type) return reply as ReplyOf<T>;
  throw fail("internal", "", `The worker answered with "${reply.type}" where "${type}" was asked.`);
}
