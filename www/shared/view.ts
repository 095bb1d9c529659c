/**
 * Settings of the page, not of the experiment: what is shown, and how. Each has a key in the address, a reading that
 * says what is allowed, and a writing that is left out where the setting is as it was.
 */
import { type Field, MODELS, type ModelName } from "./engine_types";
import { sweepable } from "./settings";
import type { PageRefuses } from "./allowed";
import { parseLists, VALUES_EXAMPLE } from "./sweep_values";

/** Panels that `view` shows alone. */
export const VIEWS = [
  "stage",
  "temperature",
  "curves",
  "compare",
  "sweep",
  "boundary",
  "soft-targets",
  "take-home",
  "takeover",
  "repeat",
  "kept",
  "steps",
  "draw",
  "loss",
  "own-data",
  "versus",
] as const;
export type ViewName = (typeof VIEWS)[number];
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const CURVES = ["accuracy", "test-loss", "train-loss"] as const;
export type CurveName = (typeof CURVES)[number];
export const STEP_MODELS = ["student_alone", "student_distilled"] as const;
export type StepModel = (typeof STEP_MODELS)[number];

/** By what a sweep's points are compared. */
export const MEASURES = ["accuracy", "gain"] as const;
export type Measure = (typeof MEASURES)[number];

/** What a repeat's interval covers: other seeds on the same test images, or other seeds and other test images. */
export const COVERS = ["seeds", "images"] as const;
export type Covers = (typeof COVERS)[number];

export interface ViewSettings {
  /** One panel alone; null: the whole page. */
  view: ViewName | null;
  controls: boolean;
  theme: Theme;
  /** null: as the place has it (by itself on a page of its own, on a click where embedded). */
  autorun: boolean | null;
  lang: string;
  /** The lesson's chapter. */
  lesson: string | null;
  /** What the curves show over the steps. */
  curve: CurveName;
  /** A logarithmic axis for losses. */
  log: boolean;
  /** The curves' values as a table. */
  table: boolean;
  /** Models whose curves are switched off in the legend. */
  hide: readonly ModelName[];
  /** The test image of the soft targets. */
  image: number;
  /** The temperature of the soft targets' slider; null: the config's. */
  softT: number | null;
  /** The temperature of the boundaries' slider: 1, as where models are used. */
  regionT: number;
  /** Whether what the student took over is open. */
  takeover: boolean;
  /** The transfer image of the loss. */
  lossImage: number;
  /** The temperature on the loss panel's slider; null: the config's. */
  lossT: number | null;
  /** The weight on the loss panel's slider; null: the config's. */
  lossAlpha: number | null;
  /** Whether the panel with everything to take home is open. */
  take: boolean;
  /** Whether the repeat is shown seed by seed. */
  pairs: boolean;
  /** What the interval of its gain covers. */
  covers: Covers;
  /** Whether the panel of kept runs is open. */
  kept: boolean;
  /** Whether the panel of single steps is open. */
  steps: boolean;
  /** Which student's step is shown while both learn. */
  stepModel: StepModel;
  /** The layer and, in it, the unit whose weights are shown; the last one where there are fewer. */
  layer: number;
  unit: number;
  /** Whether the panel to draw a digit is open. */
  draw: boolean;
  /** The temperature at which a drawing is answered: 1, as where models are used. */
  drawT: number;
  /** What the sweep is over: a field's path, or two with a comma between them. */
  over: string;
  /** The sweep's values as they were typed, of two fields with a semicolon between them; null: the field's usual ones. */
  values: string | null;
  /** How many seeds the sweep has, and the comparison of two settings; the config's own is one of them. */
  seeds: number;
  /** What the sweep's map shows. */
  measure: Measure;
  /** Whether the panel for a user's data is open. */
  ownData: boolean;
  /** Whether the panel that compares two settings, A and B, is open. */
  versus: boolean;
  /** A, as the JSON of a partial config that names its preset; null: the present settings. */
  a: string | null;
  /** What B has that the present settings have not, likewise. */
  b: string;
  /** Whose scores are compared, A's and B's. */
  models: readonly [ModelName, ModelName];
}

