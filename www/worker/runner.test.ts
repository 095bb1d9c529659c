import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { engineError, FakeLab, panic } from "./fake_engine";
import { CONFIG, configure, fakeWorker, type Of, PLAN } from "./fake_worker";

beforeEach(() => {
  FakeLab.alive = 0;
});

test("says what it is first, then runs a config from teacher to done", () => {
  const w = fakeWorker();
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

test("whatever is sent, in whatever order, every question is answered and every experiment freed", () => {
  const command = fc.oneof(
    fc.constantFrom("resume", "pause", "prepare", "cancel", "turn", "turn", "turn"),
    fc.constantFrom("step", "back", "ask", "normalise", "configure", "stale"),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      FakeLab.alive = 0;
      const w = fakeWorker({ steps: [200, 300, 50], cost: () => 0.5 });
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
  const w = fakeWorker();
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

test("a loss that is not finite fails the run with its last points, and the worker lives", () => {
  const error = { code: "not_finite", path: "", message: "the loss became NaN at step 100" };
  const w = fakeWorker({ ...PLAN, failAt: { step: 100, error: engineError(error) } });
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
  const w = fakeWorker({ ...PLAN, failAt: { step: 10, error: panic() } });
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
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "prepare", run: 2, config: { ...CONFIG, seed: -1 } });
  expect(w.posted.at(-1)).toMatchObject({ type: "failed", run: 2, error: { path: "seed" } });
  w.send({ type: "ask", run: 2, id: 1, query: { kind: "predict", input: [] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code: "no_run" } });
  expect(FakeLab.alive).toBe(0);
});

test("of several partials the bad ones are named and the good ones apply", () => {
  const w = fakeWorker();
  const partials = ['{"seed":5}', '{"nope":1}', '{"distillation":{"temperature":"NaN"}}', '{"refine":{"steps":3}}'];
  w.send({ ...configure, id: 1, partials });
  const answer = w.posted.at(-1) as Of<"configured">;
  expect(answer.problems.map((p) => p?.path ?? null)).toEqual([null, "nope", "distillation.temperature", null]);
  expect(answer.problems[2]?.message).toContain('"NaN"');
  expect(answer.config).toMatchObject({ seed: 5, refine: { steps: 3 }, distillation: { temperature: 20 } });
});

test("a config is taken and its run made in one act, the reply before the run's first word", () => {
  const w = fakeWorker();
  w.send({ ...configure, id: 1, partials: ['{"seed":5}'], run: 1 });
  expect(w.posted.slice(1).map(({ type }) => type)).toEqual(["configured", "prepared"]);
  expect(w.posted[1]).toMatchObject({ id: 1, run: 1, config: { seed: 5 } });
  expect(w.engine.labs[0]?.config.seed).toBe(5);
});

test("a config that the page has a run of makes no other one, and a config alone makes none", () => {
  const w = fakeWorker();
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
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.send({ ...configure, id: 1, lenient: false, partials: ['{"seed":5}', '{"nope":1}'], run: 2 });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { path: "nope" } });
  w.finish();
  expect(w.posted.at(-1)).toMatchObject({ type: "done", run: 1 });
});
