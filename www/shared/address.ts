/**
 * The page's address: every visible setting is in it, and a link restores the state. `?` and `#` are both read (some
 * hosts keep one of them for themselves); what differs from the preset is written, and nothing else.
 */
import { checkSize } from "./json";
import { type Config, MAX_CONFIG_BYTES } from "./engine_types";
import { type DistillError, refused, toDistillError } from "./errors";
import { at, SETTINGS, settingOfKey, valueAt } from "./settings";
import { DEFAULT_VIEW, readView, VIEW_KEYS, type ViewSettings, writeView } from "./view";

export const DEFAULT_PRESET = "fifty-digits";

/** A parameter that could not be taken. */
export interface Problem {
  name: string;
  error: DistillError;
}

/** A parameter that sets something of the config; the engine has yet to look at it. */
export interface Parameter {
  name: string;
  partial: Record<string, unknown>;
}

export interface Address {
  /** In the order in which they are to be laid over each other. */
  parameters: Parameter[];
  view: ViewSettings;
  problems: Problem[];
  /** Parameters of someone else's, as they stand (`utm_source=...`); kept when the address is rewritten. */
  foreign: string[];
  /** A `c` that is packed, still to be opened: see short_link.ts. */
  packed: string | null;
}

const KEYS = [
  "preset",
  "c",
  ...SETTINGS.flatMap(({ address }) => (address === undefined ? [] : [address])),
  ...VIEW_KEYS,
];

/** `search` and `hash` as `location` has them. What the hash says goes over what the query says. */
export function parseAddress(search: string, hash: string): Address {
  const address: Address = { parameters: [], view: { ...DEFAULT_VIEW }, problems: [], foreign: [], packed: null };
  const given = new Map<string, string>();
  for (const piece of [...pieces(search), ...hashPieces(hash)]) {
    const name = decode(piece.split("=", 1)[0] ?? "");
    const raw = piece.slice(piece.indexOf("=") + 1);
    try {
      if (!KEYS.includes(name)) {
        const meant = nearest(name);
        if (meant === undefined) address.foreign.push(piece);
        else throw refused("unknown_key", name, null, { kind: "parameter", meant });
        continue;
      }
      checkRaw(name, raw);
      given.set(name, decode(raw));
    } catch (thrown) {
      address.problems.push({ name, error: toDistillError(thrown) });
    }
  }
  readSettings(given, address);
  readConfig(given, address);
  return address;
}

function pieces(text: string): string[] {
  return text
    .replace(/^\?/, "")
    .split("&")
    .filter((piece) => piece !== "");
}

