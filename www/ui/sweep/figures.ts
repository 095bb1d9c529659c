/** What a sweep's figures say, in words and on a scale. */
import type { Contrast, Interval, ModelName } from "../../shared/engine_types";
import type { SweepItem, SweepPoint, SweepValue } from "../../shared/requests";
import { asList } from "../../shared/sweep_values";
import { LOOKS } from "../models";
import { formatPercent, formatValue, withSign } from "../numbers";
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

/** Whether the interval of how far a point is behind leaves out zero. */
const isBehind = (by: Contrast["behind"][number] | undefined): boolean =>
  by != null && by.ci95 !== null && by.mean > by.ci95;

/** Points that cannot be told apart from the leader. */
export function alike(cells: readonly Cell[], best: Contrast): number[] {
  return cells.flatMap((cell, i) => (cell !== null && i !== best.leader && !isBehind(best.behind[i]) ? [i] : []));
}

/** A map has many points: more of them than this are only counted. */
const MOST_NAMED = 8;

/** The best point where the intervals allow to name one, with the one closest to it; else what cannot be told apart. */
export function verdict(cells: readonly Cell[], names: readonly Axis[], best: Contrast | null, t: Strings): string {
  const leader = best && cells[best.leader];
  if (!best || !leader || cells.filter((cell) => cell !== null).length < 2) return "";
  const name = (i: number): string => pointName(names, cells[i]?.value ?? Number.NaN);
  if (best.behind.every((by) => by === null || by.ci95 === null)) return t.sweep_one_seed;
  const how = t.sweep_paired;
  if (best.clear) {
    const closest = best.behind.flatMap((by, i) => (by ? [{ by, i }] : [])).sort((a, b) => a.by.mean - b.by.mean)[0];
    const next = closest ? `; ${name(closest.i)} ${t.sweep_behind} ${interval(closest.by)} ${t.points}` : "";
    return `${t.sweep_best}: ${name(best.leader)}${next}. ${how}`;
  }
  const others = alike(cells, best);
  const more = others.length > MOST_NAMED ? ` (+${others.length - MOST_NAMED})` : "";
  const list = others.slice(0, MOST_NAMED).map(name).join("; ") + more;
  return `${t.sweep_no_best}: ${name(best.leader)} ${t.sweep_alike} ${list}. ${how}`;
}

/** Fewest and most seeds that the points have: "5 of 12", "3–5 of 12". */
export function seedsDone(cells: readonly Cell[], asked: number, t: Strings): string {
  const seeds = cells.map((cell) => cell?.seeds ?? 0);
  // Before it is known what is swept there are no points.
  const [least, most] = seeds.length === 0 ? [0, 0] : [Math.min(...seeds), Math.max(...seeds)];
  return `${least === most ? least : `${least}–${most}`} ${t.of} ${asked} ${t.seeds}`;
}
