/** What somebody asks for as a sweep, read; which fields there are, and their ranges, the engine checks after that. */
import { MAX_SWEEP_POINTS } from "../shared/engine_types";
import { refused } from "../shared/errors";
import type { SweepRead } from "../shared/protocol";
import type { SweepItem } from "../shared/requests";
import { checkAsk } from "./asks";
import { readSeeds } from "./seeds";

const KEYS = ["over", "values", "seeds"];

/** `own`: the config's seed. Throws what is wrong with `ask`, naming its field. */
export function readAsk(ask: unknown, own: number): Omit<SweepRead, "configs"> {
  const { over, values, seeds } = checkAsk(ask, "", KEYS);
  const fields: unknown[] = Array.isArray(over) ? over : [over];
  const lists: unknown = Array.isArray(over) ? values : [values];
  if (!fields.every((field) => typeof field === "string") || fields.length < 1 || fields.length > 2) {
    throw refused("wrong_type", "over", over, { kind: "axes" });
  }
  if (!Array.isArray(lists) || lists.length !== fields.length || !lists.every(isItems)) {
    throw refused("wrong_type", "values", values, { kind: "value_lists" });
  }
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > MAX_SWEEP_POINTS) {
    throw refused("out_of_range", "values", count, { kind: "count", of: "values", min: 1, max: MAX_SWEEP_POINTS });
  }
  return { over: fields, values: lists, seeds: readSeeds(own, seeds) };
}

function isItems(list: unknown): list is SweepItem[] {
  return Array.isArray(list) && list.every((value) => ["number", "string", "boolean"].includes(typeof value));
}
