import fc from "fast-check";
import { expect, test } from "vitest";
import { readEnvelope } from "./envelope";
import { plain } from "./plain";

test("is a copy, with lists for typed arrays at any depth", () => {
  const given = { over: "a", values: [Float64Array.of(1, 2.5), [3]], more: { layers: Uint8Array.of(4) } };
  const taken = plain(given, "");
  expect(taken).toEqual({ over: "a", values: [[1, 2.5], [3]], more: { layers: [4] } });
  given.values[1] = [9];
  expect(taken.values[1]).toEqual([3]);
  expect(plain(Float32Array.of(0.5, 1), "input")).toEqual([0.5, 1]);
});

const circular: Record<string, unknown> = {};
circular.self = [circular, circular];
const long = Array.from({ length: 70_000 }, () => 0);

test.each<[string, string, unknown, string, string]>([
  ["a function", "", { student: { hidden: [1, () => 2] } }, "wrong_type", "student.hidden.1"],
  ["a map", "input", new Map(), "wrong_type", "input"],
  ["a date", "", { over: new Date(0) }, "wrong_type", "over"],
  ["a symbol", "n", Symbol("n"), "wrong_type", "n"],
  ["raw bytes", "input", new ArrayBuffer(8), "wrong_type", "input"],
  ["what is within itself", "", circular, "too_large", ""],
  ["more than there may be", "input", long, "too_large", "input"],
  ["a long text", "", { preset: "x".repeat(100_000) }, "too_large", ""],
])("refuses %s by its place", (_, path, value, code, at) => {
  expect(() => plain(value, path)).toThrow(expect.objectContaining({ code, path: at }));
  expect(() => plain(value, path)).toThrow("allowed");
});

test("whatever it lets through the other side takes, and what it refuses the other side would have ignored", () => {
  const anything = fc.anything({ withTypedArray: true, withMap: true, withDate: true, withNullPrototype: true });
  fc.assert(
    fc.property(anything, (value) => {
      let taken: unknown;
      try {
        taken = plain(value, "");
      } catch {
        expect(readEnvelope({ "distill-lab": 1, id: 1, call: "run", args: [value] })).toBeNull();
        return;
      }
      expect(readEnvelope({ "distill-lab": 1, id: 1, call: "run", args: [taken] })).not.toBeNull();
    }),
  );
});

test.each([
  ["a list", (n: number) => Array.from({ length: n }, () => 0), 64 * 1024 - 1],
  ["a text", (n: number) => "x".repeat(n), 64 * 1024 - 1],
  ["a key", (n: number) => ({ ["k".repeat(n)]: 0 }), 64 * 1024 - 2],
  ["depth", (n: number) => Array.from({ length: n }).reduce<unknown>((inner) => [inner], 0), 16],
])("draws the line where the other side does: %s", (_, make, most) => {
  const args = (value: unknown) => ({ "distill-lab": 1, id: 1, call: "run", args: [value] });
  expect(plain(make(most), "")).toEqual(make(most));
  expect(readEnvelope(args(make(most)))).not.toBeNull();
  expect(() => plain(make(most + 1), "")).toThrow("allowed");
  expect(readEnvelope(args(make(most + 1)))).toBeNull();
});
