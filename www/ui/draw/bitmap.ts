/** Bitmaps of 32 x 32, as the digits' makers had them before they counted: thinned, thickened and straightened. */

/** Cells along each side. */
export const SIDE = 32;
/** `[SIDE, SIDE]`, row by row; 1 is ink. */
export type Bitmap = Uint8Array<ArrayBuffer>;

export const inkOf = (bitmap: Bitmap): number => bitmap.reduce((sum, cell) => sum + cell, 0);

const at = (bitmap: Bitmap, x: number, y: number): number =>
  x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : (bitmap[y * SIDE + x] ?? 0);
const each = (cell: (x: number, y: number) => boolean): Bitmap =>
  Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (cell(i % SIDE, Math.floor(i / SIDE)) ? 1 : 0));
/** How many of a cell's four neighbours are ink; outside there is none. */
const neighbours = (bitmap: Bitmap, x: number, y: number): number =>
  at(bitmap, x - 1, y) + at(bitmap, x + 1, y) + at(bitmap, x, y - 1) + at(bitmap, x, y + 1);

export const thinned = (bitmap: Bitmap): Bitmap =>
  each((x, y) => at(bitmap, x, y) === 1 && neighbours(bitmap, x, y) === 4);
export const thickened = (bitmap: Bitmap): Bitmap =>
  each((x, y) => at(bitmap, x, y) === 1 || neighbours(bitmap, x, y) > 0);

/**
 * Strokes of every pen come out about equally thick: a bitmap with more than 412 cells of ink is thinned by one cell all
 * round (by two above 560), one with fewer than 256 thickened by one (by two below 108).
 */
export function evened(bitmap: Bitmap): Bitmap {
  const ink = inkOf(bitmap);
  if (ink > 560) return thinned(thinned(bitmap));
  if (ink > 412) return thinned(bitmap);
  if (ink < 108) return thickened(thickened(bitmap));
  return ink < 256 ? thickened(bitmap) : bitmap;
}

/** Rows at the top and bottom that are passed over when the slant is read, since they are often ragged. */
const RAGGED = 2;
/** A slant is read off a bitmap of more rows of ink than this. */
const LEAST_ROWS = 5;

/** Rows are shifted until the leftmost ink near the top stands over the leftmost ink near the bottom. */
export function straightened(bitmap: Bitmap): Bitmap {
  const leftmost = (y: number) => bitmap.subarray(y * SIDE, (y + 1) * SIDE).indexOf(1);
  const rows = Array.from({ length: SIDE }, (_, y) => y).filter((y) => leftmost(y) >= 0);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || last - first < LEAST_ROWS) return bitmap;
  const [high, low] = [first + RAGGED, last - RAGGED];
  const [top, bottom] = [leftmost(high), leftmost(low)];
  if (low <= high || top < 0 || bottom < 0) return bitmap;
  const slope = (top - bottom) / (low - high);
  return each((x, y) => at(bitmap, x - Math.round((y - SIDE / 2) * slope), y) === 1);
}
