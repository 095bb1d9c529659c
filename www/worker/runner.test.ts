import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { FIRST_CONFIG, type Result } from "../shared/engine_types";
import type { FromLab, ToLab } from "../shared/protocol";
import { atTemperature, engineError, FakeLab, type FakePlan, FakeSweepJob, fakeEngine, panic } from "./fake_engine";
import { LabRunner } from "./runner";

const PLAN: FakePlan = { steps: [3_000, 4_000, 0], cost: () => 0.05 };
const CONFIG = FIRST_CONFIG;
const configure: Omit<Extract<ToLab, { type: "configure" }>, "id"> = {
  type: "configure",
  base: null,
  partials: [],
  lenient: true,
  run: null,
  held: null,
};
const RESULT = {} as Result;
type Of<T extends FromLab["type"]> = Extract<FromLab, { type: T }>;

/** A worker without a thread: tasks run when the test says so. */
function worker(plan: FakePlan = PLAN) {
  const engine = fakeEngine(plan);
  const posted: FromLab[] = [];
  const tasks: (() => void)[] = [];
  const runner = new LabRunner(engine, {
    post: (message) => posted.push(structuredClone(message)),
    now: engine.clock.now,
    nextTask: (task) => tasks.push(task),
  });
  const all = <T extends FromLab["type"]>(type: T) => posted.filter((m): m is Of<T> => m.type === type);
  return {
    engine,
    posted,
    all,
    send: (message: ToLab) => runner.receive(message),
    /** Runs one task; false when none waits. */
    turn(): boolean {
      const task = tasks.shift();
      task?.();
      return task !== undefined;
    },
    finish() {
      let turns = 0;
      while (this.turn() && turns < 100_000) turns += 1;
      return turns;
    },
    steps: () => all("progress").flatMap((m) => [...m.points.step]),
  };
}

beforeEach(() => {
  FakeLab.alive = 0;
});

test("says what it is first, then runs a config from teacher to done", () => {
  const w = worker();
  expect(w.posted[0]).toMatchObject({ type: "ready", version: "0.0.0" });
  w.send({ type: "prepare", run: 1, config: CONFIG });
  expect(w.posted[1]).toMatchObject({ type: "prepared", run: 1, steps: 7_000, data: { classes: ["a", "b"] } });
  expect(w.turn()).toBe(false);
  w.send({ type: "resume", run: 1 });
  w.finish();
  expect(w.posted.at(-1)).toMatchObject({ type: "done", run: 1 });
  expect(w.all("done")[0]?.result).toMatchObject({ digest: "after 7000" });
  expect(w.all("progress").at(-1)).toMatchObject({ phase: "done", step: 7_000 });
  expect(w.all("progress").map((m) => m.phase)).toContain("students");
});