/** The models that are compared unless others are named. */
export const DISTILLED: ViewSettings["models"] = ["student_distilled", "student_distilled"];

export const DEFAULT_VIEW: ViewSettings = {
  view: null,
  controls: true,
  theme: "auto",
  autorun: null,
  lang: "en",
  lesson: null,
  curve: "accuracy",
  log: false,
  table: false,
  hide: [],
  image: 0,
  softT: null,
  regionT: 1,
  takeover: false,
  lossImage: 0,
  lossT: null,
  lossAlpha: null,
  take: false,
  pairs: false,
  covers: "seeds",
  kept: false,
  steps: false,
  stepModel: "student_distilled",
  layer: 0,
  unit: 0,
  draw: false,
  drawT: 1,
  over: "distillation.temperature",
  values: null,
  seeds: 12,
  measure: "accuracy",
  ownData: false,
  versus: false,
  a: null,
  b: '{"distillation":{"method":"hard_teacher"}}',
  models: DISTILLED,
};

type Key = keyof ViewSettings;
interface Form<K extends Key> {
  address: string;
  /** undefined where `text` is none of what is allowed. */
  read(text: string): ViewSettings[K] | undefined;
  write(value: ViewSettings[K]): string;
  allowed: PageRefuses;
}

const oneOf = <T extends string>(address: string, words: readonly T[]) => ({
  address,
  read: (text: string) => words.find((word) => word === text),
  write: (value: T | null) => value ?? "",
  allowed: { kind: "choice", choices: words } as const,
});
const flag = (address: string) => ({
  address,
  read: (text: string) => (text === "0" || text === "1" ? text === "1" : undefined),
  write: (value: boolean | null) => (value ? "1" : "0"),
  allowed: { kind: "choice", choices: ["0", "1"] } as const,
});
const word = (address: string, pattern: RegExp, allowed: PageRefuses) => ({
  address,
  read: (text: string) => (pattern.test(text) ? text : undefined),
  write: (value: string | null) => value ?? "",
  allowed,
});
const DECIMAL = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const number = (address: string, low: number, high: number) => ({
  address,
  read: (text: string) =>
    DECIMAL.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : undefined,
  write: (value: number | null) => String(value),
  allowed: { kind: "number", min: low, max: high } as const,
});
const MOST_IMAGES = 1_000_000;
const index = (address: string) => ({
  ...number(address, 0, MOST_IMAGES),
  read: (text: string) => (/^\d{1,7}$/.test(text) && Number(text) <= MOST_IMAGES ? Number(text) : undefined),
  allowed: { kind: "integer", min: 0, max: MOST_IMAGES } as const,
});
/** What it says of the config the engine checks. */
const partial = (address: string) => ({
  address,
  read: (text: string) => (isPartial(text) ? text : undefined),
  write: (value: string | null) => value ?? "",
  allowed: { kind: "object" } as const,
});
function isPartial(text: string): boolean {
  try {
    const value: unknown = text.length <= MOST_PARTIAL ? JSON.parse(text) : null;
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
/** Letters of a partial config in the address: settings that differ, not points. */
const MOST_PARTIAL = 4000;
const models = (address: string) => ({
  address,
  read: (text: string) => {
    const names = text.split(",").map((name) => MODELS.find((known) => known === name));
    const known = names.filter((name) => name !== undefined);
    return known.length === names.length ? [...new Set(known)] : undefined;
  },
  write: (names: readonly ModelName[]) => names.join(","),
  allowed: { kind: "words", words: MODELS } as const,
});

/** Chapters of the lesson; each goes by its number. */
export const CHAPTER_COUNT = 12;
/** Languages that the page speaks; a region's tag is its language's. */
export const SPOKEN = ["en", "de"] as const;

/** Most seeds of a sweep on the page. */
export const MOST_SEEDS = 100;

const OVER_ALLOWED = { kind: "over" } as const;

/** In the order in which they are written. */
const FORMS: { [K in Key]: Form<K> } = {
  view: oneOf("view", VIEWS),
  lesson: {
    address: "lesson",
    read: (text) => (/^[1-9]\d?$/.test(text) && Number(text) <= CHAPTER_COUNT ? text : undefined),
    write: (text) => text ?? "",
    allowed: { kind: "integer", min: 1, max: CHAPTER_COUNT },
  },
  theme: oneOf("theme", THEMES),
  controls: flag("controls"),
  autorun: flag("autorun"),
  lang: word("lang", new RegExp(`^(${SPOKEN.join("|")})(-[A-Za-z0-9]{2,8}){0,3}$`), {
    kind: "language",
    languages: SPOKEN,
  }),
  curve: oneOf("curve", CURVES),
  log: flag("log"),
  table: flag("table"),
  hide: models("hide"),
  image: index("image"),
  softT: number("soft-T", 0.25, 64),
  regionT: number("region-T", 0.25, 64),
  takeover: flag("takeover"),
  lossImage: index("loss-image"),
  lossT: number("loss-T", 0.25, 64),
  lossAlpha: number("loss-alpha", 0, 1),
  take: flag("take"),
  pairs: flag("pairs"),
  covers: oneOf("covers", COVERS),
  kept: flag("kept"),
  steps: flag("steps"),
  stepModel: oneOf("step-model", STEP_MODELS),
  layer: index("layer"),
  unit: index("unit"),
  draw: flag("draw"),
  drawT: number("draw-T", 0.25, 64),
  over: word("over", /^[a-z0-9_.]{1,60}(,[a-z0-9_.]{1,60})?$/, OVER_ALLOWED),
  values: {
    address: "values",
    read: (text) => (text.length <= 500 && parseLists(text, text.includes(";") ? 2 : 1) !== null ? text : undefined),
    write: (text) => text ?? "",
    allowed: { kind: "sweep_values", example: VALUES_EXAMPLE },
  },
  seeds: {
    ...number("seeds", 1, MOST_SEEDS),
    read: (text) =>
      /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_SEEDS ? Number(text) : undefined,
    allowed: { kind: "integer", min: 1, max: MOST_SEEDS },
  },
  measure: oneOf("measure", MEASURES),
  ownData: flag("own-data"),
  versus: flag("versus"),
  a: partial("a"),
  b: partial("b"),
  models: {
    address: "models",
    read: (text) => {
      const names = text.split(",").map((name) => MODELS.find((known) => known === name));
      const [a, b] = names;
      return a !== undefined && b !== undefined && names.length === 2 ? [a, b] : undefined;
    },
    write: (names) => names.join(","),
    allowed: { kind: "words", words: MODELS },
  },
};
const NAMES = Object.keys(FORMS) as Key[];

export const VIEW_KEYS: readonly string[] = NAMES.map((name) => FORMS[name].address);

/** Reads one parameter into `view`; where it cannot be taken, says what is allowed. */
export function readView(view: ViewSettings, address: string, text: string): PageRefuses | null {
  const name = NAMES.find((one) => FORMS[one].address === address);
  if (name === undefined) return null;
  const value = FORMS[name].read(text);
  if (value === undefined) return FORMS[name].allowed;
  Object.assign(view, { [name]: value });
  return null;
}

/** What is allowed where `over` cannot be swept, which only the engine's fields tell; null: it can. */
export function overAllowed(over: string, fields: readonly Field[]): PageRefuses | null {
  const known = new Set(sweepable(fields).map(({ path }) => path));
  return over.split(",").every((path) => known.delete(path)) ? null : OVER_ALLOWED;
}

/** Key and text of every setting that is not as it was. */
export function writeView(view: ViewSettings): [string, string][] {
  return NAMES.flatMap((name) => written(name, view));
}

function written<K extends Key>(name: K, view: ViewSettings): [string, string][] {
  if (String(view[name]) === String(DEFAULT_VIEW[name])) return [];
  return [[FORMS[name].address, FORMS[name].write(view[name])]];
}
