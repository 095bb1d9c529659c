import { expect, test } from "vitest";
import { engineError, fakeEngine } from "./fake_engine";
import { CONFIG, fakeWorker, type Of, PLAN } from "./fake_worker";
import { LabRunner } from "./runner";

test("posts each point once, in order, at most thirty times a second", () => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  const times: number[] = [];
  let seen = 0;
  while (w.turn()) {
    for (; seen < w.posted.length; seen++) {
      if (w.posted[seen]?.type === "progress") times.push(w.engine.clock.ms);
    }
  }
  expect(w.steps()).toEqual(Array.from({ length: 7_000 }, (_, i) => i + 1));
  const gaps = times.slice(1, -1).map((time, i) => time - (times[i] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(33);
  expect(Math.max(...gaps)).toBeLessThan(33 + 12);
});

test("a point's missing accuracy stays missing, and its columns are transferred", () => {
  const transferred: number[] = [];
  const engine = fakeEngine(PLAN);
  const tasks: (() => void)[] = [];
  const runner = new LabRunner(engine, {
    post: (message, transfer = []) => {
      if (message.type !== "progress") return;
      expect([...message.points.trainLoss]).toEqual([1]);
      expect([...message.points.trainAccuracy]).toEqual([Number.NaN]);
      structuredClone(message, { transfer });
      transferred.push(...Object.values(message.points).map((column) => column.length));
    },
    now: engine.clock.now,
    nextTask: (task) => tasks.push(task),
  });
  runner.receive({ type: "prepare", run: 1, config: CONFIG });
  runner.receive({ type: "step", run: 1, id: 1, n: 1 });
  tasks.shift()?.();
  expect(transferred).toEqual([0, 0, 0, 0, 0, 0]);
});

test("pauses between two slices, goes on, and misses no step", () => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  for (let i = 0; i < 5; i++) w.turn();
  const before = w.engine.clock.ms;
  w.send({ type: "pause", run: 1 });
  expect(w.posted.at(-1)).toEqual({ type: "state", run: 1, state: "paused" });
  w.finish();
  expect(w.engine.clock.ms).toBe(before);
  w.engine.clock.ms += 10_000;
  w.send({ type: "resume", run: 1 });
  w.finish();
  expect(w.steps().length).toBe(7_000);
  const last = w.all("progress").at(-1);
  expect(last?.wallMs).toBeLessThan(1_000);
  expect((last?.engineMs ?? 0) / (last?.wallMs ?? 1)).toBeGreaterThan(0.99);
});

test("steps exactly n, then stands still; steps while running stop it after n", () => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "step", run: 1, id: 5, n: 1_234 });
  w.finish();
  expect(w.all("stepped")).toEqual([{ type: "stepped", id: 5 }]);
  expect(w.steps().length).toBe(1_234);
  expect(w.all("state").at(-1)?.state).toBe("paused");
  w.send({ type: "resume", run: 1 });
  w.turn();
  w.send({ type: "step", run: 1, id: 6, n: 10 });
  w.send({ type: "step", run: 1, id: 7, n: 10 });
  w.finish();
  expect(w.all("stepped").map((m) => m.id)).toEqual([5, 6, 7]);
  expect(w.all("state").at(-1)?.state).toBe("paused");
  expect(w.steps().length).toBe(w.engine.labs[0]?.steps_done());
});

