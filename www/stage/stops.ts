/** Temperatures that the dial stops at: even steps of a logarithm, each rounded to the roundest number within its step. */

export const STOPS = 41;

/** How many digits a number needs, so that 20 is rounder than 19 and 4 than 3.9. */
const digits = (v: number): number =>
  Number(v.toPrecision(3))
    .toExponential()
    .replace(/e.*|\.|-/g, "").length;

/** The roundest number in (low, high]: of the fewest digits, of those the nearest to `middle`. */
function roundest(low: number, middle: number, high: number): number {
  const unit = 10 ** (Math.floor(Math.log10(middle)) - 2);
  let best = Number(middle.toPrecision(3));
  for (let k = Math.ceil(low / unit); k * unit <= high; k++) {
    const v = Number((k * unit).toPrecision(3));
    if (v <= low || v > high) continue;
    const [a, b] = [digits(v), digits(best)];
    if (a < b || (a === b && Math.abs(v - middle) < Math.abs(best - middle))) best = v;
  }
  return best;
}

/** `count` stops from `min` to `max`, both among them, rising. */
export function stopsOf(min: number, max: number, count = STOPS): number[] {
  const ratio = (max / min) ** (1 / (count - 1));
  const half = Math.sqrt(ratio);
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return min;
    if (i === count - 1) return max;
    const middle = min * ratio ** i;
    return roundest(middle / half, middle, middle * half);
  });
}

/** Where a value lies on the track, from 0 to 1. */
export const placeOf = (value: number, min: number, max: number): number =>
  Math.min(1, Math.max(0, Math.log(value / min) / Math.log(max / min)));

/** The stop nearest to a place on the track. */
export function stopAt(place: number, stops: readonly number[]): number {
  const [min = 1, max = 1] = [stops[0], stops.at(-1)];
  const distance = (stop: number) => Math.abs(placeOf(stop, min, max) - place);
  return stops.reduce((best, stop) => (distance(stop) < distance(best) ? stop : best), min);
}

/** Stops of a page. */
const PAGE = 5;

/** The stop that a key leads to from `value`, which need not be a stop; null: another key. */
export function stopByKey(key: string, value: number, stops: readonly number[]): number | null {
  const last = stops.length - 1;
  const above = stops.findIndex((stop) => stop > value);
  const below = stops.findLastIndex((stop) => stop < value);
  const up = (by: number) => stops[above === -1 ? last : Math.min(last, above + by - 1)] ?? value;
  const down = (by: number) => stops[below === -1 ? 0 : Math.max(0, below - by + 1)] ?? value;
  if (key === "ArrowRight" || key === "ArrowUp") return up(1);
  if (key === "ArrowLeft" || key === "ArrowDown") return down(1);
  if (key === "PageUp") return up(PAGE);
  if (key === "PageDown") return down(PAGE);
  if (key === "Home") return stops[0] ?? value;
  if (key === "End") return stops[last] ?? value;
  return null;
}
