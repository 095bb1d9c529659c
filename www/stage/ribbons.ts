/** The shape of ribbons: from where each begins into one band, stacked in their order. CSS pixels. */

export interface Source {
  /** Width in the band, as a share of the whole. */
  share: number;
  /** Where it begins: the middle of its edge. */
  x: number;
  y: number;
  /** Strands with another group than the one before lie apart. */
  group: string;
}

export interface Band {
  x: number;
  /** The middle of the band. */
  y: number;
  /** Width of the whole share, 1. */
  width: number;
  /** Between two groups. */
  apart: number;
  /** A ribbon begins so much narrower than it ends. */
  narrowed: number;
}

export interface Ribbon {
  /** Width at its end. */
  width: number;
  /** Where its middle ends. */
  y: number;
  d: string;
}

const text = (v: number): string => String(Math.round(v * 100) / 100);

/** The ribbons of `sources`, in their order; a share's width is the same for all. */
export function ribbonsOf(sources: readonly Source[], band: Band): Ribbon[] {
  const widths = sources.map(({ share }) => share * band.width);
  const gaps = sources.map(({ group }, i) => (i > 0 && sources[i - 1]?.group !== group ? band.apart : 0));
  const total = [...widths, ...gaps].reduce((sum, v) => sum + v, 0);
  let top = band.y - total / 2;
  return sources.map((source, i) => {
    const width = widths[i] ?? 0;
    top += gaps[i] ?? 0;
    const y = top + width / 2;
    top += width;
    return { width, y, d: ribbon(source, { x: band.x, y }, width * band.narrowed, width) };
  });
}

/** A ribbon from one place to another, level at both, so wide at its start and so wide at its end. */
export function ribbon(
  from: { x: number; y: number },
  to: { x: number; y: number },
  start: number,
  end: number,
): string {
  const middle = text((from.x + to.x) / 2);
  const [x0, x1] = [text(from.x), text(to.x)];
  const [a, b, c, d] = [from.y - start / 2, to.y - end / 2, to.y + end / 2, from.y + start / 2].map(text);
  return `M${x0} ${a}C${middle} ${a} ${middle} ${b} ${x1} ${b}V${c}C${middle} ${c} ${middle} ${d} ${x0} ${d}Z`;
}

/** The middle line of such a ribbon, for threads. */
export function thread(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const middle = text((from.x + to.x) / 2);
  return `M${text(from.x)} ${text(from.y)}C${middle} ${text(from.y)} ${middle} ${text(to.y)} ${text(to.x)} ${text(to.y)}`;
}
