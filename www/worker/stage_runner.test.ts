/** What the stage's worker shows, in turns of a clock that the work itself turns. */
import { expect, test } from "vitest";
import { type Config, FIRST_CONFIG } from "../shared/engine_types";
import { type FromStage, type ShowStage, stageKey } from "../shared/stage_protocol";
import { fakeEngine, FakeClock, type FakePlan, engineError, panic } from "./fake_engine";
import { StageRunner } from "./stage_runner";

const warm = (temperature: number): Config => ({
  ...FIRST_CONFIG,
  distillation: { ...FIRST_CONFIG.distillation, temperature },
});

function world(plan: Partial<FakePlan> = {}) {
  const clock = new FakeClock();
  const engine = fakeEngine({ steps: [100, 0, 0], cost: () => 1, ...plan }, clock);
  const posted: FromStage[] = [];
  const transferred: number[] = [];
  const tasks: (() => void)[] = [];
  const runner = new StageRunner(engine, {
    post: (message, transfer = []) => {
      posted.push(message);
      transferred.push(transfer.length);
    },
    now: clock.now,
    nextTask: (task) => tasks.push(task),
  });
  const turn = (): boolean => {
    tasks.shift()?.();
    return tasks.length > 0;
  };
  return {
    engine,
    clock,
    posted,
    transferred,
    runner,
    turn,
    /** Until there is nothing left to do. */
    settle: () => {
      while (turn());
    },
    show: (ticket: number, more: Partial<ShowStage> = {}) =>
      runner.receive({
        type: "show",
        ticket,
        config: FIRST_CONFIG,
        step: 100,
        sample: { set: "test", index: 0 },
        temperature: 4,
        units: 128,
        data: [],
        ...more,
      }),
    of: <T extends FromStage["type"]>(type: T) =>
      posted.filter((message): message is Extract<FromStage, { type: T }> => message.type === type),
  };
}

test("what is shown carries its ticket, its config and its step, and gives its numbers away", () => {
  const { show, settle, posted, transferred } = world();
  show(1, { step: 40, config: warm(7) });
  settle();
  expect(posted.map(({ type }) => type)).toEqual(["ready", "shown"]);
  expect(posted[1]).toMatchObject({ ticket: 1, key: stageKey(warm(7)), step: 40, view: { temperature: 7 } });
  expect(transferred[1]).toBe(1);
});

test("messages have their turn between two slices of at most 12 ms", () => {
  const { show, turn, clock } = world();
  show(1);
  let last = 0;
  while (turn()) {
    expect(clock.ms - last).toBeLessThanOrEqual(12);
    last = clock.ms;
  }
  expect(clock.ms).toBe(100);
});

test("the newest ticket wins, in the middle of another's work too, and no stale one is answered", () => {
  const { show, turn, settle, of, engine } = world();
  show(1, { config: warm(1) });
  turn();
  turn();
  show(2, { config: warm(2) });
  show(3, { config: warm(3) });
  settle();
  expect(of("shown").map(({ ticket, view }) => [ticket, view.temperature])).toEqual([[3, 3]]);
  // Nothing was trained for the second, and of the first no more than its slices.
  expect(engine.stages[0]?.trained).toBeLessThan(100 + 30);
});

test("a ticket that is older than the newest is not looked at", () => {
  const { show, settle, of } = world();
  show(5, { config: warm(5) });
  show(4, { config: warm(4) });
  settle();
  expect(of("shown").map(({ ticket }) => ticket)).toEqual([5]);
});

test("however messages fall between the slices, a view is of its own ticket's config and step", () => {
  for (let seed = 1; seed < 60; seed++) {
    const { show, turn, settle, of } = world();
    let state = seed;
    const random = (n: number): number => (state = (state * 48271) % 2147483647) % n;
    const asked = new Map<number, [number, number]>();
    for (let ticket = 1; ticket <= 12; ticket++) {
      const of: [number, number] = [1 + random(9), random(101)];
      asked.set(ticket, of);
      show(ticket, { config: warm(of[0]), step: of[1], curves: random(2) === 0 });
      for (let turns = random(14); turns > 0; turns--) turn();
    }
    settle();
    for (const { ticket, key, step, view } of of("shown")) {
      const [temperature, at] = asked.get(ticket) ?? [];
      expect([view.temperature, step, key]).toEqual([temperature, at, stageKey(warm(temperature ?? 0))]);
    }
    expect(of("shown").at(-1)?.ticket).toBe(12);
    expect(of("curve").every(({ points }) => points.step[0] === 100)).toBe(true);
  }
});

