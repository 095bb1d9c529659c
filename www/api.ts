/** `window.distillLab`: the lab for scripts of the page, and, by way of messages, of an embedding page. */
import { fail } from "./shared/errors";
import type { Config, PartialConfig, Result, SweepResult } from "./shared/model";
import type { LabEvent, LabEvents } from "./ui/state/events";
import type { LabState } from "./ui/state/lab.svelte";
import type { SweepAsk } from "./ui/state/sweep.svelte";

export interface DistillLab {
  readonly ready: Promise<void>;
  /** The engine's; empty before `ready`. */
  readonly version: string;
  presets(): { name: string; title: string }[];
  config(): Config;
  /** Rejects with {code, path, message}, and then nothing has changed. */
  configure(partial: PartialConfig): Promise<Config>;
  run(): Promise<Result>;
  pause(): void;
  resume(): void;
  step(n?: number): Promise<void>;
  /**
   * n training steps back (1 unless given; fewer at the beginning), over the phases' borders too and from a run's end, then stands
   * still. Exact: steps made again give the same bits. The next "progress" has `anew`: its points replace all before.
   */
  back(n?: number): Promise<void>;
  reset(): Promise<void>;
  sweep(request: SweepAsk): Promise<SweepResult>;
  /** Each model's probabilities for one input. */
  predict(input: number[]): Promise<Record<"teacher" | "student_alone" | "student_distilled", number[]>>;
  /** Returns what takes the handler off again. */
  on<E extends LabEvent>(event: E, handler: (detail: LabEvents[E]) => void): () => void;
}

declare global {
  interface Window {
    distillLab: DistillLab;
  }
}

export function createApi(lab: LabState): DistillLab {
  return {
    ready: lab.ready,
    get version() {
      return lab.version;
    },
    presets: () => lab.presets.map(({ name, title }) => ({ name, title })),
    // A copy: what a guest does to it changes nothing here.
    config: () => structuredClone(lab.config),
    configure: async (partial) => structuredClone(await lab.configure(partial)),
    run: async () => {
      await lab.ready;
      return lab.start();
    },
    pause: () => lab.pause(),
    resume: () => lab.resume(),
    step: async (n = 1) => {
      await lab.ready;
      return lab.step(n);
    },
    back: async (n = 1) => {
      await lab.ready;
      return lab.back(n);
    },
    reset: async () => {
      await lab.ready;
      lab.reset();
    },
    sweep: async (request) => {
      await lab.ready;
      return lab.sweep.start(request);
    },
    predict: async (input) => {
      const { teacher, student_alone, student_distilled } = await lab.predict(input);
      if (teacher === null || student_alone === null || student_distilled === null) {
        throw fail("not_trained", "", "The models have not all been trained yet: call run() first.");
      }
      return { teacher, student_alone, student_distilled };
    },
    on: (event, handler) => lab.on(event, handler),
  };
}

export function installApi(lab: LabState, target: Window = window): DistillLab {
  const api = createApi(lab);
  target.distillLab = api;
  return api;
}
