/** Where a network's units stand in a box, and which connections are worth a line. Plain geometry, in CSS pixels. */
import type { StageLayer } from "../shared/engine_types";
import type { Form } from "./view";

export interface Tiles {
  /** Of one unit's picture. */
  width: number;
  height: number;
  columns: number;
  rows: number;
  /** From one to the next. */
  gap: number;
  /** Where the first begins. */
  x: number;
  y: number;
  count: number;
}

export interface Dots {
  layer: number;
  columns: number;
  pitch: number;
  x: number;
  y: number;
  count: number;
}

export interface Outputs {
  /** Of the first circle's centre. */
  x: number;
  y: number;
  pitch: number;
  radius: number;
  count: number;
}

export interface NetworkPlan {
  tiles: Tiles;
  dots: Dots[];
  /** null: the box has no room, or the caller draws them. */
  outputs: Outputs | null;
}

const GAP = 1;
/** Height of all layers of dots together, of the circles with their names, and of the lines between. */
const [DOTS, OUTPUTS, LINES, APART] = [28, 36, 34, 8];

/** How the weights of one unit are laid out as cells: the image's, else a strip. */
export function cellsOf(inputs: number, form: Form): { columns: number; rows: number } {
  if (form.kind === "image" && form.rows * form.columns === inputs) return { columns: form.columns, rows: form.rows };
  return { columns: inputs, rows: 1 };
}

/** The largest tiles of which `count` fit into a box; whole pixels a cell where there is room for them. */
export function tilesIn(
  count: number,
  cells: { columns: number; rows: number },
  box: { x: number; y: number; width: number; height: number },
): Tiles {
  const strip = cells.rows === 1;
  const shape = strip ? Math.min(8, Math.max(1, cells.columns / 3)) : cells.columns / cells.rows;
  const fits = (height: number): Tiles | null => {
    const width = Math.max(1, Math.round(shape * height));
    const columns = Math.min(count, Math.floor((box.width + GAP) / (width + GAP)));
    const rows = Math.ceil(count / Math.max(1, columns));
    if (columns < 1 || rows * (height + GAP) - GAP > box.height) return null;
    return { width, height, columns, rows, gap: GAP, x: box.x, y: box.y, count };
  };
  const most = Math.min(96, Math.floor(box.height));
  const whole = strip ? 1 : cells.rows;
  for (let height = most - (most % whole); height >= Math.max(whole, 4); height -= whole) {
    const found = fits(height);
    if (found) return found;
  }
  for (let height = Math.min(whole, most); height > 1; height--) {
    const found = fits(height);
    if (found) return found;
  }
  const columns = Math.max(1, Math.floor(box.width / 2));
  return { width: 1, height: 1, columns, rows: Math.ceil(count / columns), gap: 1, x: box.x, y: box.y, count };
}

/** Where everything stands in a box of `width` by `height`; `outputs`: whether classes are drawn as circles; `unit`: of text. */
export function plan(
  layers: readonly StageLayer[],
  form: Form,
  width: number,
  height: number,
  outputs: boolean,
  unit = 1,
): NetworkPlan {
  const [first] = layers;
  const hidden = layers.slice(1, -1);
  const last = layers.length > 1 ? layers.at(-1) : undefined;
  const room = outputs && last !== undefined && height >= 160 * unit;
  // Further layers share a band: the more there are, the lower each is.
  const dotsRoom = hidden.length > 0 && height >= 120 * unit ? DOTS * unit : 0;
  const below = (dotsRoom > 0 ? dotsRoom + APART : 0) + (room ? (OUTPUTS + LINES) * unit : 0);
  const tiles = tilesIn(first?.shown ?? 0, cellsOf(first?.inputs ?? 1, form), {
    x: 0,
    y: 0,
    width,
    height: Math.max(1, height - below),
  });
  tiles.x = Math.floor((width - tiles.columns * (tiles.width + tiles.gap) + tiles.gap) / 2);
  const used = tiles.rows * (tiles.height + tiles.gap) - tiles.gap;
  const each = hidden.length > 0 ? dotsRoom / hidden.length : 0;
  const dots =
    dotsRoom === 0 ? [] : hidden.map((layer, i) => dotsIn(layer, i + 1, width, used + APART + i * each, each));
  // Alone in its box it stands in the middle.
  if (dots.length === 0 && !room) tiles.y = Math.floor((height - used) / 2);
  if (!room || last === undefined) return { tiles, dots, outputs: null };
  const pitch = width / last.shown;
  const radius = Math.max(2, Math.min(9 * unit, pitch / 2 - 1));
  return {
    tiles,
    dots,
    outputs: { x: pitch / 2, y: height - (OUTPUTS - 8) * unit, pitch, radius, count: last.shown },
  };
}

