/** What a sweep's figures say, in words and on a scale. */
import type { ChosenOn, Contrast, Interval, ModelName } from "../../shared/engine_types";
import type { SweepItem, SweepPoint, SweepValue } from "../../shared/requests";
import { asList } from "../../shared/sweep_values";
import { LOOKS } from "../models";
import { formatCount, formatPercent, formatValue, withSign } from "../numbers";
import type { Strings } from "../strings";

export type Cell = SweepPoint | null;

export const percent = (v: number): string => formatPercent(v);
export const signed = (v: number): string => withSign(v, percent(v));
/** "93.1 ± 0.8"; without a half width where one seed has none. */
export function interval(a: Interval | undefined, show = percent): string {
  return a ? show(a.mean) + (a.ci95 === null ? "" : ` ± ${percent(a.ci95)}`) : "–";
}
export const accuracy = (cell: Cell, model: ModelName): Interval | undefined => cell?.summary[model]?.["accuracy"];

/** Models that the points have; a refined student only where there is a refinement. */
export function looksOf(cells: readonly Cell[]) {
  const refined = cells.some((cell) => cell?.summary.student_refined);
  return LOOKS.filter(({ name }) => name !== "student_refined" || refined);
}

/** What a field is called, and its words. */
export interface Axis {
  name: string;
  named: (word: string) => string;
}

/** A value as it is read on its axis. */
export const itemName = (axis: Axis | undefined, item: SweepItem): string =>
  typeof item === "number" ? formatValue(item) : (axis?.named(String(item)) ?? String(item));

/** Whether the values of an axis are names and no numbers: then it has no scale. */
export const areWords = (values: readonly SweepItem[]): boolean => values.some((value) => typeof value !== "number");

/** "T 4", "T 4, α 0.5" */
export function pointName(axes: readonly Axis[], value: SweepValue): string {
  return asList(value)
    .map((item, i) => `${axes[i]?.name} ${itemName(axes[i], item)}`)
    .join(", ");
}

/** Everything about a point. */
export function reading(cell: SweepPoint, names: readonly Axis[], t: Strings): string {
  const models = looksOf([cell]).map(({ name, label }) => `${t[label]} ${interval(accuracy(cell, name))} %`);
  const gain = `${t.gain} ${interval(cell.summary.gain, signed)} ${t.points}`;
  return `${pointName(names, cell.value)} (${cell.seeds} ${t.seeds}): ${[...models, gain].join("; ")}`;
}

/** A map has many points: more of them than this are only counted. */
const MOST_NAMED = 8;

/** What a sweep has come to. */
export interface Standing {
  cells: readonly Cell[];
  best: Contrast | null;
  chosenOn: ChosenOn;
  /** Nothing more will come: a point without a result has failed. */
  ended: boolean;
}

/**
 * The best point where the comparisons allow to name one, with the one closest to it; else what cannot be told apart from the one of
 * the highest mean. Then what it was chosen on, and how it fares on the test set.
 */
export function verdict(standing: Standing, names: readonly Axis[], t: Strings): string {
  const { cells, best, chosenOn, ended } = standing;
  const leader = best && cells[best.leader];
  if (!best || !leader) return "";
  const name = (i: number): string => pointName(names, cells[i]?.value ?? Number.NaN);
  const lost = cells.filter((cell) => cell === null).length;
  const failed = ended && lost > 0 ? ` ${t.sweep_failed}: ${lost}.` : "";
  if (cells.length - lost < 2) return ended ? `${name(best.leader)} ${t.sweep_alone}${failed}` : "";
  if (best.behind.every((by) => by === null || by.p === null)) return t.sweep_one_seed + failed;
  const chosen = chosenOn === "test" ? t.sweep_on_test : t.sweep_on_validation;
  const seen = chosenOn === "validation" && leader.summary.validation?.seen_by_teacher ? ` ${t.sweep_seen}` : "";
  const how = `${t.sweep_paired} ${chosen}${seen}${failed}`;
  const found = `${name(best.leader)} (${interval(accuracy(leader, "student_distilled"))} % ${t.sweep_in_test})`;
  if (best.clear) {
    const closest = best.behind.flatMap((by, i) => (by ? [{ by, i }] : [])).sort((a, b) => a.by.mean - b.by.mean)[0];
    const next = closest ? `; ${name(closest.i)} ${t.sweep_behind} ${interval(closest.by)} ${t.points}` : "";
    return `${t.sweep_best}: ${found}${next}. ${how}`;
  }
  const { alike } = best;
  const more = alike.length > MOST_NAMED ? ` (+${alike.length - MOST_NAMED})` : "";
  const list = alike.slice(0, MOST_NAMED).map(name).join("; ") + more;
  return `${t.sweep_no_best}: ${found} ${t.sweep_alike} ${list} (${t.sweep_holm}). ${how}`;
}

/** "Settings tried on the test set in this session: 9. The best of many ..."; the reason only where there are several. */
export function triedInWords(tried: number, t: Strings): string {
  if (tried === 0) return "";
  return `${t.tried}: ${formatCount(tried)}.${tried > 1 ? ` ${t.tried_why}` : ""}`;
}

/** Fewest and most seeds that the points have: "5 of 12", "3–5 of 12". */
export function seedsDone(cells: readonly Cell[], asked: number, t: Strings): string {
  const seeds = cells.map((cell) => cell?.seeds ?? 0);
  // Before it is known what is swept there are no points.
  const [least, most] = seeds.length === 0 ? [0, 0] : [Math.min(...seeds), Math.max(...seeds)];
  return `${least === most ? least : `${least}–${most}`} ${t.of} ${asked} ${t.seeds}`;
}
