/**
 * Finished runs that somebody keeps to compare: a list that can be added to, renamed in, deleted from, and every change
 * taken back. It lives in memory; a store, where there is one, brings it back after a reload, as a convenience.
 */
import { type Curve, MODELS, type Result } from "../../shared/engine_types";
import { differences } from "../differences";

export interface KeptRun {
  /** Its own, as long as the page lives. */
  id: number;
  name: string;
  result: Result;
}

/** Where the list is kept between visits. Both may throw: storage is forbidden in some frames, and may be full. */
export interface Store {
  read(): string | null;
  write(text: string): void;
  /** Calls `handler` after another page has written. */
  onChange?(handler: () => void): void;
}

/** Most runs at once: more lines than this tell nothing. */
export const MOST_RUNS = 12;
/** Longest name, in characters. */
export const LONGEST_NAME = 60;
/** Most characters that are stored; browsers give an origin about five million. */
export const MOST_STORED = 2_000_000;
/** Changes that can be taken back. */
const MOST_UNDO = 50;

export class KeptRuns {
  runs = $state.raw<readonly KeptRun[]>([]);
  #past = $state.raw<readonly (readonly KeptRun[])[]>([]);
  readonly canUndo = $derived(this.#past.length > 0);
  readonly full = $derived(this.runs.length >= MOST_RUNS);
  readonly #store: Store | null;
  #lastId = 0;

  constructor(store: Store | null) {
    this.#store = store;
    this.#adopt();
    store?.onChange?.(() => this.#adopt());
  }

  /** The run with this result. Equal configs and digests are equal runs, to the bit. */
  find(result: Result): KeptRun | undefined {
    const config = JSON.stringify(result.config);
    return this.runs.find((run) => run.result.digest === result.digest && JSON.stringify(run.result.config) === config);
  }

  /** Keeps a run once; null where no more can be kept. */
  keep(result: Result): KeptRun | null {
    const known = this.find(result);
    if (known) return known;
    if (this.full) return null;
    const run = { id: ++this.#lastId, name: this.#freeName(result), result };
    this.#change([...this.runs, run]);
    return run;
  }

  /** Another name; one of nothing but spaces changes nothing. */
  rename(id: number, name: string): void {
    const short = name.trim().slice(0, LONGEST_NAME);
    const run = this.runs.find((one) => one.id === id);
    if (run === undefined || short === "" || short === run.name) return;
    this.#change(this.runs.map((one) => (one === run ? { ...run, name: short } : one)));
  }

  delete(id: number): void {
    const rest = this.runs.filter((run) => run.id !== id);
    if (rest.length < this.runs.length) this.#change(rest);
  }

  /** Takes the last change back. */
  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.runs = before;
    this.#save();
  }

  /** All of them as a file: each item is a run that can be loaded again, with its name beside it. */
  exported(): string {
    return JSON.stringify({ runs: this.runs.map(({ name, result }) => ({ name, ...result })) }, null, 1);
  }

  /**
   * Takes the stored runs that this list lacks, such as another tab has kept. They go into the lists of the past too: what
   * is taken back here must not take them away there.
   */
  #adopt(): void {
    const fresh = this.#stored()
      .filter(({ result }) => this.find(result) === undefined)
      .slice(0, MOST_RUNS - this.runs.length)
      .map(({ name, result }) => ({ id: ++this.#lastId, name, result }));
    if (fresh.length === 0) return;
    this.runs = [...this.runs, ...fresh];
    this.#past = this.#past.map((runs) => [...runs, ...fresh]);
  }

  #change(runs: readonly KeptRun[]): void {
    this.#past = [...this.#past, this.runs].slice(-MOST_UNDO);
    this.runs = runs;
    this.#save();
  }

  #freeName(result: Result): string {
    const name = this.#nameOf(result);
    const taken = this.runs.map((run) => run.name);
    let free = name;
    for (let i = 2; taken.includes(free); i++) free = `${name} (${i})`;
    return free;
  }

  /** What sets a run apart from the first one, where that is little; else what it is. */
  #nameOf({ config }: Result): string {
    const first = this.runs[0]?.result.config;
    const apart = first?.preset === config.preset ? differences([first, config]) : [];
    if (apart.length === 0 || apart.length > 3) return `${config.preset}, seed ${config.seed}`;
    return apart
      .map(({ path, values }) => `${path.split(".").slice(-2).join(" ")} ${values[1]}`)
      .join(", ")
      .slice(0, LONGEST_NAME);
  }

  #stored(): { name: string; result: Result }[] {
    try {
      const value: unknown = JSON.parse(this.#store?.read() ?? "[]");
      return Array.isArray(value) ? value.filter(isRun).slice(0, MOST_RUNS) : [];
    } catch {
      // What was stored is lost or may not be read; the page does without.
      return [];
    }
  }

  /** The oldest are left out where not all of them fit. */
  #save(): void {
    const texts = this.runs.map(({ name, result }) => JSON.stringify({ name, result }));
    while (texts.reduce((sum, text) => sum + text.length + 1, 1) > MOST_STORED) texts.shift();
    try {
      this.#store?.write(`[${texts.join()}]`);
    } catch {
      // Full or forbidden: the runs stay in memory.
    }
  }
}

/** Whether something stored, perhaps by an older page, has what the panel shows. */
function isRun(value: unknown): value is { name: string; result: Result } {
  const { name, result } = (value ?? {}) as { name?: unknown; result?: Partial<Result> | null };
  if (typeof name !== "string" || typeof result !== "object" || result === null) return false;
  const curves = Object.values(result.curves ?? {}) as Partial<Curve>[];
  return (
    typeof result.digest === "string" &&
    typeof result.config === "object" &&
    result.config !== null &&
    MODELS.slice(0, 3).every((model) => typeof result[model]?.accuracy === "number" && result.curves?.[model]) &&
    curves.every(({ step, test_accuracy }) => Array.isArray(step) && Array.isArray(test_accuracy))
  );
}

const KEY = "distill-lab.kept";
/** This browser's, which all panels of a page share. */
export const kept = new KeptRuns({
  read: () => localStorage.getItem(KEY),
  write: (text) => localStorage.setItem(KEY, text),
  onChange: (handler) => {
    globalThis.addEventListener?.("storage", ({ key }) => {
      if (key === KEY) handler();
    });
  },
});
