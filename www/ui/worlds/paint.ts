/** How classes of the plane look: two colours that are told apart without red and green, and two shapes. */
import type { Role, WorldPoint } from "../../shared/engine_types";

/** Custom properties of theme.css. */
export const CLASS_COLOURS: readonly `--${string}`[] = ["--class-a", "--class-b"];
/** The same two for pixels: (204, 121, 167) and (86, 180, 233), from Okabe and Ito 2008. */
const PIXELS = [
  [204, 121, 167],
  [86, 180, 233],
] as const;
const STRONGEST = 200;

/** The surest cells in the colour of their class, fading to nothing where both are equally likely. Row 0 goes to the bottom. */
export function paint(
  context: CanvasRenderingContext2D,
  probabilities: Float32Array,
  columns: number,
  rows: number,
): ImageData {
  const image = context.createImageData(columns, rows);
  const classes = probabilities.length / (columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const b = probabilities[(row * columns + column) * classes + 1] ?? 0.5;
      const [red, green, blue] = b < 0.5 ? PIXELS[0] : PIXELS[1];
      const to = 4 * ((rows - 1 - row) * columns + column);
      image.data.set([red, green, blue, Math.round(STRONGEST * Math.abs(2 * b - 1))], to);
    }
  }
  return image;
}

/** Whether no model learns from such a point. */
export const isHeldOut = (role: Role): boolean => role === "test" || role === "validation";

export interface Marks {
  key: string;
  label: number;
  role: Role;
  path: string;
}

const SIZE = 0.028;

/** One path for all points of a class and role: circles for A, squares for B. `y` grows downwards, as in SVG. */
export function markers(points: readonly WorldPoint[]): Marks[] {
  const found = new Map<string, Marks>();
  for (const { x, y, label, role } of points) {
    const key = `${label} ${role}`;
    const marks = found.get(key) ?? { key, label, role, path: "" };
    marks.path += shape(label, x, -y);
    found.set(key, marks);
  }
  return [...found.values()];
}

export function shape(label: number, x: number, y: number, size = SIZE): string {
  const [cx, cy] = [x.toFixed(4), y.toFixed(4)];
  if (label === 0)
    return `M${cx} ${cy}m${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`;
  return `M${cx} ${cy}m${-size} ${-size}h${2 * size}v${2 * size}h${-2 * size}z`;
}
