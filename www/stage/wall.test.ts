import { expect, test } from "vitest";
import { cellIn, rightOf, wallOf } from "./wall";

const classes = (count: number, each: number) => Array.from({ length: count * each }, (_, i) => Math.floor(i / each));

test("ten classes of ten samples are a square, a row a class", () => {
  const plan = wallOf(classes(10, 10), 10);
  expect([plan.columns, plan.rows]).toEqual([10, 10]);
  expect([...plan.cells]).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test("two classes of fifty have five rows each", () => {
  const plan = wallOf(classes(2, 50), 50);
  expect([plan.columns, plan.rows]).toEqual([10, 10]);
  expect(plan.cells[50]).toBe(50);
});

test("a class with few samples leaves the end of its row empty", () => {
  const plan = wallOf([0, 0, 1, 2, 2, 2], 3);
  expect([plan.columns, plan.rows]).toEqual([3, 3]);
  expect([...plan.cells]).toEqual([0, 1, 3, 6, 7, 8]);
});

test("many classes follow one another in a square", () => {
  const plan = wallOf(classes(50, 2), 2);
  expect([plan.columns, plan.rows]).toEqual([10, 10]);
});

test("cells are whole pixels, fourteen at least", () => {
  const plan = wallOf(classes(10, 10), 10);
  expect(cellIn(plan, 199, 240)).toBe(19);
  expect(cellIn(plan, 100, 100)).toBe(14);
});

test("samples are right that are read as their label", () => {
  expect(rightOf([1, 2, 3], [1, 0, 3])).toBe(2);
});