/** A hash without `=` is a place in the page. */
function hashPieces(hash: string): string[] {
  const text = hash.replace(/^#[/?]*/, "");
  return text.includes("=") ? pieces(text) : [];
}

/** Forgiving, as browsers are: a lone `%` stays what it is. */
function decode(raw: string): string {
  return new URLSearchParams(`v=${raw}`).get("v") ?? "";
}

/** Refuses a long value by its size alone: an escape of three letters is one byte. */
function checkRaw(name: string, raw: string): void {
  if (raw.length <= MAX_CONFIG_BYTES) return;
  checkSize(name, raw, raw.length - 2 * (raw.split("%").length - 1));
}

/** The key that someone meant who wrote `t` or `temperature`. */
function nearest(name: string): string | undefined {
  const lower = name.toLowerCase();
  const byPath = SETTINGS.find(({ path, address }) => {
    const last = path.slice(path.lastIndexOf(".") + 1);
    return address !== undefined && (path === lower || (last === lower && last !== "name"));
  });
  return KEYS.find((key) => key.toLowerCase() === lower) ?? byPath?.address;
}

function readSettings(given: ReadonlyMap<string, string>, address: Address): void {
  for (const [name, text] of given) {
    const allowed = readView(address.view, name, text);
    if (allowed === null) continue;
    address.problems.push({ name, error: refused("out_of_range", name, text, allowed).toJSON() });
  }
}

function readConfig(given: ReadonlyMap<string, string>, address: Address): void {
  const parameters: Parameter[] = [];
  let preset: Parameter | undefined;
  const whole = given.get("c");
  if (whole !== undefined && PACKED.test(whole)) address.packed = whole;
  else if (whole !== undefined) {
    try {
      const read = readWhole(whole);
      preset = read.preset[0];
      parameters.push(...read.parameters);
    } catch (thrown) {
      address.problems.push({ name: "c", error: toDistillError(thrown) });
    }
  }
  const name = given.get("preset");
  if (name !== undefined) preset = { name: "preset", partial: { preset: name } };
  for (const [key, text] of given) {
    const setting = settingOfKey(key);
    if (setting === undefined) continue;
    const value = setting.control === "layers" ? readLayers(text) : readValue(setting.path, text);
    if (setting.control === "seed" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      // Rounded by now: the engine could not say what was typed.
      const allowed = { kind: "integer", min: 0, max: Number.MAX_SAFE_INTEGER } as const;
      address.problems.push({ name: key, error: refused("out_of_range", setting.path, text, allowed).toJSON() });
      continue;
    }
    parameters.push({ name: key, partial: at(setting.path, value) });
  }
  // The ground comes first, whatever the order in the address.
  address.parameters = preset === undefined ? parameters : [preset, ...parameters];
}

/** A form's number before what is packed; no JSON object begins so. */
const PACKED = /^\d+\./;

/** What a `c` sets, its preset apart: at most one. */
export function readWhole(text: string): { preset: Parameter[]; parameters: Parameter[] } {
  const { preset, ...rest } = parseWhole(text);
  return {
    preset: preset === undefined ? [] : [{ name: "c", partial: { preset } }],
    parameters: leaves(rest).map((partial) => ({ name: "c", partial })),
  };
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A number where one is written; else the words themselves, so that the engine's error says what it got. */
function readValue(path: string, text: string): number | string {
  if (path === "data.name" || path === "distillation.method") return text;
  const number = Number(text);
  return DECIMAL.test(text.trim()) && Number.isFinite(number) ? number : text;
}

const NO_LAYERS = "linear";

/** "32-16" is [32, 16]; a model without hidden layers is "linear". */
function readLayers(text: string): number[] | string {
  if (text === NO_LAYERS) return [];
  return /^\d{1,9}(-\d{1,9})*$/.test(text) ? text.split("-").map(Number) : text;
}

/** The most parts in which `c` is looked at one by one; the engine takes a longer one as a whole. */
const MOST_LEAVES = 100;
const MOST_DEPTH = 8;

function parseWhole(text: string): Record<string, unknown> {
  checkSize("c", text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : "not JSON";
    throw refused("not_json", "c", text, { kind: "json", why: reason });
  }
  if (!isObject(value)) throw refused("wrong_type", "c", value, { kind: "object" });
  if (depth(value) > MOST_DEPTH) throw refused("too_large", "c", null, { kind: "depth", max: MOST_DEPTH });
  return value;
}

/** One partial config for each value, so that a bad one does not take the others with it. */
function leaves(config: Record<string, unknown>): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const walk = (value: unknown, wrap: (inner: unknown) => Record<string, unknown>): void => {
    if (!isObject(value) || Object.keys(value).length === 0) {
      found.push(wrap(value));
      return;
    }
    // Through entries and computed keys, so that `__proto__` is a key like any other.
    for (const [key, inner] of Object.entries(value)) walk(inner, (deeper) => wrap({ [key]: deeper }));
  };
  for (const [key, value] of Object.entries(config)) walk(value, (inner) => ({ [key]: inner }));
  return found.length <= MOST_LEAVES ? found : [config];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Levels of objects and arrays, counted without recursion: 64 KB hold thirty thousand of them. */
function depth(value: unknown): number {
  let level = 0;
  let layer: unknown[] = [value];
  while (layer.length > 0 && level <= MOST_DEPTH) {
    level += 1;
    layer = layer.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
    layer = layer.filter((one) => typeof one === "object" && one !== null);
  }
  return level;
}

/**
 * The shortest query, without `?`, that leads to `config` and `view` again.
 * `preset` is the complete config of the preset that `config` names.
 */
export function buildQuery(config: Config, preset: Config, view: ViewSettings = DEFAULT_VIEW): string {
  const query: string[] = [];
  const add = (key: string, text: string): void => {
    query.push(`${key}=${encode(text)}`);
  };
  if (config.preset !== DEFAULT_PRESET) add("preset", config.preset);
  const rest = difference(config, preset);
  for (const { path, address, control } of SETTINGS) {
    if (address === undefined) continue;
    const value = valueAt(config, path);
    if (same(value, valueAt(preset, path))) continue;
    if (control === "layers") add(address, (value as number[]).join("-") || NO_LAYERS);
    else add(address, String(value));
  }
  if (Object.keys(rest).length > 0) add("c", JSON.stringify(rest));
  for (const [key, text] of writeView(view)) add(key, text);
  return query.join("&");
}

/** All that makes `config` of the defaults: the preset that it names, complete in `preset`, and what differs from that. */
export function partialOf(config: Config, preset: Config): Record<string, unknown> {
  return { preset: config.preset, ...difference(config, preset, new Set()) };
}

/** As short as a query may be: commas and colons stay readable. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Settings with a key of their own. */
const KEYED: ReadonlySet<string> = new Set(
  SETTINGS.filter(({ address }) => address !== undefined).map(({ path }) => path),
);

/** What differs from the preset, but for what is `keyed`. */
function difference(config: Config, preset: Config, keyed = KEYED): Record<string, unknown> {
  const walk = (value: object, ground: object, path: string): Record<string, unknown> => {
    const differing: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const here = path === "" ? key : `${path}.${key}`;
      const below = (ground as Record<string, unknown>)[key];
      if (here === "preset" || keyed.has(here) || same(inner, below)) continue;
      if (!isObject(inner) || !isObject(below)) differing[key] = inner;
      // Another optimiser starts from its own defaults, so that all of it has to be said.
      else if (key === "optimizer" && inner.name !== below.name) differing[key] = inner;
      else {
        const deeper = walk(inner, below, here);
        if (Object.keys(deeper).length > 0) differing[key] = deeper;
      }
    }
    return differing;
  };
  const rest = walk(config, preset, "");
  // Where all samples had their label, a size given alone would label all again.
  if (isObject(rest.transfer)) {
    rest.transfer = { ...rest.transfer, size: config.transfer.size, labelled: config.transfer.labelled };
  }
  return rest;
}
