/**
 * Whether figures belong to settings: what differs between the ones that they were made with and those at hand. A seed is another
 * draw of the same experiment, and a preset's name only says where settings came from.
 */
import type { Config } from "../shared/engine_types";
import { type Difference, differences } from "./differences";
import type { Strings } from "./strings";

/** A user's table is known by its file's name; the rest only tells apart files of one name. */
const TABLE = ["data.table.hash", "data.table.shape"];
/** More than these are only counted. */
const MOST_NAMED = 3;

/** Settings that `made` and `at` do not share, each with both values in this order. */
export function otherSettings(made: Config, at: Config): Difference[] {
  const found = differences([made, at]).filter(({ path }) => path !== "seed" && path !== "preset");
  const named = found.some(({ path }) => path === "data.table.file");
  return named ? found.filter(({ path }) => !TABLE.includes(path)) : found;
}

/** Whether figures made with the one are figures of the other, at its own seeds. */
export const sameSettings = (made: Config, at: Config): boolean => otherSettings(made, at).length === 0;

/** "distillation.temperature 4 (here 20), refine.steps 500 (here 0)" */
export function inWords(found: readonly Difference[], here: Strings["here"]): string {
  const named = found
    .slice(0, MOST_NAMED)
    .map(({ path, values: [made = "", at = ""] }) => `${path} ${made || "–"} (${here} ${at || "–"})`);
  const more = found.length - named.length;
  return named.join(", ") + (more > 0 ? ` (+${more})` : "");
}
