import { expect, test } from "vitest";
import { METHODS } from "../shared/engine_types";
import { strandsOf } from "./flows";
import type { Flow } from "./view";

const flow = (method: Flow["method"], alpha = 0.75): Flow => ({ method, alpha, smoothing: 0.25, beta: 8 });
const asked = (method: Flow["method"], over = {}) => ({
  flow: flow(method),
  softened: [0.5, 0.25, 0.125, 0.125],
  logits: [3, 1, -1, -3],
  says: 0,
  label: 1,
  ...over,
});
const sum = (all: readonly { share: number }[]) => all.reduce((total, { share }) => total + share, 0);

test("what flows is the whole loss, whatever the method, where there is a label", () => {
  for (const method of METHODS) expect(sum(strandsOf(asked(method))), method).toBeCloseTo(1, 9);
});

test("soft targets flow as wide as their shares of alpha, beside the label's thread", () => {
  const [label, ...doubts] = strandsOf(asked("soft_targets"));
  expect(label).toEqual({ kind: "label", index: 1, share: 0.25, group: "label" });
  expect(doubts.map(({ share }) => share)).toEqual([0.375, 0.1875, 0.09375, 0.09375]);
});

test("no label flows that the students do not see", () => {
  for (const method of METHODS)
    expect(strandsOf(asked(method, { label: -1 })).filter(({ kind }) => kind === "label")).toEqual([]);
});

test("the teacher's hard label is one ribbon of its answer", () => {
  expect(strandsOf(asked("hard_teacher")).filter(({ kind }) => kind === "doubt")).toEqual([
    { kind: "doubt", index: 0, share: 0.75, group: "others" },
  ]);
});

test("logits flow as far as they are from their mean, those below it apart in kind", () => {
  const logits = strandsOf(asked("logit_matching")).slice(1);
  expect(logits.map(({ kind }) => kind)).toEqual(["doubt", "doubt", "minus", "minus"]);
  expect(logits.map(({ share }) => share)).toEqual([0.28125, 0.09375, 0.09375, 0.28125]);
});

test("a smoothed label asks no teacher: every other class has the same share", () => {
  const [label, ...rest] = strandsOf(asked("label_smoothing"));
  expect(label?.share).toBeCloseTo(0.8125, 9);
  expect(rest.map(({ kind, index, share }) => [kind, index, share])).toEqual([
    ["smooth", 0, 0.0625],
    ["smooth", 2, 0.0625],
    ["smooth", 3, 0.0625],
  ]);
});

test("the decoupled method keeps the label's class apart from the others", () => {
  expect(strandsOf(asked("decoupled")).map(({ group, index }) => [group, index])).toEqual([
    ["label", 1],
    ["target", 1],
    ["others", 0],
    ["others", 2],
    ["others", 3],
  ]);
});
