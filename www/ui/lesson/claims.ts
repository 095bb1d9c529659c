/** A figure of the text: what it says, what makes it and holds it, and how far a single run may be from it. */
import type { Expected, Preset, Result } from "../../shared/engine_types";
import type { PartialConfig } from "../../shared/requests";
import { formatNumber, formatPercent, withSign } from "../numbers";

/** A figure of this measure, without its unit. */
export function written(x: number, measure: string): string {
  if (isLoss(measure)) return formatNumber(x, 4);
  return measure === "gain" ? withSign(x, formatPercent(x)) : formatPercent(x);
}
export const unitOf = (measure: string, points: string): string =>
  isLoss(measure) ? "" : measure === "gain" ? ` ${points}` : " %";

const isLoss = (measure: string): boolean => /loss|nll/.test(measure);

/** "11.1 ± 1.5" */
export function mean({ mean, ci95 }: Pick<Expected, "mean" | "ci95">, measure: string): string {
  return `${written(mean, measure)} ± ${isLoss(measure) ? formatNumber(ci95, 4) : formatPercent(ci95)}`;
}

/** What one run's result has of this measure; undefined where it has no such thing. */
export function measured(result: Result, measure: string): number | undefined {
  if (measure === "gain") return result.student_distilled.accuracy - result.student_alone.accuracy;
  let at: unknown = result;
  for (const key of measure.split(".")) {
    if (Array.isArray(at) && key === "last") at = at.at(-1);
    else at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined;
  }
  return typeof at === "number" ? at : undefined;
}

/**
 * Where 95 of 100 single runs are to be expected, from the mean of `n` runs and the half width h of its interval: that is t s/√n, and a
 * further run lies within t s √(1 + 1/n) = h √(n + 1) of the mean (Student's prediction interval). Both figures are rounded, so
 * that half a unit of their last digit is added to each.
 */
export function singleRuns(figure: Pick<Expected, "mean" | "ci95">, n: number, measure: string): [number, number] {
  const rounding = 0.5 * 10 ** -Math.max(3, decimals(figure.mean), decimals(figure.ci95));
  const half = (figure.ci95 + rounding) * Math.sqrt(n + 1) + rounding;
  const [low, high] = [figure.mean - half, figure.mean + half];
  if (measure === "gain") return [low, high];
  // No share is below 0 or above 1, no loss below 0.
  return [Math.max(0, low), isLoss(measure) ? high : Math.min(1, high)];
}
const decimals = (x: number): number => /\.(\d+)$/.exec(String(x))?.[1]?.length ?? 0;

/** What computes the figure anew, with this engine and the same seeds. */
export function commandOf(preset: Preset, expected: Expected): string {
  const [from, to] = preset.seeds;
  const set = settings("", expected.set).map((one) => ` --set ${/^[\w.=-]+$/.test(one) ? one : `'${one}'`}`);
  return `cargo run --release -- run ${preset.name} --seeds ${from}..${to}${set.join("")}`;
}
function settings(path: string, value: PartialConfig | unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path}=${typeof value === "string" ? value : JSON.stringify(value)}`];
  }
  return Object.entries(value).flatMap(([key, part]) => settings(path ? `${path}.${key}` : key, part));
}
