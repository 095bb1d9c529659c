/** What somebody asks for as a sweep, read; which fields there are, and their ranges, the engine checks after that. */
import { fail, refused } from "../../shared/errors";
import type { SweepValue } from "../../shared/model";
import { seedsFrom } from "./seeds";

/** The points of a sweep, and the seeds of each. */
export interface SweepGrid {
  /** One field, or two. */
  over: string[];
  /** A list for each field. */
  values: number[][];
  grid: SweepValue[];
  seeds: number[];
}

const KEYS = ["over", "values", "seeds"];
/** Points that are worth asking the engine about: it allows far fewer. */
const MOST_POINTS = 10_000;

/** `own`: the config's seed. Throws what is wrong with `ask`, naming its field. */
export function readAsk(ask: unknown, own: number): SweepGrid {
  if (typeof ask !== "object" || ask === null || Array.isArray(ask)) {
    throw refused("wrong_type", "", ask, `an object with ${KEYS.join(", ")}`);
  }
  const stray = Object.keys(ask).find((key) => !KEYS.includes(key));
  if (stray !== undefined) throw fail("unknown_key", stray, `${stray}: unknown key; allowed: ${KEYS.join(", ")}`);
  const { over, values, seeds } = ask as Record<string, unknown>;
  const fields: unknown[] = Array.isArray(over) ? over : [over];
  const lists: unknown = Array.isArray(over) ? values : [values];
  if (!fields.every((field) => typeof field === "string") || fields.length < 1 || fields.length > 2) {
    throw refused("wrong_type", "over", over, "a numeric field's path, or a list of two");
  }
  if (!Array.isArray(lists) || lists.length !== fields.length || !lists.every(isNumbers)) {
    throw refused("wrong_type", "values", values, "a list of numbers for one field, a list of such lists for two");
  }
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > MOST_POINTS) throw fail("out_of_range", "values", `values: got ${count} points; allowed: at most 200`);
  return { over: fields, values: lists.map((list) => [...list]), grid: gridOf(lists), seeds: seedsFrom(own, seeds) };
}

function isNumbers(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((value) => typeof value === "number");
}

/** Every combination of the values, the first field's changing slowest; of one field the values themselves. */
export function gridOf([first = [], second]: readonly (readonly number[])[]): SweepValue[] {
  return second === undefined ? [...first] : first.flatMap((a) => second.map((b): SweepValue => [a, b]));
}
