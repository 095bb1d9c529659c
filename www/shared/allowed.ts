/**
 * What is allowed where the page refuses a value before the engine sees it, and the English sentence of that. Kinds that the engine
 * has too go by its names and its words (src/refusal/).
 */
import type { Allowed as EngineAllowed } from "./engine_types";

/** What only the page allows or refuses. */
export type PageAllowed =
  /** Numbers, texts, lists and plain objects: what a message between windows holds. */
  | { kind: "plain" }
  /** At most `max` items, keys and letters together. */
  | { kind: "parts"; max: number }
  /** At most `max` lists or objects within each other. */
  | { kind: "depth"; max: number }
  | { kind: "function" }
  | { kind: "any_number" }
  /** A list of numbers, one for each feature. */
  | { kind: "feature_numbers" }
  /** A list of values for one field, a list of such lists for two. */
  | { kind: "value_lists" }
  /** What is asked of a sweep or a comparison. */
  | { kind: "ask"; keys: readonly string[] }
  /** The name of one of a result's models. */
  | { kind: "model" }
  /** At most `max` trainings in all. */
  | { kind: "trainings"; seeds: number; points: number; max: number }
  /** A number of seeds, or a list of as many. */
  | { kind: "seeds"; max: number }
  | { kind: "each_seed_once" }
  /** Seeds from `first` on that end at `max`. */
  | { kind: "seeds_from"; first: number; max: number }
  /** A result, as `run()` gives it. */
  | { kind: "result" }
  /** A part of a saved run. */
  | { kind: "saved"; part: "run" | "runs" | "config" | "digest" | "engine_version" }
  /** The parameter of the address that was meant. */
  | { kind: "parameter"; meant: string }
  /** Some of these words, with commas between them. */
  | { kind: "words"; words: readonly string[] }
  /** A language's tag. */
  | { kind: "language"; languages: readonly string[] }
  /** Fields of a sweep, as the address writes them. */
  | { kind: "over" }
  /** Values of a sweep, as they are typed. */
  | { kind: "sweep_values"; example: string }
  /** A short link of this form. */
  | { kind: "link_form"; form: number }
  /** A browser that opens short links. */
  | { kind: "newer_browser" }
  /** A short link as it was copied. */
  | { kind: "whole_link" };

export type Allowed = EngineAllowed | PageAllowed;

/** Kinds of the engine's that the page refuses by itself too. */
type Common = Extract<
  EngineAllowed,
  { kind: "integer" | "number" | "choice" | "object" | "keys" | "json" | "count" | "results" | "axes" | "boolean" }
>;
export type PageRefuses = PageAllowed | Common;

/** The whole sentence: which field, what it got, what is allowed. `got` as `given` makes it. */
export function inEnglish(path: string, got: unknown, allowed: PageRefuses): string {
  const where = path || "config";
  const value = shown(got);
  const says = (words: string, what = value): string => `${where}: got ${what}; allowed: ${words}`;
  switch (allowed.kind) {
    case "integer":
      return says(`a whole number from ${allowed.min} to ${allowed.max}`);
    case "number":
      return says(`a number from ${allowed.min} to ${allowed.max}`);
    case "choice":
      return says(`one of ${allowed.choices.join(", ")}`);
    case "boolean":
      return says("true or false");
    case "object":
      return says("an object");
    case "keys":
      return `${where}: unknown key; got ${value}; allowed here: ${allowed.keys.join(", ")}`;
    case "json":
      return `${where}: not JSON: ${allowed.why}; allowed: one JSON object`;
    case "count":
      return says(
        allowed.min === 0 ? `at most ${allowed.max}` : `${allowed.min} to ${allowed.max}`,
        `${value} ${allowed.of === "bytes" ? "bytes of text" : allowed.of}`,
      );
    case "results":
      return says("a list of at least one result");
    case "axes":
      return says("one field, or two different ones");
    case "plain":
      return says("numbers, texts, lists and plain objects");
    case "parts":
      return says(`at most ${allowed.max} items, keys and letters together`, "more than can be taken");
    case "depth":
      return says(`at most ${allowed.max} lists or objects within each other`, "more than can be taken");
    case "function":
      return says("a function");
    case "any_number":
      return says("a number");
    case "feature_numbers":
      return says("a list of numbers, one for each feature");
    case "value_lists":
      return says("a list of numbers, words or switches for one field, a list of such lists for two");
    case "ask":
      return says(`an object with ${allowed.keys.join(", ")}`);
    case "model":
      return says("the name of a model, such as student_alone");
    case "trainings":
      return says(
        `at most ${allowed.max} trainings`,
        `${allowed.seeds} seeds at ${allowed.points} points, ${value} trainings`,
      );
    case "seeds":
      return says(`a whole number from 1 to ${allowed.max}, or a list of as many seeds`);
    case "each_seed_once":
      return says("each seed once", `${value} twice`);
    case "seeds_from":
      return says(`up to ${allowed.max}`, `${value} from ${allowed.first} on`);
    case "result":
      return says("a result, as run() gives it");
    case "saved":
      return says(SAVED[allowed.part]);
    case "parameter":
      return `${where}: unknown parameter; allowed: ${allowed.meant}`;
    case "words":
      return says(`${allowed.words.join(", ")}, with commas between them`);
    case "language":
      return says(`${allowed.languages.join(" or ")}, or with a region, such as de-AT`);
    case "over":
      return says(
        "the path of a field of numbers, words or switches, such as distillation.temperature, or two different ones with a comma between them",
      );
    case "sweep_values":
      return says(
        `numbers or words with commas between them, or a range such as ${allowed.example}; for two fields a semicolon between their lists`,
      );
    case "link_form":
      return says(
        `${allowed.form} (the link was made by a newer version of this page: reload it)`,
        `a link of form ${value}`,
      );
    case "newer_browser":
      return `${where}: this browser cannot open short links; allowed: a newer browser, or the long link`;
    case "whole_link":
      return says("one as it was copied", "a short link that is damaged or cut off");
  }
}

const SAVED = {
  run: "one JSON object, as this page saves a run",
  runs: "the JSON of one run: an item of this list",
  config: "the run's config, an object",
  digest: "16 hexadecimal digits",
  engine_version: "the version of the engine that ran it",
};

const LONGEST = 60;

/** What was given, as a refusal keeps it: JSON, its end left out where it is long; of anything else its kind, `[object Function]`. */
export function given(value: unknown): unknown {
  if (typeof value === "string") return value.length > LONGEST ? `${value.slice(0, LONGEST - 3)}...` : value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value === "boolean") return value;
  if (!Array.isArray(value)) return Object.prototype.toString.call(value);
  const scalar = (item: unknown): unknown => (typeof item === "object" && item !== null ? "..." : given(item));
  const short: unknown[] = value.slice(0, 4).map(scalar);
  return value.length > short.length ? [...short, "..."] : short;
}

const KIND = "[object ";

/** As JSON has it; a kind by its name. */
export function shown(got: unknown): string {
  if (typeof got !== "string" || !got.startsWith(KIND)) return JSON.stringify(got ?? null);
  const kind = got.slice(KIND.length, -1);
  return kind === "Undefined" ? "nothing" : kind;
}
