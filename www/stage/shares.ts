/** Which classes a picture of bars has: all of them, or the likeliest nine and "the rest". */

export interface Bar {
  /** Its class; null: the rest together. */
  index: number | null;
  share: number;
  /** At a temperature of 1. */
  plain: number;
}

const MOST = 12;
const NAMED = 9;

/**
 * Bars by class. More than twelve classes: the nine that count most in `shares`, and the label's, in the order of classes; what is
 * left is one bar at the end.
 */
export function barsOf(shares: ArrayLike<number>, plain: ArrayLike<number>, label: number): Bar[] {
  const all = Array.from(shares, (share, index) => ({ index, share, plain: plain[index] ?? 0 }));
  if (all.length <= MOST) return all;
  const first = all
    .toSorted((a, b) => Number(b.index === label) - Number(a.index === label) || b.share - a.share)
    .slice(0, NAMED);
  const kept = new Set(first.map(({ index }) => index));
  const rest = all.filter(({ index }) => !kept.has(index));
  const sum = (of: (bar: { share: number; plain: number }) => number) => rest.reduce((s, bar) => s + of(bar), 0);
  return [
    ...all.filter(({ index }) => kept.has(index)),
    { index: null, share: sum((bar) => bar.share), plain: sum((bar) => bar.plain) },
  ];
}

/** How many columns say their share, at most. */
const SAID = 3;

/** Columns in a box whose share can stand above them: the greatest first, where it meets neither another share nor a column. */
export function labelled(
  bars: readonly Bar[],
  { width, height, most, unit }: { width: number; height: number; most: number; unit: number },
): Set<Bar> {
  const pitch = width / Math.max(1, bars.length);
  const top = (bar: Bar) => (height * bar.share) / most;
  const [wide, high] = [32 * unit, 14 * unit];
  const found: { bar: Bar; at: number }[] = [];
  const order = bars.map((bar, at) => ({ bar, at })).sort((a, b) => b.bar.share - a.bar.share);
  for (const one of order.slice(0, SAID)) {
    if (one.bar.share < 0.005) continue;
    const meetsShare = found.some(
      ({ bar, at }) => Math.abs(at - one.at) * pitch < wide && Math.abs(top(bar) - top(one.bar)) < high,
    );
    const meetsColumn = order.some(
      ({ bar, at }) => at !== one.at && Math.abs(at - one.at) * pitch < wide / 2 && top(bar) > top(one.bar) + 2,
    );
    if (!meetsShare && !meetsColumn) found.push(one);
  }
  return new Set(found.map(({ bar }) => bar));
}
