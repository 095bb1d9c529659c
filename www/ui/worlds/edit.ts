/** Editing a user's points: every change gives a new list, so that the one before can be taken back. */
import type { WorldPoint } from "../../shared/engine_types";
import type { OwnPoint } from "../../shared/worlds";

export const TOOLS = ["read", "add-a", "add-b", "move", "flip", "erase"] as const;
export type Tool = (typeof TOOLS)[number];

/** Points are set on a grid as fine as a hand is, so that an address stays short. */
const GRID = 0.01;
/** How far from a point a click still means it. */
export const REACH = 0.12;
/** As many as are taken over from a data set to begin with. */
const FIRST = 60;

function settle(value: number, edge: number): number {
  const clamped = Math.max(-edge, Math.min(edge, value));
  // Divided, not multiplied: 0.07 and not 0.07000000000000001.
  return Math.round(clamped / GRID) / Math.round(1 / GRID);
}

export function place(x: number, y: number, label: 0 | 1, edge: number): OwnPoint {
  return [settle(x, edge), settle(y, edge), label];
}

/** The index of the point nearest to a place, within `reach` of it; null where there is none. */
export function nearest(points: readonly OwnPoint[], x: number, y: number, reach = REACH): number | null {
  let best: number | null = null;
  let least = reach;
  for (const [i, [px, py]] of points.entries()) {
    const distance = Math.hypot(px - x, py - y);
    if (distance > least) continue;
    best = i;
    least = distance;
  }
  return best;
}

export function added(points: readonly OwnPoint[], point: OwnPoint): OwnPoint[] {
  return [...points, point];
}

export function moved(points: readonly OwnPoint[], index: number, x: number, y: number, edge: number): OwnPoint[] {
  return points.map((point, i) => (i === index ? place(x, y, point[2], edge) : point));
}

export function flipped(points: readonly OwnPoint[], index: number): OwnPoint[] {
  return points.map((point, i): OwnPoint => (i === index ? [point[0], point[1], point[2] === 0 ? 1 : 0] : point));
}

export function erased(points: readonly OwnPoint[], index: number): OwnPoint[] {
  return points.filter((_, i) => i !== index);
}

/** The first training points of a data set, as a user's points. */
export function takenFrom(points: readonly WorldPoint[], edge: number): OwnPoint[] {
  const learned = points.filter(({ role }) => role !== "test").slice(0, FIRST);
  return learned.map(({ x, y, label }) => place(x, y, label === 0 ? 0 : 1, edge));
}
