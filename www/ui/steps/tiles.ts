/** Weights as pictures: each unit's incoming weights are a tile, laid out as the image that they look at or as near a square as it goes. */

export interface Grid {
  columns: number;
  rows: number;
}

/** Blue adds, vermilion takes away: apart for every kind of colour vision, on light and on dark. */
const [POSITIVE, NEGATIVE] = [
  [0, 114, 178],
  [213, 94, 0],
] as const;

/** How the `inputs` of one unit are laid out; `image` is height and width where they are an image's. */
export function tileOf(inputs: number, image: readonly [number, number] | null): Grid {
  if (image !== null && image[0] * image[1] === inputs) return { columns: image[1], rows: image[0] };
  const columns = Math.ceil(Math.sqrt(inputs));
  return { columns, rows: Math.ceil(inputs / columns) };
}

/** How the tiles of all units are laid out, in a picture about twice as wide as high. */
export function sheetOf(units: number, tile: Grid): Grid {
  const wide = Math.sqrt((2 * units * (tile.rows + 1)) / (tile.columns + 1));
  const columns = Math.max(1, Math.min(units, Math.round(wide)));
  return { columns, rows: Math.ceil(units / columns) };
}

/** Pixels of a sheet, with a line between tiles. */
export function sheetSize(tile: Grid, sheet: Grid): [width: number, height: number] {
  return [sheet.columns * (tile.columns + 1) - 1, sheet.rows * (tile.rows + 1) - 1];
}

/** Where the arrow keys lead from item `at` of `count` laid out in `columns`; null: another key. */
export function moved(key: string, at: number, count: number, columns: number): number | null {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (by === undefined) return null;
  const to = at + by;
  return to < 0 || to >= count ? at : to;
}

/** Paints `[inputs, units]` values, as strong as they are great against `edge`; `only`: the tile of one unit alone. */
export function paint(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  units: number,
  tile: Grid,
  sheet: Grid,
  edge: number,
  only?: number,
): void {
  const [width, height] = only === undefined ? sheetSize(tile, sheet) : [tile.columns, tile.rows];
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null || width < 1 || height < 1) return;
  const image = context.createImageData(width, height);
  const { data } = image;
  const [first, end] = only === undefined ? [0, units] : [only, only + 1];
  for (let input = 0; input * units < values.length; input++) {
    for (let unit = first; unit < end; unit++) {
      const place = unit - first;
      const x = (place % sheet.columns) * (tile.columns + 1) + (input % tile.columns);
      const y = Math.floor(place / sheet.columns) * (tile.rows + 1) + Math.floor(input / tile.columns);
      const value = edge > 0 ? (values[input * units + unit] ?? 0) / edge : 0;
      const at = 4 * (y * width + x);
      const colour = value > 0 ? POSITIVE : NEGATIVE;
      data[at] = colour[0];
      data[at + 1] = colour[1];
      data[at + 2] = colour[2];
      // The root shows small weights that a straight scale would hide beside one great one.
      data[at + 3] = Math.round(255 * Math.sqrt(Math.abs(value)));
    }
  }
  context.putImageData(image, 0, 0);
}
