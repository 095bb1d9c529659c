import { expect, test } from "vitest";
import { markers, paint } from "./paint";

/** What `paint` needs of a canvas. */
const context = {
  createImageData: (width: number, height: number) => ({
    data: new Uint8ClampedArray(4 * width * height),
    width,
    height,
  }),
} as unknown as CanvasRenderingContext2D;

test("row 0 is at the bottom, a sure cell is strong in its class's colour, an undecided one is empty", () => {
  // Two columns, two rows; p(A), p(B) of each cell.
  const { data } = paint(context, Float32Array.of(1, 0, 0.5, 0.5, 0, 1, 0.25, 0.75), 2, 2);
  const pixel = (row: number, column: number) => [...data.slice(4 * (2 * row + column), 4 * (2 * row + column) + 4)];
  const [a, undecided, b, leaning] = [pixel(1, 0), pixel(1, 1), pixel(0, 0), pixel(0, 1)];
  expect(undecided[3]).toBe(0);
  expect(a[3]).toBe(b[3]);
  expect(leaning[3]).toBe((b[3] ?? 0) / 2);
  expect(a.slice(0, 3)).not.toEqual(b.slice(0, 3));
  expect(leaning.slice(0, 3)).toEqual(b.slice(0, 3));
});

test("points of a class and role share a path, and y grows upwards", () => {
  const marks = markers([
    { x: 0, y: 0.5, label: 0, role: "test" },
    { x: 0.25, y: 0.5, label: 0, role: "test" },
    { x: 0, y: 0, label: 1, role: "labelled" },
  ]);
  expect(marks.map(({ label, role }) => [label, role])).toEqual([
    [0, "test"],
    [1, "labelled"],
  ]);
  expect(marks[0]?.path).toContain("M0.0000 -0.5000");
  expect(marks[0]?.path).toContain("M0.2500 -0.5000");
});
