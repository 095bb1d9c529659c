/** Figures of paired seeds as their pictures and tables show them, and the scale that they are drawn on. */
import type { Interval } from "../../shared/engine_types";
import { formatPercent, withSign } from "../numbers";

export const percent = (v: number): string => formatPercent(v, 2);
export const signed = (v: number): string => withSign(v, percent(v));
/** "93.10 ± 0.82"; without a half width where one seed has none. */
export const interval = (a: Interval | null | undefined, show = percent): string =>
  a ? show(a.mean) + (a.ci95 === null ? "" : ` ± ${percent(a.ci95)}`) : "–";

/** One of the two that are paired. */
export interface Side {
  name: string;
  /** A property of the style sheet. */
  colour: string;
  shape: "disc" | "ring" | "square";
  mean: Interval | null | undefined;
}

/** What a seed gave: the scores of both sides, and their difference. */
export interface Pair {
  seed: number;
  scores: readonly [number, number];
  by: number;
}

export interface Scale {
  ticks: number[];
  /** Pixels from the top. */
  y: (v: number) => number;
}

/** Steps that leave a handful of marks, whatever the span: 0.1, 0.2, 0.5, 1 points and so on. */
function step(span: number): number {
  const ten = 10 ** Math.floor(Math.log10(Math.max(span, 1e-6) / 2));
  return [1, 2, 5, 10].map((n) => n * ten).find((by) => span / by <= 4) ?? 10 * ten;
}

/** A scale over the values, drawn between `top` and `top + height`; zero is a mark of its own where it lies between. */
export function scale(values: readonly number[], top: number, height: number): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const by = step(most - least);
  const low = Math.floor(least / by + 1e-9) * by;
  const high = Math.max(low + by, Math.ceil(most / by - 1e-9) * by);
  const ticks = [...new Set([low, low < 0 && high > 0 ? 0 : (low + high) / 2, high])];
  return { ticks, y: (v) => top + (height * (high - v)) / (high - low) };
}

/** Both ends of an interval. */
export const ends = (a: Interval | null | undefined): number[] =>
  a ? [a.mean - (a.ci95 ?? 0), a.mean + (a.ci95 ?? 0)] : [];
