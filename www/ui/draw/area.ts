/** How much of a rectangle is ink, however its edges lie between cells: by a table of sums. */
import { FINE, type Ink } from "./ink";

export interface AreaTable {
  /** Share of ink in a rectangle, 0 to 1; what lies outside the square is paper. In cells. */
  share(left: number, top: number, width: number, height: number): number;
}

export function areaTable(ink: Ink): AreaTable {
  const side = FINE + 1;
  const sums = new Float64Array(side * side);
  for (let y = 0; y < FINE; y++) {
    let row = 0;
    for (let x = 0; x < FINE; x++) {
      row += ink[y * FINE + x] ?? 0;
      sums[(y + 1) * side + x + 1] = (sums[y * side + x + 1] ?? 0) + row;
    }
  }
  /** Ink above and left of a point; bilinear in a cell, which is all ink or none. */
  const before = (x: number, y: number): number => {
    const [u, v] = [Math.min(FINE, Math.max(0, x)), Math.min(FINE, Math.max(0, y))];
    const [column, row] = [Math.min(FINE - 1, Math.floor(u)), Math.min(FINE - 1, Math.floor(v))];
    const [right, down] = [u - column, v - row];
    const at = (r: number, c: number) => sums[r * side + c] ?? 0;
    const above = at(row, column) * (1 - right) + at(row, column + 1) * right;
    const below = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
    return above * (1 - down) + below * down;
  };
  return {
    share(left, top, width, height) {
      const [right, bottom] = [left + width, top + height];
      const held = before(right, bottom) - before(left, bottom) - before(right, top) + before(left, top);
      // What is left of sums that cancel is no ink.
      return held < 1e-6 ? 0 : Math.min(1, held / (width * height));
    },
  };
}
