/** The real engine, as wasm, behind the stage's runner. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Config, FIRST_CONFIG, type Query, type StageView } from "../shared/engine_types";
import type { FromStage, ShowStage } from "../shared/stage_protocol";
import { type Engine, type EngineLab, loadEngine } from "./engine";
import { StageRunner } from "./stage_runner";

let engine: Engine;
let small: Config;
beforeAll(async () => {
  const bytes = readFileSync(new URL("../../pkg/distill_lab_bg.wasm", import.meta.url));
  engine = await loadEngine(Uint8Array.from(bytes).buffer, async () =>
    readFileSync(new URL("../../pkg/digits.bin", import.meta.url)),
  );
  small = engine.normalise(null, '{"teacher":{"hidden":[24],"steps":130},"student":{"hidden":[12],"steps":90}}');
});

function world() {
  const posted: FromStage[] = [];
  const tasks: (() => void)[] = [];
  const runner = new StageRunner(engine, {
    // As between workers: what is transferred is gone here.
    post: (message, transfer = []) => posted.push(structuredClone(message, { transfer: transfer as ArrayBuffer[] })),
    now: () => performance.now(),
    nextTask: (task) => tasks.push(task),
  });
  return {
    runner,
    posted,
    settle: () => {
      while (tasks.length > 0) tasks.shift()?.();
    },
    of: <T extends FromStage["type"]>(type: T) =>
      posted.filter((message): message is Extract<FromStage, { type: T }> => message.type === type),
  };
}

const show = (ticket: number, config: Config, step: number, more: Partial<ShowStage> = {}): ShowStage => ({
  type: "show",
  ticket,
  config,
  step,
  sample: { set: "test", index: 96 },
  temperature: 4,
  units: 8,
  data: [],
  ...more,
});

const stageQuery: Query = { kind: "stage", sample: { set: "test", index: 96 }, temperature: 4, units: 8 };

/** The run itself after `step` steps. */
function run(config: Config, step: number): { view: StageView; lab: EngineLab } {
  const lab = engine.lab(config);
  let left = step;
  while (left > 0) {
    const { steps, done } = lab.run_for(1000, left);
    left -= steps;
    if (done) break;
  }
  return { view: lab.ask(stageQuery) as StageView, lab };
}

test("a changed temperature, method or width is shown at its step with the bits of a run of its own", () => {
  const { runner, settle, of } = world();
  runner.receive(show(1, small, 200));
  settle();
  const changes = [
    ["{}", "all"],
    ['{"distillation":{"temperature":3,"alpha":0.5}}', "distilled"],
    ['{"distillation":{"method":"hint"}}', "distilled"],
    ['{"student":{"hidden":[20]}}', "students"],
    ['{"transfer":{"size":80,"labelled":20}}', "students"],
    ['{"seed":2}', "all"],
  ] as const;
  for (const [i, [partial, trains]] of changes.entries()) {
    const config = engine.normalise(small, partial);
    runner.receive(show(2 + i, config, 175));
    settle();
    const shown = of("shown").at(-1);
    expect([shown?.ticket, shown?.step, shown?.trains]).toEqual([2 + i, 175, trains]);
    expect(shown?.view).toEqual(run(config, 175).view);
  }
});

test("a view crosses as named typed arrays of the units that were asked for", () => {
  const { runner, settle, of } = world();
  runner.receive(show(1, small, 175, { facts: true, sample: { input: Array.from({ length: 64 }, () => 0.5) } }));
  runner.receive({ type: "ask", ticket: 1, id: 1, query: { kind: "weights", model: "student_alone", layer: 0 } });
  settle();
  const view = of("shown")[0]?.view;
  const [first, last] = view?.student_alone.layers ?? [];
  expect(view?.sample).toMatchObject({ role: "drawn", index: null, label: -1, labelled: false });
  expect(view?.sample.features).toEqual(new Float32Array(64).fill(0.5));
  expect(first).toMatchObject({ inputs: 64, outputs: 12, shown: 8 });
  expect([first?.weights, first?.biases, first?.activations].map((array) => array?.length)).toEqual([512, 8, 8]);
  expect(last?.weights).toBeInstanceOf(Float32Array);
  expect(view?.teacher.softened).toHaveLength(10);
  expect(view?.teacher.wall).toBeInstanceOf(Uint32Array);
  const wall = of("facts")[0]?.facts.wall;
  expect([wall?.index.length, wall?.perClass, wall?.features.length]).toEqual([100, 10, 6400]);
  const whole = of("answer")[0]?.value;
  expect(whole).toMatchObject({ inputs: 64, outputs: 12 });
  expect((whole as { weights: Float32Array }).weights[12]).toBe(first?.weights[8]);
});

test("on release the whole race comes with its curve, though the distilled student alone is trained", () => {
  const { runner, settle, of } = world();
  runner.receive(show(1, small, 60, { curves: true }));
  settle();
  const warm = engine.normalise(small, '{"distillation":{"temperature":3}}');
  runner.receive(show(2, warm, 60, { curves: true, choice: true }));
  settle();
  expect(of("shown")[1]).toMatchObject({ trains: "distilled", step: 60 });
  const { lab } = run(warm, 1000);
  expect(of("curve")[1]?.points).toEqual(lab.progress().points);
  expect(of("choice")[0]?.choice).toEqual(lab.ask({ kind: "stage_choice" }));
  expect(lab.ask({ kind: "stage_facts" })).toMatchObject({ test: 797 });
});

test("what is newest wins against a training that goes on, and a refusal leaves the worker alive", () => {
  const { runner, settle, of } = world();
  runner.receive(show(1, FIRST_CONFIG, 900));
  runner.receive(show(2, small, 10));
  runner.receive(show(1, FIRST_CONFIG, 900));
  settle();
  expect(of("shown").map(({ ticket }) => ticket)).toEqual([2]);
  runner.receive(show(3, small, 10, { temperature: 0 }));
  settle();
  runner.receive(show(4, small, 10, { sample: { set: "test", index: 797 } }));
  settle();
  expect(of("refused").map(({ ticket, error }) => [ticket, error.path])).toEqual([
    [3, "temperature"],
    [4, "index"],
  ]);
  runner.receive(show(5, small, 10));
  settle();
  expect(of("shown").at(-1)?.ticket).toBe(5);
});