test("goes back from a pause, from its full speed and from its end, and draws its points anew", () => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "back", run: 1, id: 0, n: 5 });
  expect(w.posted.slice(2)).toEqual([{ type: "stepped", id: 0 }]);
  w.send({ type: "step", run: 1, id: 1, n: 3_456 });
  w.finish();
  const from = w.posted.length;
  w.send({ type: "back", run: 1, id: 2, n: 400 });
  w.finish();
  const after = w.posted.slice(from).filter((m): m is Of<"progress"> => m.type === "progress");
  expect(after[0]?.anew).toBe(true);
  expect(after.slice(1).map((m) => m.anew)).toEqual(after.slice(1).map(() => undefined));
  expect(after.flatMap((m) => [...m.points.step])).toEqual(Array.from({ length: 3_056 }, (_, i) => i + 1));
  expect(after.at(-1)).toMatchObject({ phase: "students", step: 3_056, phaseStep: 56 });
  expect(w.all("state").at(-1)?.state).toBe("paused");
  // At full speed: what was asked for before is answered, and the run stands still where it went back to.
  w.send({ type: "resume", run: 1 });
  w.turn();
  w.send({ type: "step", run: 1, id: 3, n: 5_000 });
  const stood = w.engine.labs[0]?.steps_done() ?? 0;
  w.send({ type: "back", run: 1, id: 4, n: 10 });
  w.finish();
  expect(w.engine.labs[0]?.steps_done()).toBe(stood - 10);
  expect(w.all("stepped").map((m) => m.id)).toEqual([0, 1, 2, 3, 4]);
  // From the end, and to the end again.
  w.send({ type: "resume", run: 1 });
  w.finish();
  w.send({ type: "back", run: 1, id: 5, n: 1_000_000_000 });
  w.finish();
  expect(w.engine.labs[0]?.steps_done()).toBe(0);
  w.send({ type: "resume", run: 1 });
  w.finish();
  expect(w.all("done").map((m) => m.result.digest)).toEqual(["after 7000", "after 7000"]);
});

test("goes back from a failure, and refuses numbers that are none", () => {
  const error = { code: "not_finite", path: "", message: "the loss became NaN at step 100" };
  const w = fakeWorker({ ...PLAN, failAt: { step: 100, error: engineError(error) } });
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.finish();
  w.send({ type: "back", run: 1, id: 1, n: 0 });
  expect(w.all("refused").map((m) => [m.id, m.error.code])).toEqual([[1, "out_of_range"]]);
  w.send({ type: "back", run: 1, id: 2, n: 30 });
  w.finish();
  expect(w.posted.at(-1)).toEqual({ type: "stepped", id: 2 });
  expect(w.engine.labs[0]?.steps_done()).toBe(70);
});

test("steps are answered when the run ends, is paused, given up or refuses them", () => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "step", run: 1, id: 1, n: 100_000 });
  w.turn();
  w.send({ type: "pause", run: 1 });
  w.send({ type: "step", run: 1, id: 2, n: 100_000 });
  w.turn();
  w.send({ type: "prepare", run: 2, config: CONFIG });
  w.send({ type: "step", run: 1, id: 3, n: 1 });
  w.send({ type: "step", run: 2, id: 4, n: Number.NaN });
  w.send({ type: "step", run: 2, id: 5, n: 100_000 });
  w.finish();
  w.send({ type: "step", run: 2, id: 6, n: 1 });
  expect(w.all("stepped").map((m) => m.id)).toEqual([1, 5]);
  expect(w.all("refused").map((m) => [m.id, m.error.code])).toEqual([
    [2, "cancelled"],
    [3, "cancelled"],
    [4, "out_of_range"],
    [6, "run_over"],
  ]);
});

test.each<["step" | "back", unknown, string, string]>([
  ["step", "3", "wrong_type", 'n: got "3"; allowed: a whole number from 1 to 9007199254740991'],
  ["step", null, "wrong_type", "n: got null; allowed: a whole number from 1 to 9007199254740991"],
  ["step", 0.5, "out_of_range", "n: got 0.5; allowed: a whole number from 1 to 9007199254740991"],
  ["back", -1, "out_of_range", "n: got -1; allowed: a whole number from 1 to 9007199254740991"],
  ["back", [2], "wrong_type", "n: got [2]; allowed: a whole number from 1 to 9007199254740991"],
])("%s(%j) says what it got and what is allowed", (type, n, code, message) => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type, run: 1, id: 1, n: n as number });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code, path: "n", message } });
});
