/** A figure of the text: what it says, what makes it and holds it, and how far a single run may be from it. */
import { type Figure, FIGURE_SEEDS, type ModelName, type Result } from "../../shared/engine_types";
import type { PartialConfig } from "../../shared/requests";
import { formatNumber, formatPercent, withSign } from "../numbers";

type Measured = Pick<Figure, "measure" | "minus">;

/** A figure of this measure, without its unit. */
export function written(x: number, of: Measured): string {
  if (isLoss(of.measure)) return formatNumber(x, 4);
  return isDifference(of) ? withSign(x, formatPercent(x)) : formatPercent(x);
}
export const unitOf = (of: Measured, points: string): string =>
  isLoss(of.measure) ? "" : isDifference(of) ? ` ${points}` : " %";

const isLoss = (measure: string): boolean => /loss|nll/.test(measure);
const isDifference = ({ measure, minus }: Measured): boolean => measure === "gain" || minus !== undefined;

/** Whose score a difference of two settings is taken of; a gain is the distilled student's, since the other one is the same in both. */
export const modelOf = (measure: string): ModelName =>
  measure.startsWith("student_refined") ? "student_refined" : "student_distilled";

/** "11.1 ± 1.5" */
export function mean(figure: Measured & Pick<Figure, "mean" | "ci95">): string {
  const { mean, ci95, measure } = figure;
  return `${written(mean, figure)} ± ${isLoss(measure) ? formatNumber(ci95, 4) : formatPercent(ci95)}`;
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
export function singleRuns(figure: Measured & Pick<Figure, "mean" | "ci95">, n: number): [number, number] {
  const rounding = 0.5 * 10 ** -Math.max(3, decimals(figure.mean), decimals(figure.ci95));
  const half = (figure.ci95 + rounding) * Math.sqrt(n + 1) + rounding;
  const [low, high] = [figure.mean - half, figure.mean + half];
  if (isDifference(figure)) return [low, high];
  // No share is below 0 or above 1, no loss below 0.
  return [Math.max(0, low), isLoss(figure.measure) ? high : Math.min(1, high)];
}
const decimals = (x: number): number => /\.(\d+)$/.exec(String(x))?.[1]?.length ?? 0;

/** What computes the figure again, with this engine and the same seeds. */
export function commandOf(preset: string, { set, minus }: Figure): string {
  const seeds = `--seeds ${FIGURE_SEEDS[0]}..${1 + (FIGURE_SEEDS.at(-1) ?? 0)}`;
  const flags = (flag: string, partial: PartialConfig) =>
    settings("", partial).map((one) => ` ${flag} ${/^[\w.=-]+$/.test(one) ? one : `'${one}'`}`);
  if (minus === undefined) return `cargo run --release -- run ${preset} ${seeds}${flags("--set", set).join("")}`;
  const arms = [...flags("--a", set), ...flags("--b", minus)];
  return `cargo run --release -- compare ${preset} ${seeds}${arms.join("")}`;
}
function settings(path: string, value: PartialConfig | unknown): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path}=${typeof value === "string" ? value : JSON.stringify(value)}`];
  }
  return Object.entries(value).flatMap(([key, part]) => settings(path ? `${path}.${key}` : key, part));
}
