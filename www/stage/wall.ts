/** Where the samples of a wall stand: a row for each class, as long as these are short enough; and how many are read right. */

export interface WallPlan {
  columns: number;
  rows: number;
  /** Cell of each sample: row * columns + column. */
  cells: Uint16Array;
}

/** Longest row. */
const MOST = 10;

/**
 * Cells of samples by their labels. Classes with more samples than a row holds go on in the next one; with so many classes that rows of
 * them would be a tower, all follow one another in a square.
 */
export function wallOf(labels: ArrayLike<number>, perClass: number): WallPlan {
  const count = labels.length;
  const classes = new Set(Array.from(labels)).size;
  if (classes > 12) {
    const columns = Math.ceil(Math.sqrt(count));
    return { columns, rows: Math.ceil(count / columns), cells: Uint16Array.from({ length: count }, (_, i) => i) };
  }
  const columns = Math.max(1, Math.min(MOST, perClass));
  const seen = new Map<number, number>();
  for (const label of Array.from(labels)) seen.set(label, (seen.get(label) ?? 0) + 1);
  // Where each class begins, in the order in which the classes come.
  const begins = new Map<number, number>();
  let rows = 0;
  for (const [label, of] of seen) {
    begins.set(label, rows);
    rows += Math.ceil(of / columns);
  }
  const placed = new Map<number, number>();
  const cells = Uint16Array.from({ length: count }, (_, i) => {
    const label = labels[i] ?? 0;
    const rank = placed.get(label) ?? 0;
    placed.set(label, rank + 1);
    return ((begins.get(label) ?? 0) + Math.floor(rank / columns)) * columns + (rank % columns);
  });
  return { columns, rows: Math.max(1, rows), cells };
}

/** How many samples are read as what they are. */
export function rightOf(read: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (read[i] === labels[i]) right++;
  return right;
}

/** Whole pixels a cell, as large as the box lets them be, of at least `least`. */
export const cellIn = (plan: WallPlan, width: number, height: number, least = 14): number =>
  Math.max(least, Math.floor(Math.min(width / plan.columns, height / plan.rows)));
