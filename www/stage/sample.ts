/** Draws a sample as what it is: an image, a line of values, a point of the plane, or bars. */
import { type Rgb, rgba } from "./colours";
import type { Form } from "./view";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The greatest absolute value, at least a little. */
const top = (features: ArrayLike<number>): number => {
  let most = 1e-9;
  for (let i = 0; i < features.length; i++) most = Math.max(most, Math.abs(features[i] ?? 0));
  return most;
};

/** An image, a pixel for each feature, as opaque as its value is great. */
function stamp(features: ArrayLike<number>, rows: number, columns: number, ink: Rgb): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  const image = context.createImageData(columns, rows);
  const most = top(features);
  for (let i = 0; i < rows * columns; i++) {
    const alpha = Math.round((255 * Math.max(0, features[i] ?? 0)) / most);
    image.data.set([ink[0], ink[1], ink[2], alpha], 4 * i);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The points of a line of values in a box, the highest value at the top. */
function linePoints(features: ArrayLike<number>, { x, y, width, height }: Box): [x: number, y: number][] {
  const values = Array.from(features);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [pad, span] = [0.08 * height, Math.max(high - low, 1e-9)];
  return values.map((v, i) => [
    x + (width * i) / Math.max(1, values.length - 1),
    y + height - pad - ((height - 2 * pad) * (v - low)) / span,
  ]);
}

/** Draws `features` into `box`. Images keep whole pixels where the box has room for them. */
export function drawSample(
  context: CanvasRenderingContext2D,
  features: ArrayLike<number>,
  form: Form,
  box: Box,
  ink: Rgb,
): void {
  const { x, y, width, height } = box;
  context.fillStyle = context.strokeStyle = rgba(ink);
  if (form.kind === "image") {
    context.imageSmoothingEnabled = width < 2 * form.columns;
    context.imageSmoothingQuality = "high";
    context.drawImage(stamp(features, form.rows, form.columns, ink), x, y, width, height);
  } else if (form.kind === "line") {
    context.lineWidth = width < 40 ? 1 : 1.5;
    context.lineJoin = "round";
    context.beginPath();
    for (const [px, py] of linePoints(features, box)) context.lineTo(px, py);
    context.stroke();
  } else if (form.kind === "point") {
    const at = (v: number) => (v + form.edge) / (2 * form.edge);
    context.lineWidth = 1;
    context.globalAlpha = 0.25;
    context.beginPath();
    context.moveTo(x, y + height / 2);
    context.lineTo(x + width, y + height / 2);
    context.moveTo(x + width / 2, y);
    context.lineTo(x + width / 2, y + height);
    context.stroke();
    context.globalAlpha = 1;
    context.beginPath();
    const radius = Math.max(2, width / 24);
    context.arc(x + width * at(features[0] ?? 0), y + height * (1 - at(features[1] ?? 0)), radius, 0, 2 * Math.PI);
    context.fill();
  } else {
    // Bars up and down from a line: at the middle where there are values on both sides of 0.
    const values = Array.from(features).slice(0, 24);
    const most = top(values);
    const base = values.some((v) => v < 0) ? 0.5 : 1;
    const step = width / Math.max(1, values.length);
    values.forEach((v, i) => {
      const size = (height * base * Math.abs(v)) / most;
      context.fillRect(
        x + i * step,
        y + base * height - (v > 0 ? size : 0),
        Math.max(1, step - 1),
        Math.max(0.5, size),
      );
    });
  }
}
