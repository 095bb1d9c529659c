/** What somebody asks for as a sweep, read; which fields there are, and their ranges, the engine checks after that. */
import { MAX_SWEEP_POINTS } from "../shared/engine_types";
import { refused } from "../shared/errors";
import type { SweepRead } from "../shared/protocol";
import { MOST_TRAININGS } from "../shared/seeds";
import { readSeeds } from "./seeds";

const KEYS = ["over", "values", "seeds"];

/** `own`: the config's seed. Throws what is wrong with `ask`, naming its field. */
export function readAsk(ask: unknown, own: number): SweepRead {
  if (typeof ask !== "object" || ask === null || Array.isArray(ask)) {
    throw refused("wrong_type", "", ask, { kind: "ask", keys: KEYS });
  }
  const stray = Object.keys(ask).find((key) => !KEYS.includes(key));
  if (stray !== undefined) {
    throw refused("unknown_key", stray, (ask as Record<string, unknown>)[stray], { kind: "keys", keys: KEYS });
  }
  const { over, values, seeds } = ask as Record<string, unknown>;
  const fields: unknown[] = Array.isArray(over) ? over : [over];
  const lists: unknown = Array.isArray(over) ? values : [values];
  if (!fields.every((field) => typeof field === "string") || fields.length < 1 || fields.length > 2) {
    throw refused("wrong_type", "over", over, { kind: "axes" });
  }
  if (!Array.isArray(lists) || lists.length !== fields.length || !lists.every(isNumbers)) {
    throw refused("wrong_type", "values", values, { kind: "value_lists" });
  }
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > MAX_SWEEP_POINTS) {
    throw refused("out_of_range", "values", count, { kind: "count", of: "values", min: 1, max: MAX_SWEEP_POINTS });
  }
  return { over: fields, values: lists, seeds: readSeeds(own, seeds) };
}

/** Refuses more than one sweep may be, of which each part alone would be allowed. */
export function checkTrainings({ values, seeds }: SweepRead): void {
  const points = values.reduce((product, list) => product * list.length, 1);
  const trainings = points * seeds.length;
  if (trainings <= MOST_TRAININGS) return;
  const allowed = { kind: "trainings", seeds: seeds.length, points, max: MOST_TRAININGS } as const;
  throw refused("out_of_range", "seeds", trainings, allowed);
}

function isNumbers(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((value) => typeof value === "number");
}
