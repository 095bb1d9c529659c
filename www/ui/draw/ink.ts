/**
 * What is drawn: strokes on a fine square grid of ink and paper. Coordinates run from 0 to 1, right and down; a drawing is
 * its strokes, so that undoing one is painting the others again.
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
  const across = neighbours(width);
  const down = neighbours(height);
  // First along the rows of the image, then between them: 50,000 cells are filled in one frame.
  const rows = new Float64Array(height * FINE);
  for (let row = 0; row < height; row++) {
    for (let x = 0; x < FINE; x++) {
      const share = across.share[x] ?? 0;
      const left = features[row * width + (across.before[x] ?? 0)] ?? 0;
      const right = features[row * width + (across.after[x] ?? 0)] ?? 0;
      rows[row * FINE + x] = left * (1 - share) + right * share;
    }
  }
  for (let y = 0; y < FINE; y++) {
    const share = down.share[y] ?? 0;
    const above = (down.before[y] ?? 0) * FINE;
    const below = (down.after[y] ?? 0) * FINE;
    for (let x = 0; x < FINE; x++) {
      const level = (rows[above + x] ?? 0) * (1 - share) + (rows[below + x] ?? 0) * share;
      ink[y * FINE + x] = level >= top / 2 ? 1 : 0;
    }
  }
  return ink;
}

/** For every fine cell along a side, the two of `count` coarse cells whose middles lie around it, and its share of the second. */
function neighbours(count: number): { before: Int32Array; after: Int32Array; share: Float64Array } {
  const found = { before: new Int32Array(FINE), after: new Int32Array(FINE), share: new Float64Array(FINE) };
  for (let i = 0; i < FINE; i++) {
    const place = ((i + 0.5) * count) / FINE - 0.5;
    const floor = Math.floor(place);
    found.before[i] = Math.max(0, floor);
    found.after[i] = Math.min(count - 1, floor + 1);
    found.share[i] = place - floor;
  }
  return found;
}

/** The smallest box that holds all ink, in cells; null where there is none. */
export function inkBox(ink: Uint8Array, columns: number = FINE): Box | null {
  const rows = ink.length / columns;
  let left = columns;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < rows; y++) {
    const row = ink.subarray(y * columns, (y + 1) * columns);
    const first = row.indexOf(1);
    if (first < 0) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, row.lastIndexOf(1));
  }
  return top < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}