function dotsIn(layer: StageLayer, index: number, width: number, y: number, height: number): Dots {
  const count = layer.shown;
  // The largest pitch at which they fit.
  let pitch = Math.min(height, width / 12);
  while (pitch > 2 && Math.ceil(count / Math.floor(width / pitch)) * pitch > height) pitch -= 0.5;
  const columns = Math.min(count, Math.max(1, Math.floor(width / pitch)));
  return { layer: index, columns, pitch, x: (width - (columns - 1) * pitch) / 2, y: y + pitch / 2, count };
}

/** The centre of a unit; the first layer's are the middle of their tile's lower edge. */
export function centre(of: NetworkPlan, layer: number, unit: number): [x: number, y: number] | null {
  const { tiles, dots, outputs } = of;
  if (layer === 0) {
    if (unit >= tiles.count) return null;
    const column = unit % tiles.columns;
    const row = Math.floor(unit / tiles.columns);
    return [
      tiles.x + column * (tiles.width + tiles.gap) + tiles.width / 2,
      tiles.y + row * (tiles.height + tiles.gap) + tiles.height / 2,
    ];
  }
  const found = dots.find((one) => one.layer === layer);
  if (found)
    return [found.x + (unit % found.columns) * found.pitch, found.y + Math.floor(unit / found.columns) * found.pitch];
  if (outputs && unit < outputs.count) return [outputs.x + unit * outputs.pitch, outputs.y];
  return null;
}

/** The unit at a place; null: none. */
export function unitAt(of: NetworkPlan, x: number, y: number): { layer: number; unit: number } | null {
  const { tiles, dots } = of;
  const column = Math.floor((x - tiles.x) / (tiles.width + tiles.gap));
  const row = Math.floor((y - tiles.y) / (tiles.height + tiles.gap));
  const unit = row * tiles.columns + column;
  if (column >= 0 && column < tiles.columns && row >= 0 && row < tiles.rows && unit < tiles.count)
    return { layer: 0, unit };
  for (const one of dots) {
    const [c, r] = [Math.round((x - one.x) / one.pitch), Math.round((y - one.y) / one.pitch)];
    const at = r * one.columns + c;
    if (c >= 0 && c < one.columns && r >= 0 && r < Math.ceil(one.count / one.columns) && at < one.count)
      return { layer: one.layer, unit: at };
  }
  return null;
}

export interface Edge {
  from: number;
  to: number;
  /** activation x weight: what the one adds to the other. */
  value: number;
}

/** The connections into `layer` that add or take away most: at most `most` of them. */
export function strongest(layers: readonly StageLayer[], layer: number, most = 60, only: number | null = null): Edge[] {
  const [before, into] = [layers[layer - 1], layers[layer]];
  if (!before || !into) return [];
  const edges: Edge[] = [];
  const units = Math.min(before.shown, into.inputs);
  let least = 0;
  for (let from = 0; from < units; from++) {
    if (only !== null && from !== only) continue;
    const activation = before.activations[from] ?? 0;
    if (activation === 0) continue;
    for (let to = 0; to < into.shown; to++) {
      const value = activation * (into.weights[from * into.shown + to] ?? 0);
      if (Math.abs(value) <= least) continue;
      edges.push({ from, to, value });
      // Kept short, so that long layers are not sorted whole.
      if (edges.length >= 4 * most) {
        edges.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).length = most;
        least = Math.abs(edges.at(-1)?.value ?? 0);
      }
    }
  }
  return edges.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, most);
}

/** The most active units of a layer, the first of them first. */
export function mostActive(layer: StageLayer | undefined, count: number): number[] {
  const found: number[] = [];
  if (!layer) return found;
  const activity = (unit: number) => Math.abs(layer.activations[unit] ?? 0);
  for (let unit = 0; unit < layer.shown; unit++) {
    const at = found.findIndex((other) => activity(unit) > activity(other));
    if (at >= 0) found.splice(at, 0, unit);
    else if (found.length < count) found.push(unit);
    found.length = Math.min(count, found.length);
  }
  return found;
}
