/** What somebody asks for as a sweep, read; which fields there are, and their ranges, the engine checks after that. */
import { MAX_SWEEP_POINTS } from "../shared/engine_types";
import { fail, refused } from "../shared/errors";
import type { SweepRead } from "../shared/protocol";
import { MOST_TRAININGS } from "../shared/seeds";
import { readSeeds } from "./seeds";

const KEYS = ["over", "values", "seeds"];
/** Points that are worth asking the engine about: it allows far fewer. */
const MOST_POINTS = 10_000;

/** `own`: the config's seed. Throws what is wrong with `ask`, naming its field. */
export function readAsk(ask: unknown, own: number): SweepRead {
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
  if (count > MOST_POINTS) throw fail("out_of_range", "values", `values: got ${count} points; allowed: at most ${MAX_SWEEP_POINTS}`);
  return { over: fields, values: lists, seeds: readSeeds(own, seeds) };
}

/** Refuses more than one sweep may be, of which each part alone would be allowed. */
export function checkTrainings({ values, seeds }: SweepRead): void {
  const points = values.reduce((product, list) => product * list.length, 1);
  const trainings = points * seeds.length;
  if (trainings <= MOST_TRAININGS) return;
  const got = `${seeds.length} seeds at ${points} points, ${trainings} trainings`;
  throw fail("out_of_range", "seeds", `seeds: got ${got}; allowed: at most ${MOST_TRAININGS} trainings`);
}

function isNumbers(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((value) => typeof value === "number");
}