test("posts each point once, in order, at most thirty times a second", () => {
  const w = worker();
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
  const w = worker();
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
  const w = worker();
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
  const w = worker();
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
  const w = worker({ ...PLAN, failAt: { step: 100, error: engineError(error) } });
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

test("the last step is told while the run stands, the next one while it goes on", () => {
  const w = worker();
  const step = (id: number) => {
    w.send({ type: "ask", run: 1, id, query: { kind: "record", alone: false, layer: 1 } });
    return ((w.posted.at(-1) as Of<"answer">).value as { step: number } | null)?.step ?? null;
  };
  w.send({ type: "prepare", run: 1, config: CONFIG });
  expect(step(1)).toBeNull();
  w.send({ type: "step", run: 1, id: 2, n: 40 });
  w.finish();
  expect(step(3)).toBe(40);
  w.send({ type: "resume", run: 1 });
  w.turn();
  expect(step(4)).toBe((w.engine.labs[0]?.steps_done() ?? 0) + 1);
});

test("steps are answered when the run ends, is paused, given up or refuses them", () => {
  const w = worker();
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

test("whatever is sent, in whatever order, every question is answered and every experiment freed", () => {
  const command = fc.oneof(
    fc.constantFrom("resume", "pause", "prepare", "cancel", "turn", "turn", "turn"),
    fc.constantFrom("step", "back", "ask", "normalise", "configure", "stale"),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      FakeLab.alive = 0;
      const w = worker({ steps: [200, 300, 50], cost: () => 0.5 });
      let run = 0;
      let id = 0;
      const alive: number[] = [];
      for (const name of commands) {
        if (name === "turn") w.turn();
        else if (name === "prepare") w.send({ type: "prepare", run: ++run, config: CONFIG });
        else if (name === "step") w.send({ type: "step", run, id: ++id, n: 7 });
        else if (name === "back") w.send({ type: "back", run, id: ++id, n: 40 });
        else if (name === "normalise") w.send({ ...configure, id: ++id });
        else if (name === "configure") w.send({ ...configure, id: ++id, run: ++run });
        else if (name === "ask") {
          w.send({ type: "ask", run, id: ++id, query: { kind: "predict", input: [1, 2] } });
        } else if (name === "stale") w.send({ type: "pause", run: run - 1 });
        else w.send({ type: name as "resume" | "pause" | "cancel", run });
        alive.push(FakeLab.alive);
      }
      w.finish();
      const answered = w.posted.flatMap((m) => ("id" in m ? [m.id] : [])).sort((a, b) => a - b);
      expect(answered).toEqual(Array.from({ length: id }, (_, i) => i + 1));
      expect(Math.max(0, ...alive)).toBeLessThanOrEqual(2);
      w.send({ type: "cancel", run });
      expect(FakeLab.alive).toBe(0);
      for (const m of w.all("progress")) expect(m.run).toBeLessThanOrEqual(run);
    }),
    { numRuns: 300 },
  );
});

test("a new run ends the one before, of which nothing more is heard", () => {
  const w = worker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.turn();
  w.send({ type: "prepare", run: 2, config: { ...CONFIG, seed: 2 } });
  const from = w.posted.length;
  w.send({ type: "resume", run: 1 });
  w.finish();
  expect(w.posted.slice(from)).toEqual([]);
  expect(FakeLab.alive).toBe(1);
});

test("kept logits answer after a change of T, until the new run begins", () => {
  const w = worker();
  const sample = (id: number, run: number) => {
    w.send({ type: "ask", run, id, query: { kind: "sample", set: "test", index: 3, temperature: 4 } });
    return (w.posted.at(-1) as Of<"answer">).value as unknown as { trained: number };
  };
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "step", run: 1, id: 1, n: 500 });
  w.finish();
  const warmer = { ...CONFIG, distillation: { ...CONFIG.distillation, temperature: 4 } };
  for (const run of [2, 3]) {
    w.send({ type: "prepare", run, config: warmer });
    expect(sample(10 + run, run).trained).toBe(500);
    expect(FakeLab.alive).toBe(2);
  }
  w.send({ type: "step", run: 3, id: 2, n: 1 });
  w.finish();
  expect(sample(20, 3).trained).toBe(1);
  expect(FakeLab.alive).toBe(1);
  w.send({ type: "prepare", run: 4, config: { ...CONFIG, seed: 2 } });
  expect(sample(21, 4).trained).toBe(0);
  expect(FakeLab.alive).toBe(1);
});

test("a loss that is not finite fails the run with its last points, and the worker lives", () => {
  const error = { code: "not_finite", path: "", message: "the loss became NaN at step 100" };
  const w = worker({ ...PLAN, failAt: { step: 100, error: engineError(error) } });
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "step", run: 1, id: 9, n: 5_000 });
  w.finish();
  expect(w.posted.at(-1)).toEqual({ type: "failed", run: 1, error });
  expect(w.all("refused")).toEqual([{ type: "refused", id: 9, error }]);
  expect(w.steps().length).toBe(100);
  w.engine.plan = PLAN;
  w.send({ type: "prepare", run: 2, config: CONFIG });
  w.send({ type: "resume", run: 2 });
  w.finish();
  expect(w.posted.at(-1)?.type).toBe("done");
});

test("after a panic the engine is never called again, and everyone is told", () => {
  const w = worker({ ...PLAN, failAt: { step: 10, error: panic() } });
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.finish();
  expect(w.posted.at(-1)).toMatchObject({ type: "failed", run: 1, error: { code: "panic" } });
  expect(w.engine.labs[0]?.freed).toBe(false);
  w.send({ ...configure, id: 1, partials: ["{}"] });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code: "panic" } });
  w.send({ type: "prepare", run: 2, config: CONFIG });
  expect(w.posted.at(-1)).toMatchObject({ type: "failed", run: 2, error: { code: "panic" } });
  expect(w.engine.labs.length).toBe(1);
});

test("a bad config fails its run by name, and leaves no experiment behind", () => {
  const w = worker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "prepare", run: 2, config: { ...CONFIG, seed: -1 } });
  expect(w.posted.at(-1)).toMatchObject({ type: "failed", run: 2, error: { path: "seed" } });
  w.send({ type: "ask", run: 2, id: 1, query: { kind: "predict", input: [] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code: "no_run" } });
  expect(FakeLab.alive).toBe(0);
});

test("a question with a bad input is refused and harms nothing", () => {
  const w = worker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "ask", run: 1, id: 1, query: { kind: "predict", input: [1, 2, 3] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { path: "input" } });
  w.send({ type: "ask", run: 1, id: 2, query: { kind: "predict", input: [1, 2] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "answer", id: 2, value: { teacher: [1, 0] } });
});

test.each<[unknown, string]>([
  [undefined, "input"],
  [null, "input"],
  ["12", "input"],
  [{ 0: 1, 1: 2 }, "input"],
  [["1", 2], "input.0"],
  [[1, null], "input.1"],
  [[1, undefined], "input.1"],
  [[true, 2], "input.0"],
])("an input of %j is taken for no numbers, but refused by its place", (input, path) => {
  const w = worker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "ask", run: 1, id: 1, query: { kind: "predict", input: input as number[] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code: "wrong_type", path } });
});

