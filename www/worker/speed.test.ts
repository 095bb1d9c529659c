import { beforeEach, expect, test } from "vitest";
import type { ToLab } from "../shared/protocol";
import { FakeLab, panic } from "./fake_engine";
import { CONFIG, fakeWorker } from "./fake_worker";

/** A worker without a thread whose run 1 is finished. */
function finished() {
  const worker = fakeWorker({ steps: [300, 400, 0], cost: () => 0.05 });
  worker.send({ type: "prepare", run: 1, config: CONFIG });
  worker.send({ type: "resume", run: 1 });
  worker.finish();
  worker.posted.length = 0;
  /** Answers about the speed: what was measured, and what was refused and why. */
  const answers = () =>
    worker.posted.flatMap((m) =>
      m.type === "measured" ? [[m.id, m.speed.batch]] : m.type === "refused" ? [[m.id, m.error.code]] : [],
    );
  return { ...worker, answers };
}

beforeEach(() => {
  FakeLab.alive = 0;
});

test("a finished run's speed is measured reading by reading, and questions have their turn between two", () => {
  const w = finished();
  w.send({ type: "speed", run: 1, id: 1 });
  w.send({ type: "speed", run: 1, id: 2 });
  const begin = w.engine.clock.ms;
  w.turn();
  expect(w.engine.clock.ms - begin).toBe(5);
  w.send({ type: "ask", run: 1, id: 3, query: { kind: "points" } });
  expect(w.posted.map(({ type }) => type)).toEqual(["answer"]);
  w.finish();
  // Both who waited have one measurement.
  expect(w.answers()).toEqual([
    [1, 4],
    [2, 4],
  ]);
  expect(w.engine.clock.ms - begin).toBe(20);
  // Another question is another measurement.
  w.send({ type: "speed", run: 1, id: 4 });
  w.finish();
  expect(w.answers().at(-1)).toEqual([4, 4]);
});

test("nothing is measured while a run trains, before it is finished, or of a run that is gone", () => {
  const w = finished();
  w.send({ type: "prepare", run: 2, config: CONFIG });
  w.send({ type: "speed", run: 1, id: 1 });
  w.send({ type: "speed", run: 2, id: 2 });
  w.turn();
  w.send({ type: "resume", run: 2 });
  w.turn();
  w.send({ type: "speed", run: 2, id: 3 });
  w.turn();
  w.turn();
  expect(w.answers()).toEqual([
    [1, "cancelled"],
    [2, "not_done"],
    [3, "not_done"],
  ]);
});

test.each<[string, ToLab]>([
  ["another run is made", { type: "prepare", run: 2, config: CONFIG }],
  ["the run goes back", { type: "back", run: 1, id: 9, n: 5 }],
  ["the run is cancelled", { type: "cancel", run: 1 }],
])("a measurement ends where %s", (_, message) => {
  const w = finished();
  w.send({ type: "speed", run: 1, id: 1 });
  w.turn();
  w.send(message);
  w.finish();
  expect(w.answers()).toEqual([[1, "cancelled"]]);
});

test("a panic in a measurement is the end of the worker, and everyone who waits is told", () => {
  const w = finished();
  const [lab] = w.engine.labs;
  if (lab !== undefined) {
    lab.measure_speed = () => {
      throw panic();
    };
  }
  w.send({ type: "speed", run: 1, id: 1 });
  w.finish();
  expect(w.answers()).toEqual([[1, "panic"]]);
  expect(w.posted.at(-1)).toMatchObject({ type: "failed", run: 1, error: { code: "panic" } });
  w.send({ type: "speed", run: 1, id: 2 });
  w.finish();
  expect(w.answers().at(-1)).toEqual([2, "panic"]);
});
