/** Draws a network: weight pictures, dots, circles and the lines between. A picture's pixels are made once for its weights. */
import type { Colours, Rgb } from "./colours";
import { rgba } from "./colours";
import { centre, type Edge, type NetworkPlan, strongest } from "./network";
import type { StageLayer } from "../shared/engine_types";
import type { Unit } from "./view";

/** What is not selected beside something that is. */
const FADED = 0.15;
/** An inactive unit's tile still shows its weights. */
const [FAINT, FULL] = [0.28, 1];

/**
 * All units' weights as one image, a pixel for each weight: unit u's cells stand in column u % across and row u / across of a
 * grid of tiles. Opacity is |weight| by `scale`, cut at 1; the colour its sign.
 */
export function weightSheet(
  layer: StageLayer,
  cells: { columns: number; rows: number },
  across: number,
  scale: number,
  colours: Pick<Colours, "weight-more" | "weight-less">,
  onto?: HTMLCanvasElement,
): HTMLCanvasElement {
  const canvas = onto ?? document.createElement("canvas");
  const [width, height] = [across * cells.columns, Math.ceil(layer.shown / across) * cells.rows];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  if (context === null || width < 1 || height < 1) return canvas;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const [more, less] = [packed(colours["weight-more"]), packed(colours["weight-less"])];
  const { weights, shown } = layer;
  const by = scale > 0 ? 255 / scale : 0;
  for (let input = 0; input < layer.inputs; input++) {
    const inside = Math.floor(input / cells.columns) * width + (input % cells.columns);
    for (let unit = 0; unit < shown; unit++) {
      const value = weights[input * shown + unit] ?? 0;
      const alpha = Math.min(255, Math.round(Math.abs(value) * by));
      const tile = Math.floor(unit / across) * cells.rows * width + (unit % across) * cells.columns;
      pixels[tile + inside] = (value > 0 ? more : less) | (alpha << 24);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Red is the lowest byte of a pixel on every machine that has a browser. */
const packed = ([red, green, blue]: Rgb): number => red | (green << 8) | (blue << 16);

/** How opaque a unit is drawn, by its activation's share of the layer's greatest. */
export function presence(activation: number, greatest: number): number {
  if (greatest <= 0) return FAINT;
  return FAINT + (FULL - FAINT) * Math.min(1, Math.abs(activation) / greatest);
}

export const greatest = (values: Float32Array, count: number): number => {
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most;
};

export interface Scene {
  layers: readonly StageLayer[];
  plan: NetworkPlan;
  cells: { columns: number; rows: number };
  sheet: HTMLCanvasElement;
  /** Shares of the classes, for the circles. */
  answer: Float32Array;
  colours: Colours;
  /** Of the model. */
  colour: Rgb;
  selected: Unit | null;
}

export function paintNetwork(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layers, plan, cells, sheet, selected } = scene;
  const { tiles } = plan;
  const [first] = layers;
  if (!first) return;
  const seen = (layer: number, unit: number) =>
    selected === null || (selected.layer === layer && selected.unit === unit) ? 1 : FADED;
  context.imageSmoothingEnabled = tiles.width < cells.columns;
  const across = sheet.width / cells.columns;
  const most = greatest(first.activations, first.shown);
  for (let unit = 0; unit < first.shown; unit++) {
    const x = tiles.x + (unit % tiles.columns) * (tiles.width + tiles.gap);
    const y = tiles.y + Math.floor(unit / tiles.columns) * (tiles.height + tiles.gap);
    context.globalAlpha = presence(first.activations[unit] ?? 0, most) * seen(0, unit);
    context.drawImage(
      sheet,
      (unit % across) * cells.columns,
      Math.floor(unit / across) * cells.rows,
      cells.columns,
      cells.rows,
      x,
      y,
      tiles.width,
      tiles.height,
    );
  }
  paintEdges(context, scene);
  context.fillStyle = rgba(scene.colour);
  for (const dots of plan.dots) {
    const layer = layers[dots.layer];
    if (!layer) continue;
    const high = greatest(layer.activations, layer.shown);
    for (let unit = 0; unit < dots.count; unit++) {
      const share = high > 0 ? Math.abs(layer.activations[unit] ?? 0) / high : 0;
      context.globalAlpha = (0.25 + 0.75 * share) * seen(dots.layer, unit);
      context.beginPath();
      const [x, y] = [
        dots.x + (unit % dots.columns) * dots.pitch,
        dots.y + Math.floor(unit / dots.columns) * dots.pitch,
      ];
      context.arc(x, y, dots.pitch * (0.1 + 0.36 * Math.sqrt(share)), 0, 2 * Math.PI);
      context.fill();
    }
  }
  const { outputs } = plan;
  if (outputs) {
    context.strokeStyle = rgba(scene.colour);
    context.lineWidth = 1;
    for (let k = 0; k < outputs.count; k++) {
      context.globalAlpha = selected === null ? 1 : 0.6;
      context.beginPath();
      context.arc(outputs.x + k * outputs.pitch, outputs.y, outputs.radius, 0, 2 * Math.PI);
      context.stroke();
      context.globalAlpha *= Math.min(1, scene.answer[k] ?? 0);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

/** The strongest lines into the circles; with a unit selected, those that leave it. */
function paintEdges(context: CanvasRenderingContext2D, { layers, plan, colours, selected }: Scene): void {
  const last = layers.length - 1;
  const drawn: { layer: number; edges: Edge[] }[] = [];
  if (plan.outputs)
    drawn.push({
      layer: last,
      edges: strongest(layers, last, 60, selected?.layer === last - 1 ? selected.unit : null),
    });
  if (selected !== null && selected.layer + 1 < last)
    drawn.push({ layer: selected.layer + 1, edges: strongest(layers, selected.layer + 1, 60, selected.unit) });
  context.lineWidth = 1;
  // Lines out of tiles begin under them all: none crosses a picture.
  const { tiles } = plan;
  const bottom = tiles.y + tiles.rows * (tiles.height + tiles.gap);
  for (const { layer, edges } of drawn) {
    const most = Math.abs(edges[0]?.value ?? 0);
    for (const { from, to, value } of edges) {
      const [a, b] = [centre(plan, layer - 1, from), centre(plan, layer, to)];
      if (!a || !b) continue;
      const faded = selected !== null && (selected.layer !== layer - 1 || selected.unit !== from) ? FADED : 1;
      context.globalAlpha = faded * (0.06 + 0.6 * (Math.abs(value) / Math.max(most, 1e-9)));
      context.strokeStyle = rgba(colours[value > 0 ? "weight-more" : "weight-less"]);
      context.beginPath();
      const end = plan.outputs && layer === last ? b[1] - plan.outputs.radius : b[1];
      const start = layer === 1 ? bottom : a[1];
      context.moveTo(a[0], start);
      context.bezierCurveTo(a[0], (start + end) / 2, b[0], (start + end) / 2, b[0], end);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}
