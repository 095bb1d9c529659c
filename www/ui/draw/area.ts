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
    const u = Math.min(FINE, Math.max(0, x));
    const v = Math.min(FINE, Math.max(0, y));
    const column = Math.min(FINE - 1, Math.floor(u));
    const row = Math.min(FINE - 1, Math.floor(v));
    const at = row * side + column;
    const above = (sums[at] ?? 0) * (1 - u + column) + (sums[at + 1] ?? 0) * (u - column);
    const below = (sums[at + side] ?? 0) * (1 - u + column) + (sums[at + side + 1] ?? 0) * (u - column);
    return above * (1 - v + row) + below * (v - row);
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