test("what is asked for as a sweep is read, or refused before anything is trained", () => {
  const w = worker();
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
  const w = worker();
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

test.each<["step" | "back", unknown, string, string]>([
  ["step", "3", "wrong_type", 'n: got "3"; allowed: a whole number from 1 to 9007199254740991'],
  ["step", null, "wrong_type", "n: got null; allowed: a whole number from 1 to 9007199254740991"],
  ["step", 0.5, "out_of_range", "n: got 0.5; allowed: a whole number from 1 to 9007199254740991"],
  ["back", -1, "out_of_range", "n: got -1; allowed: a whole number from 1 to 9007199254740991"],
  ["back", [2], "wrong_type", "n: got [2]; allowed: a whole number from 1 to 9007199254740991"],
])("%s(%j) says what it got and what is allowed", (type, n, code, message) => {
  const w = worker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type, run: 1, id: 1, n: n as number });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code, path: "n", message } });
});

test("of several partials the bad ones are named and the good ones apply", () => {
  const w = worker();
  const partials = ['{"seed":5}', '{"nope":1}', '{"distillation":{"temperature":"NaN"}}', '{"refine":{"steps":3}}'];
  w.send({ ...configure, id: 1, partials });
  const answer = w.posted.at(-1) as Of<"configured">;
  expect(answer.problems.map((p) => p?.path ?? null)).toEqual([null, "nope", "distillation.temperature", null]);
  expect(answer.problems[2]?.message).toContain('"NaN"');
  expect(answer.config).toMatchObject({ seed: 5, refine: { steps: 3 }, distillation: { temperature: 20 } });
});

test("a config is taken and its run made in one act, the reply before the run's first word", () => {
  const w = worker();
  w.send({ ...configure, id: 1, partials: ['{"seed":5}'], run: 1 });
  expect(w.posted.slice(1).map(({ type }) => type)).toEqual(["configured", "prepared"]);
  expect(w.posted[1]).toMatchObject({ id: 1, run: 1, config: { seed: 5 } });
  expect(w.engine.labs[0]?.config.seed).toBe(5);
});

test("a config that the page has a run of makes no other one, and a config alone makes none", () => {
  const w = worker();
  const held = { ...CONFIG, seed: 5 };
  w.send({ type: "prepare", run: 1, config: held });
  w.send({ ...configure, id: 1, base: CONFIG, partials: ['{"seed":5}'], run: 2, held });
  w.send({ ...configure, id: 2, partials: ['{"seed":6}'] });
  expect(w.all("configured").map((m) => [m.config.seed, m.run])).toEqual([
    [5, null],
    [6, null],
  ]);
  expect(w.engine.labs.length).toBe(1);
});

test("a config that is refused leaves the run at hand as it is", () => {
  const w = worker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.send({ ...configure, id: 1, lenient: false, partials: ['{"seed":5}', '{"nope":1}'], run: 2 });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { path: "nope" } });
  w.finish();
  expect(w.posted.at(-1)).toMatchObject({ type: "done", run: 1 });
});

test("summarises results and draws seeds in the engine", () => {
  const w = worker();
  w.send({ type: "summarise", id: 1, groups: [[RESULT, RESULT], [RESULT]] });
  expect(w.posted.at(-1)).toMatchObject({
    type: "summarised",
    id: 1,
    summaries: [{ gain: { mean: 2 } }, { gain: { mean: 1 } }],
  });
  w.send({ type: "freshSeed", id: 2 });
  expect(w.posted.at(-1)).toEqual({ type: "freshSeed", id: 2, seed: 77 });
});

test("a finished run is given as files, an unfinished one is asked of the engine too; scripts need no run", () => {
  const w = worker();
  const template = { main: "import keras", data: "", process: "", own: {} };
  w.send({
    type: "script",
    id: 1,
    request: { config: CONFIG, link: "there", template, notebook: true, recipe: null },
  });
  expect(w.all("scripted")).toEqual([{ type: "scripted", id: 1, text: "import keras there true 1" }]);
  w.send({ type: "ask", run: 0, id: 2, query: { kind: "export", format: "csv" } });
  expect(w.all("refused").map((m) => m.id)).toEqual([2]);
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.finish();
  for (const [i, format] of (["csv", "json", "safetensors"] as const).entries()) {
    w.send({ type: "ask", run: 1, id: 10 + i, query: { kind: "export", format } });
  }
  const [csv, json, weights] = w.all("answer").map((m) => m.value);
  expect(csv).toBe("model,step\n");
  expect(JSON.parse(String(json))).toMatchObject({ digest: "after 7000" });
  expect(weights).toEqual(Uint8Array.of(1, 2, 3));
});
