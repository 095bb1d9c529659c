import { expect, test } from "vitest";
import type { Result } from "../shared/engine_types";
import { atTemperature, FakeSweepJob } from "./fake_engine";
import { CONFIG, fakeWorker } from "./fake_worker";

const RESULT = {} as Result;

test("what is asked for as a sweep is read, or refused before anything is trained", () => {
  const w = fakeWorker();
  const read = (ask: unknown) => {
    w.send({ type: "readSweep", id: 1, config: CONFIG, ask });
    return w.posted.at(-1);
  };
  const configs = [atTemperature(1, CONFIG), atTemperature(4, CONFIG)];
  const sweep = { over: ["distillation.temperature"], values: [[1, 4]], seeds: [1, 2], configs };
  expect(read({ over: "distillation.temperature", values: [1, 4], seeds: 2 })).toMatchObject({
    type: "sweepRead",
    sweep,
  });
  const refusals: [unknown, string][] = [
    [{ over: "nope", values: [1] }, "over"],
    [{ over: "a", values: [1], seeds: [1, 1] }, "seeds"],
    // Neither is too many alone.
    [{ over: "a", values: [1, 2, 3], seeds: 5000 }, "seeds"],
  ];
  for (const [ask, path] of refusals) expect(read(ask)).toMatchObject({ type: "refused", error: { path } });
  expect(FakeSweepJob.alive).toBe(0);
});

test("what is asked to be compared is read, or refused before anything is trained", () => {
  const w = fakeWorker();
  const read = (ask: unknown) => {
    w.send({ type: "readComparison", id: 1, config: CONFIG, ask });
    return w.posted.at(-1);
  };
  const b = { distillation: { temperature: 4 } };
  const models = { a: "student_distilled", b: "student_alone" };
  expect(read({ b, seeds: 2, models: { b: "student_alone" } })).toMatchObject({
    type: "comparisonRead",
    comparison: { plan: { a: CONFIG, b: atTemperature(4, CONFIG), models }, seeds: [CONFIG.seed, CONFIG.seed + 1] },
  });
  const refusals: [unknown, string][] = [
    [null, ""],
    [{ c: {} }, "c"],
    [{ models: { c: "teacher" } }, "models.c"],
    [{ models: { a: 3 } }, "models.a"],
    [{ models: "teacher" }, "models"],
    [{ seeds: 0 }, "seeds"],
    [{ seeds: 5001 }, "seeds"],
  ];
  for (const [ask, path] of refusals) expect(read(ask)).toMatchObject({ type: "refused", error: { path } });
});

test("summarises results and draws seeds in the engine", () => {
  const w = fakeWorker();
  w.send({ type: "summarise", id: 1, groups: [[RESULT, RESULT], [RESULT]] });
  expect(w.posted.at(-1)).toMatchObject({
    type: "summarised",
    id: 1,
    summaries: [{ gain: { mean: 2 } }, { gain: { mean: 1 } }],
  });
  w.send({ type: "freshSeed", id: 2 });
  expect(w.posted.at(-1)).toEqual({ type: "freshSeed", id: 2, seed: 77 });
});
