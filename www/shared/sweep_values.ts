/**
 * Values of a sweep as people write them: `1, 2, 4, 8`, or a range, `1..64 x7 log` (seven values, evenly spaced by their
 * logarithms), `0..1 x5` (evenly spaced), `1..8` (whole steps); or words: `soft_targets, hard_teacher`. For two fields a semicolon
 * stands between their lists.
 */
import type { SweepItem, SweepValue } from "./requests";

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const ONE = new RegExp(`^${NUMBER}$`, "i");
const RANGE = new RegExp(String.raw`^(${NUMBER})\s*\.\.\s*(${NUMBER})(?:\s*[x×]\s*(\d{1,3}))?(?:\s*(log))?$`, "i");
/** More than this no engine takes at once. */
const MOST = 1000;

/** A range, as the address takes it. */
export const VALUES_EXAMPLE = "1..64 x7 log";

/** One to three figures and groups of three: thousands to a reader who writes decimals with a comma. */
const GROUPED = /^[1-9]\d{0,2}(\.\d{3})+(?![\d.])/;

/**
 * A list as it is typed where decimals have a comma, `0,5; 1; 2` with semicolons or spaces, as the address has it; null where
 * it could mean something else.
 */
export function withPoints(text: string): string | null {
  // A range keeps together: its spaces part nothing.
  const whole = text
    .trim()
    .replace(/\s*\.\.\s*/g, "..")
    .replace(/\s*[x×]\s*(?=\d)/gi, "x")
    .replace(/\s*log/gi, "log");
  const pieces = whole.split(/\s*;\s*|,?\s+/);
  if (pieces.some((piece) => piece.split("..").some((number) => GROUPED.test(number)))) return null;
  return pieces.map((piece) => piece.replaceAll(",", ".").replace("x", " x").replace("log", " log")).join(", ");
}

/** The other way round: a list of the address as one types it there. */
export function withCommas(text: string): string {
  return text
    .split(",")
    .map((piece) => piece.trim().replace(/\.\.|\./g, (dots) => (dots === "." ? "," : dots)))
    .join("; ");
}

/** The values in ascending order, each once; null where `text` is not a list of them. `whole`: as whole numbers. */
export function parseValues(text: string, whole = false): number[] | null {
  const found: number[] = [];
  for (const piece of text.split(",").map((one) => one.trim())) {
    const values = ONE.test(piece) ? [Number(piece)] : range(piece, whole);
    if (values === null || found.length + values.length > MOST) return null;
    found.push(...values);
  }
  const all = [...new Set(found)].sort((a, b) => a - b);
  return all.length > 0 && all.every(Number.isFinite) ? all : null;
}

function range(text: string, whole: boolean): number[] | null {
  const [, from, to, count, log] = RANGE.exec(text) ?? [];
  const [low, high] = [Number(from), Number(to)];
  if (from === undefined || !(low < high)) return null;
  if (log && (low <= 0 || count === undefined)) return null;
  const n = count === undefined ? Math.floor(high - low) + 1 : Number(count);
  if (n < 2 || n > MOST) return null;
  const at = (share: number): number => (log ? low * (high / low) ** share : low + (high - low) * share);
  return Array.from({ length: n }, (_, i) => {
    if (count === undefined) return low + i;
    if (i === 0 || i === n - 1) return i === 0 ? low : high;
    // Short enough to be read and typed; the ends stay as they are.
    const value = Number(at(i / (n - 1)).toPrecision(3));
    return whole ? Math.round(value) : value;
  });
}

const WORD = /^[a-z][a-z0-9_]{0,40}$/;

/** Words in the order in which they stand, each once; null where `text` is not a list of them. */
export function parseWords(text: string): string[] | null {
  const words = text.split(",").map((word) => word.trim());
  return words.every((word) => WORD.test(word)) ? [...new Set(words)] : null;
}

/** What a field's values are. */
export type ItemKind = "number" | "whole" | "word" | "switch";

/** Where nothing is known of the field, numbers or words. */
function parseItems(text: string, kind: ItemKind | undefined): SweepItem[] | null {
  if (kind === "number" || kind === "whole") return parseValues(text, kind === "whole");
  const words = parseWords(text);
  if (kind === "switch") {
    return words?.every((word) => word === "true" || word === "false") ? words.map((word) => word === "true") : null;
  }
  return kind === "word" ? words : (parseValues(text) ?? words);
}

/** A list for each of `axes` fields; null where one of them, or their number, is not right. */
export function parseLists(text: string, axes: number, kinds: readonly ItemKind[] = []): SweepItem[][] | null {
  const lists = text.split(";").map((list, i) => parseItems(list, kinds[i]));
  return lists.length === axes && lists.every((list) => list !== null) ? lists : null;
}

/** A value for each of a point's fields. */
export const asList = (value: SweepValue): readonly SweepItem[] => (typeof value === "object" ? value : [value]);

/** Every combination of the values, the first field's changing slowest; of one field the values themselves. */
export function gridOf([first = [], second]: readonly (readonly SweepItem[])[]): SweepValue[] {
  return second === undefined ? [...first] : first.flatMap((a) => second.map((b): SweepValue => [a, b]));
}
