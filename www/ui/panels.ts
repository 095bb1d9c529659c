/**
 * The panels below the bench, which are fetched when they are opened, in the order of the page. A new one is a file and an entry
 * here, with its name in `VIEWS`, its flag in `ViewSettings` and its words among the strings.
 */
import type { Component } from "svelte";
import type { ViewName, ViewSettings } from "../shared/view";
import type { LabState } from "./state/lab.svelte";
import type { Strings } from "./strings";

export interface OpenedPanel {
  /** `h-NAME` is its heading, `data-do=NAME` its button. */
  name: string;
  /** Its name in the address, where it is shown alone. */
  view: ViewName;
  /** The start of the names of its texts: `_open` and `_close` on the button, `_why` beside it. */
  words: "take" | "takeover" | "own_data" | "kept" | "steps" | "draw" | "versus";
  title: keyof Strings;
  /** The setting that says whether it is open on the whole page. */
  flag: keyof { [K in keyof ViewSettings as ViewSettings[K] extends boolean ? K : never]: true };
  /** Whether it is open all the same. */
  needed?: (lab: LabState) => boolean;
  /** Whether it takes something of the reader's, a table, a drawing, a run: without controls it is there only where the address opens it. */
  takes: boolean;
  /** Whether its place is kept while it is fetched: it fills a screen. */
  tall: boolean;
  load: () => Promise<Shown>;
}

/** A component with what it is given, out of the lab. */
interface Shown {
  component: Component<Record<string, unknown>>;
  props: (lab: LabState, t: Strings) => Record<string, unknown>;
}

/** Holds a component to its props, which the list then forgets. */
function shown<P extends object>(
  { default: component }: { default: Component<P> },
  props: (lab: LabState, t: Strings) => P,
): Shown {
  return { component, props } as unknown as Shown;
}
const whole = (lab: LabState, t: Strings) => ({ lab, t });

export const OPENED: readonly OpenedPanel[] = [
  {
    ...{
      name: "versus",
      view: "versus",
      words: "versus",
      title: "versus",
      flag: "versus",
      tall: true,
      takes: false,
    },
    load: async () => shown(await import("./versus/Versus.svelte"), whole),
  },
  {
    ...{ name: "take", view: "take-home", words: "take", title: "take", flag: "take", tall: false, takes: false },
    load: async () =>
      shown(await import("./panels/TakeHome.svelte"), (lab, t) => ({
        t,
        alone: lab.view.view !== null,
        controls: lab.view.controls,
        config: lab.config,
        result: lab.run.result,
        version: lab.version,
        script: (template, notebook) => lab.script(template, notebook),
        exported: (format) => lab.exported(format),
        configure: (config) => lab.configure(config),
        run: () => lab.runAnew(),
      })),
  },
  {
    ...{
      name: "takeover",
      view: "takeover",
      words: "takeover",
      title: "takeover",
      flag: "takeover",
      tall: true,
      takes: false,
    },
    load: async () => shown(await import("./takeover/TakeOver.svelte"), whole),
  },
  {
    ...{
      name: "own-data",
      view: "own-data",
      words: "own_data",
      title: "own_data",
      flag: "ownData",
      tall: false,
      takes: true,
    },
    // A link to a table of someone's own opens the panel where it can be given.
    needed: (lab) => lab.run.error?.code === "data_needed",
    load: async () => shown(await import("./own_data/OwnData.svelte"), whole),
  },
  {
    ...{ name: "kept", view: "kept", words: "kept", title: "kept", flag: "kept", tall: false, takes: true },
    load: async () =>
      shown(await import("./panels/Compare.svelte"), (lab, t) => ({
        t,
        alone: lab.view.view !== null,
        controls: lab.view.controls,
        result: lab.run.result,
        link: lab.link({ kept: true }),
      })),
  },
  {
    ...{ name: "steps", view: "steps", words: "steps", title: "steps_panel", flag: "steps", tall: true, takes: false },
    load: async () => shown(await import("./panels/Steps.svelte"), whole),
  },
  {
    ...{ name: "draw", view: "draw", words: "draw", title: "draw", flag: "draw", tall: true, takes: true },
    load: async () => shown(await import("./panels/Draw.svelte"), whole),
  },
];
