/** Drawings of charts that the page itself does not draw as SVG: curves, which it draws on a canvas, and bars. */
import { formatNumber, formatValue } from "../numbers";
import { type Drawing, colour, escape } from "./export";

export interface Line {
  x: ArrayLike<number>;
  /** NaN: no value there. */
  y: ArrayLike<number>;
  colour: string;
  dash: readonly number[];
}

const [W, H, LEFT, RIGHT, BOTTOM] = [640, 320, 48, 20, 24];
/** More points than a picture of this width shows. */
const MOST = 2_000;

/** Round numbers across a range, about five. */
export function ticks(low: number, high: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const unit = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((m) => m * unit).find((s) => span / s <= 5) ?? 10 * unit;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten that hold a range between them. */
function powers(low: number, high: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

/** Curves over steps, with axes; `show` writes a tick of the vertical one. */
export function curves(lines: readonly Line[], log: boolean, show: (value: number) => string): Drawing {
  const shown = lines.map((line) => points(line, log));
  const all = shown.flat();
  const right = Math.max(1, ...all.map(([x]) => x));
  const [low, high] = all.length ? [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))] : [0.1, 1];
  const marks = log ? powers(low, high) : ticks(low, high);
  const [bottom, top] = [Math.min(low, marks[0] ?? low), Math.max(high, marks.at(-1) ?? high)];
  const scale = log ? Math.log : (v: number) => v;
  const x = (v: number) => LEFT + ((W - LEFT - RIGHT) * v) / right;
  const y = (v: number) => 8 + ((H - BOTTOM - 8) * (scale(top) - scale(v))) / (scale(top) - scale(bottom) || 1);
  const [line, ink] = [colour("--line"), colour("--ink-soft")];
  const body = [
    ...marks.map(
      (v) =>
        `<line x1="${LEFT}" x2="${W - RIGHT}" y1="${round(y(v))}" y2="${round(y(v))}" stroke="${line}"/><text x="${LEFT - 6}" y="${round(y(v) + 4)}" text-anchor="end" font-size="11" fill="${ink}">${escape(show(v))}</text>`,
    ),
    ...ticks(0, right).map(
      (v) =>
        `<text x="${round(x(v))}" y="${H - 6}" text-anchor="middle" font-size="11" fill="${ink}">${formatValue(v)}</text>`,
    ),
    ...lines.map(({ colour: stroke, dash }, i) => {
      const path = (shown[i] ?? []).map(([px, py]) => `${round(x(px))},${round(y(py))}`).join(" ");
      return `<polyline points="${path}" fill="none" stroke="${stroke}" stroke-width="2" stroke-dasharray="${dash.join(" ")}"/>`;
    }),
  ];
  return { width: W, height: H, body: body.join("") };
}

/** The points of a line that can be drawn, thinned: every k-th one and the last. */
function points({ x, y }: Line, log: boolean): [number, number][] {
  const every = Math.max(1, Math.ceil(x.length / MOST));
  return Array.from({ length: x.length }, (_, i): [number, number] => [x[i] ?? 0, y[i] ?? Number.NaN]).filter(
    ([, value], i) => ((x.length - 1 - i) % every === 0 || i === 0) && Number.isFinite(value) && (!log || value > 0),
  );
}

/** A bar for each name, with its share of 1 written behind it. */
export function bars(names: readonly string[], shares: readonly number[], fill: string): Drawing {
  const row = 22;
  const [ink, soft] = [colour("--ink"), colour("--ink-soft")];
  const body = names.map((name, i) => {
    const [top, share] = [i * row, shares[i] ?? 0];
    return [
      `<text x="40" y="${top + 15}" text-anchor="end" font-size="12" fill="${ink}">${escape(name)}</text>`,
      `<rect x="48" y="${top + 4}" width="${round(500 * share)}" height="14" fill="${fill}"/>`,
      `<text x="${round(54 + 500 * share)}" y="${top + 15}" font-size="11" fill="${soft}">${formatNumber(share, 3)}</text>`,
    ].join("");
  });
  return { width: W, height: row * names.length, body: body.join("") };
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}
