import { expect, test } from "vitest";
import type { StageLayer } from "../shared/engine_types";
import { cellsOf, centre, mostActive, plan, strongest, tilesIn, unitAt } from "./network";
import type { Form } from "./view";

const IMAGE: Form = { kind: "image", rows: 8, columns: 8 };
const layer = (inputs: number, outputs: number, shown = outputs): StageLayer => ({
  inputs,
  outputs,
  shown,
  weights: Float32Array.from({ length: inputs * shown }, (_, i) => Math.sin(i)),
  biases: new Float32Array(shown),
  activations: Float32Array.from({ length: shown }, (_, u) => (u * 7) % 11),
});

test("tiles of an image are whole pixels a cell where there is room, and all fit", () => {
  for (const [count, width, height] of [
    [128, 254, 152],
    [32, 136, 88],
    [128, 90, 90],
    [1, 20, 20],
    [128, 30, 10],
  ] as const) {
    const tiles = tilesIn(count, { columns: 8, rows: 8 }, { x: 0, y: 0, width, height });
    expect(tiles.columns * tiles.rows).toBeGreaterThanOrEqual(count);
    expect(tiles.columns * (tiles.width + tiles.gap) - tiles.gap).toBeLessThanOrEqual(width);
    if (tiles.width >= 8) expect(tiles.width % 8).toBe(0);
  }
  expect(tilesIn(128, { columns: 8, rows: 8 }, { x: 0, y: 0, width: 254, height: 152 }).width).toBe(16);
});

test("inputs that are no image are a strip of cells", () => {
  expect(cellsOf(64, IMAGE)).toEqual({ columns: 8, rows: 8 });
  expect(cellsOf(40, { kind: "line" })).toEqual({ columns: 40, rows: 1 });
});

test("every unit that is drawn is found where it is drawn", () => {
  const layers = [layer(64, 128), layer(128, 128), layer(128, 40), layer(40, 10)];
  const of = plan(layers, IMAGE, 254, 260, true);
  expect(of.outputs).not.toBeNull();
  layers.slice(0, -1).forEach(({ shown }, l) => {
    for (let unit = 0; unit < shown; unit++) {
      const [x, y] = centre(of, l, unit) ?? [-1, -1];
      expect(unitAt(of, x, y)).toEqual({ layer: l, unit });
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(254);
      expect(y).toBeLessThan(260);
    }
  });
});

test("a small box shows the first layer alone", () => {
  const of = plan([layer(64, 128), layer(128, 128), layer(128, 10)], IMAGE, 90, 90, true);
  expect(of.dots).toEqual([]);
  expect(of.outputs).toBeNull();
});

test("the strongest connections are those with the greatest products of activation and weight", () => {
  const layers = [layer(64, 128), layer(128, 10)];
  const all: number[] = [];
  for (let from = 0; from < 128; from++)
    for (let to = 0; to < 10; to++)
      all.push(Math.abs((layers[0]?.activations[from] ?? 0) * (layers[1]?.weights[from * 10 + to] ?? 0)));
  const found = strongest(layers, 1, 60);
  expect(found).toHaveLength(60);
  expect(found.map(({ value }) => Math.abs(value))).toEqual(all.sort((a, b) => b - a).slice(0, 60));
  expect(strongest(layers, 1, 60, 5).every(({ from }) => from === 5)).toBe(true);
});

test("the most active units come first", () => {
  expect(mostActive(layer(4, 12), 2)).toEqual([3, 6]);
});