test("facts come before, the curve and the choice after what is shown, and then it stands there again", () => {
  const { show, settle, posted, of, runner } = world();
  show(1, { step: 30, facts: true, curves: true, choice: true });
  settle();
  expect(posted.map(({ type }) => type)).toEqual(["ready", "facts", "shown", "curve", "choice"]);
  expect([of("shown")[0]?.step, of("curve")[0]?.points.step[0], of("choice")[0]?.choice.opening]).toEqual([
    30, 100, 100,
  ]);
  runner.receive({ type: "ask", ticket: 1, id: 8, query: { kind: "weights", model: "teacher", layer: 0 } });
  settle();
  expect(of("answer")).toMatchObject([{ ticket: 1, id: 8, value: { inputs: 30 } }]);
});

test("a question is answered of the state that is shown, whenever it comes, or never", () => {
  for (let turns = 0; turns < 40; turns++) {
    const { show, turn, settle, of, runner } = world();
    show(1, { step: 30, curves: true });
    for (let left = turns; left > 0; left--) turn();
    runner.receive({ type: "ask", ticket: 1, id: 1, query: { kind: "weights", model: "teacher", layer: 0 } });
    runner.receive({ type: "ask", ticket: 0, id: 2, query: { kind: "weights", model: "teacher", layer: 0 } });
    settle();
    expect(of("answer").map(({ id, value }) => [id, value])).toMatchObject([[1, { inputs: 30 }]]);
  }
});

test("a refusal belongs to its ticket or its question, and the worker lives on", () => {
  const { show, settle, of, runner, engine } = world();
  show(1, { config: { ...FIRST_CONFIG, seed: -1 } });
  settle();
  expect(of("refused")).toMatchObject([{ ticket: 1, id: null, error: { path: "seed" } }]);
  // What is refused is shown to nobody, and said once.
  runner.receive({ type: "ask", ticket: 1, id: 2, query: { kind: "weights", model: "teacher", layer: 0 } });
  settle();
  expect(of("refused")).toHaveLength(1);
  show(2);
  runner.receive({ type: "ask", ticket: 2, id: 3, query: { kind: "weights", model: "teacher", layer: 10 } });
  settle();
  expect(of("shown")).toHaveLength(1);
  expect(of("refused")[1]).toMatchObject({ ticket: 2, id: 3, error: { path: "layer" } });
  show(3, { config: { ...FIRST_CONFIG, seed: -1 } });
  settle();
  engine.plan.failAt = {
    step: 50,
    error: engineError({ code: "not_finite", path: "", message: "the loss is not finite" }),
  };
  show(4, { config: warm(9) });
  settle();
  expect(of("refused").map(({ ticket }) => ticket)).toEqual([1, 2, 3, 4]);
  delete engine.plan.failAt;
  show(5, { config: warm(2), step: 60 });
  settle();
  expect(of("shown").at(-1)).toMatchObject({ ticket: 5, step: 60 });
});

test("after a panic the engine is not touched again", () => {
  const { show, settle, of } = world({ failAt: { step: 5, error: panic() } });
  show(1);
  settle();
  show(2);
  settle();
  expect(of("failed").map(({ error }) => error.code)).toEqual(["panic", "panic"]);
  expect(of("refused")).toEqual([]);
});

test("what rests does no more, and goes on from what it has trained", () => {
  const { show, turn, settle, of, runner, engine } = world();
  show(1);
  turn();
  runner.receive({ type: "rest" });
  settle();
  expect(of("shown")).toEqual([]);
  const trained = engine.stages[0]?.trained ?? 0;
  show(2);
  settle();
  expect([trained > 0, engine.stages[0]?.trained]).toEqual([true, 100]);
});
