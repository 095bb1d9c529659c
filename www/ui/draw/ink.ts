/**
 * What is drawn: strokes on a fine square grid of ink and paper. Coordinates run from 0 to 1, right and down; a drawing is
 * its strokes, so that undoing one is painting the others anew.
 */

/** Cells along each side: a multiple of 8, 28 and 32, so that cells of a data set's images hold whole ones. */
export const FINE = 224;

/** `[FINE, FINE]`, row by row; 1 is ink. */
export type Ink = Uint8Array<ArrayBuffer>;

export interface Stroke {
  /** False: it takes ink away. */
  inks: boolean;
  /** Across, as a share of the square's side. */
  width: number;
  points: [x: number, y: number][];
}

/** Where a drawing begins: white, or with a sample's features, `[height, width]`. */
export interface Ground {
  features: readonly number[];
  shape: readonly [height: number, width: number];
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export const blank = (): Ink => new Uint8Array(FINE * FINE);

/** The drawing of `strokes` over `ground`. */
export function drawn(ground: Ground | null, strokes: readonly Stroke[]): Ink {
  const ink = ground === null ? blank() : enlarged(ground);
  for (const stroke of strokes) paint(ink, stroke);
  return ink;
}

/** Paints a stroke from point `from` on: round ends, and what a moving brush sweeps between its points. */
export function paint(ink: Ink, stroke: Stroke, from = 0): void {
  const { points } = stroke;
  for (let i = Math.max(0, from); i < points.length; i++) {
    const [a, b] = [points[Math.max(0, i - 1)], points[i]];
    if (a !== undefined && b !== undefined) sweep(ink, a, b, stroke);
  }
}

function sweep(ink: Ink, a: [number, number], b: [number, number], { width, inks }: Stroke): void {
  const radius = (width * FINE) / 2;
  const [ax, ay, bx, by] = [a[0] * FINE, a[1] * FINE, b[0] * FINE, b[1] * FINE];
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const first = (low: number) => Math.max(0, Math.floor(low - radius));
  const last = (high: number) => Math.min(FINE - 1, Math.ceil(high + radius));
  for (let y = first(Math.min(ay, by)); y <= last(Math.max(ay, by)); y++) {
    for (let x = first(Math.min(ax, bx)); x <= last(Math.max(ax, bx)); x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      if (Math.hypot(px - along * dx, py - along * dy) <= radius) ink[y * FINE + x] = inks ? 1 : 0;
    }
  }
}

/**
 * A sample's image as a drawing that fills the square: grey levels, taken as the share of a cell that was ink, are spread
 * smoothly (bilinearly between the cells' middles) and cut at one half.
 */
function enlarged({ features, shape: [height, width] }: Ground): Ink {
  const ink = blank();
  const top = Math.max(...features);
  if (!(top > 0)) return ink;
  const at = (y: number, x: number) => {
    const [row, column] = [Math.min(height - 1, Math.max(0, y)), Math.min(width - 1, Math.max(0, x))];
    return (features[row * width + column] ?? 0) / top;
  };
  for (let y = 0; y < FINE; y++) {
    const v = ((y + 0.5) * height) / FINE - 0.5;
    const [row, down] = [Math.floor(v), v - Math.floor(v)];
    for (let x = 0; x < FINE; x++) {
      const u = ((x + 0.5) * width) / FINE - 0.5;
      const [column, right] = [Math.floor(u), u - Math.floor(u)];
      const above = at(row, column) * (1 - right) + at(row, column + 1) * right;
      const below = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
      ink[y * FINE + x] = above * (1 - down) + below * down >= 0.5 ? 1 : 0;
    }
  }
  return ink;
}

/** The smallest box that holds all ink, in cells; null where there is none. */
export function inkBox(ink: Uint8Array, columns: number = FINE): Box | null {
  let [left, right, top, bottom] = [columns, -1, -1, -1];
  ink.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % columns, Math.floor(i / columns)];
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, x);
    right = Math.max(right, x);
  });
  return top < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
