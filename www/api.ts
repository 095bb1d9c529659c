/** `window.distillLab`: the lab for scripts of the page, and, by way of messages, of an embedding page. */
import { fail } from "./shared/errors";
import { type DistillLab, readRunAsk } from "./shared/page_api";
import { plain } from "./shared/plain";
import type { LabState } from "./ui/state/lab.svelte";

export type { DistillLab } from "./shared/page_api";

declare global {
  interface Window {
    distillLab: DistillLab;
  }
}

export function createApi(lab: LabState): DistillLab {
  /** A caller wants a lab that is awake, seen or not. */
  const ready = (): Promise<void> => {
    lab.wake();
    return lab.ready;
  };
  return {
    get ready() {
      return ready();
    },
    get version() {
      return lab.version;
    },
    presets: () => lab.presets.map(({ name, title }) => ({ name, title })),
    // Copies, in and out: what a guest does to them changes nothing here.
    config: () => structuredClone(lab.config),
    configure: async (partial) => {
      const asked = plain(partial, "");
      await ready();
      return structuredClone(await lab.configure(asked));
    },
    run: async (ask = {}) => {
      const { speed } = readRunAsk(plain(ask, ""));
      await ready();
      const result = structuredClone(await lab.start());
      return speed ? { ...result, speed: structuredClone(await lab.speed()) } : result;
    },
    speed: async () => {
      await ready();
      return structuredClone(await lab.speed());
    },
    pause: () => lab.pause(),
    resume: () => lab.resume(),
    step: async (n = 1) => {
      const steps = plain(n, "n");
      await ready();
      return lab.step(steps);
    },
    back: async (n = 1) => {
      const steps = plain(n, "n");
      await ready();
      return lab.back(steps);
    },
    reset: async () => {
      await ready();
      lab.reset();
    },
    sweep: async (request) => {
      const asked = plain(request, "");
      await ready();
      return structuredClone(await lab.sweep.start(asked));
    },
    compare: async (request) => {
      const asked = plain(request, "");
      await ready();
      return structuredClone(await lab.comparison.start(asked));
    },
    predict: async (input) => {
      // A typed array is a list from here on.
      const numbers = plain(input, "input") as number[];
      await ready();
      const { teacher, student_alone, student_distilled } = await lab.predict(numbers);
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
