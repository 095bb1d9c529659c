/** The strip's axes: phases side by side with a break between, each as wide as its steps, within limits. CSS pixels. */
import type { Phase } from "../shared/engine_types";
import type { RaceCurve, RacePhase } from "./view";

export interface Segment extends RacePhase {
  /** Where it begins and ends. */
  x0: number;
  x1: number;
}

/** Least share of the width that a phase has, so that it can be pointed at. */
const LEAST = 0.18;
/** Between two phases. */
const BREAK = 28;

/** Phases between `left` and `right`; `unit`: of text. */
export function segmentsOf(phases: readonly RacePhase[], left: number, right: number, unit = 1): Segment[] {
  const gap = BREAK * unit;
  const shown = phases.filter(({ steps }) => steps > 0);
  const total = shown.reduce((sum, { steps }) => sum + steps, 0);
  const room = Math.max(1, right - left - gap * Math.max(0, shown.length - 1));
  const wanted = shown.map(({ steps }) => Math.max(LEAST, steps / total));
  const sum = wanted.reduce((all, v) => all + v, 0);
  let x = left;
  return shown.map((phase, i) => {
    const x0 = x;
    const x1 = x0 + (room * (wanted[i] ?? 0)) / sum;
    x = x1 + gap;
    return { ...phase, x0, x1 };
  });
}

/** Where a model's own step lies in its phase. */
export function xOf(segments: readonly Segment[], phase: Phase, step: number): number {
  const of = segments.find((one) => one.phase === phase);
  if (!of) return segments.at(-1)?.x1 ?? 0;
  return of.x0 + (of.x1 - of.x0) * Math.min(1, Math.max(0, step / of.steps));
}

/** Where a training step of the whole run lies. */
export function xOfRun(segments: readonly Segment[], step: number): number {
  const of = segments.find(({ to }) => step <= to) ?? segments.at(-1);
  if (!of) return 0;
  return of.x0 + (of.x1 - of.x0) * Math.min(1, Math.max(0, (step - of.from) / Math.max(1, of.to - of.from)));
}

/** Which phase a step of the run is in, and how many of the phase's own steps are done by then. */
export function within(phases: readonly RacePhase[], step: number): { phase: RacePhase; step: number } | null {
  const of = phases.find(({ to, steps }) => steps > 0 && step <= to) ?? phases.findLast(({ steps }) => steps > 0);
  if (!of) return null;
  const share = Math.min(1, Math.max(0, (step - of.from) / Math.max(1, of.to - of.from)));
  return { phase: of, step: Math.round(share * of.steps) };
}

/** The stop nearest to a place. */
export function stopNear(segments: readonly Segment[], stops: readonly number[], x: number): number {
  const distance = (stop: number) => Math.abs(xOfRun(segments, stop) - x);
  return stops.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best), stops[0] ?? 0);
}

const PAGE = 10;

/** The stop that a key leads to from `step`, which need not be one; null: another key. */
export function scrubbed(key: string, step: number, stops: readonly number[]): number | null {
  const last = stops.length - 1;
  const above = stops.findIndex((stop) => stop > step);
  const below = stops.findLastIndex((stop) => stop < step);
  const up = (by: number) => stops[above === -1 ? last : Math.min(last, above + by - 1)] ?? step;
  const down = (by: number) => stops[below === -1 ? 0 : Math.max(0, below - by + 1)] ?? step;
  if (key === "ArrowRight" || key === "ArrowUp") return up(1);
  if (key === "ArrowLeft" || key === "ArrowDown") return down(1);
  if (key === "PageUp") return up(PAGE);
  if (key === "PageDown") return down(PAGE);
  if (key === "Home") return stops[0] ?? step;
  if (key === "End") return stops[last] ?? step;
  return null;
}

/** A curve as the points of a polyline; accuracy 0 at `bottom`, 1 at `top`. */
export function polyline(
  curve: RaceCurve,
  segments: readonly Segment[],
  phase: Phase,
  top: number,
  bottom: number,
): string {
  const parts: string[] = [];
  for (let i = 0; i < curve.step.length; i++) {
    const x = xOf(segments, phase, curve.step[i] ?? 0);
    parts.push(`${x.toFixed(1)},${(bottom - (bottom - top) * (curve.accuracy[i] ?? 0)).toFixed(1)}`);
  }
  return parts.join(" ");
}

/** Heights of labels at wanted heights, pushed apart so that none is nearer than `apart` to the next, in their order. */
export function spread(wanted: readonly number[], apart: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < order.length; k++) {
    const [before, here] = [order[k - 1], order[k]];
    if (before && here && here.y - before.y < apart) {
      const push = (apart - (here.y - before.y)) / 2;
      before.y -= push;
      here.y += push;
    }
  }
  const placed = new Array<number>(wanted.length);
  for (const { y, i } of order) placed[i] = y;
  return placed;
}
