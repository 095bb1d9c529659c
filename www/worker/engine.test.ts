/** The real engine, as wasm, behind the runner. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { buildQuery, parseAddress } from "../shared/address";
import {
  type Config,
  FIRST_CONFIG,
  type Query,
  type Result,
  type RunFormat,
  type SweepRow,
} from "../shared/engine_types";
import { toDistillError } from "../shared/errors";
import type { Answers, FromLab } from "../shared/protocol";
import { toConfigText } from "../shared/json";
import { SETTINGS, settingsWith } from "../shared/settings";
import { type Engine, loadEngine } from "./engine";
import { layOver } from "./lay_over";
import { LabRunner } from "./runner";

let engine: Engine;
beforeAll(async () => {
  const bytes = readFileSync(new URL("../../pkg/distill_lab_bg.wasm", import.meta.url));
  engine = await loadEngine(Uint8Array.from(bytes).buffer, async () =>
    readFileSync(new URL("../../pkg/digits.bin", import.meta.url)),
  );
});

test("the page's first config is the default preset's", () => {
  expect(engine.normalise(null, "{}")).toEqual(FIRST_CONFIG);
});

test("every field that is no method's own has its setting, under the same key in the address", () => {
  const own = new Set(engine.methods().flatMap(({ options }) => options.map(({ path }) => path)));
  const fields = engine.fields().filter(({ path }) => !own.has(path));
  const keys = (list: readonly { path: string; address?: string }[]) =>
    list.map(({ path, address }) => `${path} ${address ?? ""}`).sort();
  expect(keys(SETTINGS)).toEqual(keys(fields));
});

test("a method's options are settings while it is chosen, in both languages", () => {
  const method = engine.methods().find(({ options }) => options.length > 1);
  const paths = settingsWith(method).map(({ path }) => path);
  for (const { path, doc } of method?.options ?? []) {
    expect(paths).toContain(path);
    expect(doc.de).not.toBe(doc.en);
  }
});

test("every preset's link leads to its config again, changed or not", () => {
  for (const preset of engine.presets()) {
    const changed = [
      {},
      { seed: 9, transfer: { size: 40, labelled: 10 } },
      { teacher: { optimizer: { name: "sgd" } }, student: { hidden: [] }, distillation: { temperature: 3.25 } },
    ];
    for (const partial of changed) {
      const config = engine.normalise(preset.config, JSON.stringify(partial));
      const { parameters, problems } = parseAddress(`?${buildQuery(config, preset.config)}`, "");
      const partials = parameters.map((one) => toConfigText(one.partial));
      const laid = layOver(engine.normalise, null, partials);
      expect(problems).toEqual([]);
      expect(laid.config).toEqual(config);
    }
  }
});

test.each(["0", "-1", "NaN", "1e9", "abc"])("T=%s is refused by name, and the rest applies", (text) => {
  const { parameters } = parseAddress(`?T=${text}&alpha=0.5`, "");
  const laid = layOver(
    engine.normalise,
    null,
    parameters.map((one) => toConfigText(one.partial)),
  );
  expect(laid.problems[0]?.path).toBe("distillation.temperature");
  expect(laid.problems[0]?.message).toMatch(/got .*; allowed: a number from 0.1 to 100/);
  expect(laid.problems[1]).toBeNull();
  expect(laid.config.distillation.alpha).toBe(0.5);
});

/** Runs the notebook to its end, pausing after each of the given numbers of turns. */
function runNotebook(pauses: readonly number[]): { result: Result; posted: FromLab[] } {
  const posted: FromLab[] = [];
  const tasks: (() => void)[] = [];
  const runner = new LabRunner(engine, {
    post: (message) => posted.push(message),
    now: () => performance.now(),
    nextTask: (task) => tasks.push(task),
  });
  const config = engine.normalise(null, '{"preset":"notebook-repaired","seed":3}');
  runner.receive({ type: "prepare", run: 1, config });
  runner.receive({ type: "resume", run: 1 });
  for (let turn = 0; tasks.length > 0; turn++) {
    tasks.shift()?.();
    if (!pauses.includes(turn)) continue;
    runner.receive({ type: "pause", run: 1 });
    runner.receive({ type: "step", run: 1, id: turn, n: 7 });
    // On a busy machine seven steps may take several turns; what is paused comes to an end of its own.
    while (tasks.length > 0) tasks.shift()?.();
    runner.receive({ type: "resume", run: 1 });
  }
  const done = posted.find((message) => message.type === "done");
  if (done === undefined) throw new Error("the run did not end");
  return { result: done.result, posted };
}

test("a run has the same digest however it is sliced, paused and stepped", () => {
  const { result } = runNotebook([]);
  expect(result.digest).toMatch(/^[0-9a-f]{16}$/);
  expect(runNotebook([0, 1, 2]).result.digest).toBe(result.digest);
});

test("the time in the engine is told, and is a part of all that has passed", () => {
  const { posted } = runNotebook([]);
  const last = posted.filter((message) => message.type === "progress").at(-1);
  // How near it comes to all of it is measured (`npm run measure`): other work on the machine takes what it likes.
  expect(last?.engineMs).toBeGreaterThan(0);
  expect(last?.engineMs).toBeLessThanOrEqual(last?.wallMs ?? 0);
});

/** The message of the error that `work` throws. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return toDistillError(thrown).message;
  }
  return "nothing was thrown";
}

test("text that is not JSON, and text nested past all sense, is refused; the engine lives on", () => {
  expect(refusal(() => engine.normalise(null, "{"))).toMatch(/^config: not JSON: .+; allowed: one JSON object$/);
  for (const [open, close] of [
    ["[", "]"],
    ['{"seed":', "}"],
  ] as const) {
    const nested = (levels: number) => open.repeat(levels) + "1" + close.repeat(levels);
    expect(refusal(() => engine.normalise(null, nested(127)))).toContain("; allowed: a");
    for (const levels of [128, 7000]) {
      const message = refusal(() => engine.normalise(null, nested(levels)));
      expect(message).toContain("config: not JSON: recursion limit exceeded");
    }
  }
  expect(refusal(() => engine.normalise(null, '{"seed":{"a":[{"b":1}]}}'))).toBe(
    'seed: got {"a":[{"b":1}]}; allowed: a whole number from 0 to 9007199254740991',
  );
  expect(engine.normalise(null, "{}")).toEqual(FIRST_CONFIG);
});

test("numbers reach the engine and leave it to the last bit", () => {
  for (const alpha of [0.1 + 0.2, 1 / 3, 5e-324, 1 - 2 ** -53, 0.9, 1e-7, 2.2250738585072011e-308]) {
    const config = engine.normalise(null, `{"distillation":{"alpha":${alpha}}}`);
    expect(config.distillation.alpha).toBe(alpha);
    expect(engine.normalise(config, "{}")).toEqual(config);
  }
  const seed = (text: string) => engine.normalise(null, `{"seed":${text}}`).seed;
  expect([seed("9007199254740991"), seed("1e3"), seed("12.0"), seed("-0.0")]).toEqual([2 ** 53 - 1, 1000, 12, 0]);
  const zero = engine.normalise(null, '{"data":{"noise":-0.0}}');
  expect(Object.is(zero.data.noise, 0)).toBe(true);
});

test("errors say what they got as it was typed, and bounds as people write them", () => {
  const message = (partial: string) => refusal(() => engine.normalise(null, partial));
  expect(message('{"teacher":{"optimizer":{"epsilon":2}}}')).toBe(
    "teacher.optimizer.epsilon: got 2; allowed: a number from 1e-12 to 1",
  );
  expect(message('{"distillation":{"temperature":1e400}}')).toContain("not JSON: number out of range");
  expect(message('{"preset":"so \\"far\\" \\u00e9"}')).toContain(
    'preset: got "so \\"far\\" é"; allowed: one of fifty-',
  );
  expect(message('{"transfer":{"omit_classes":[3,12]}}')).toContain("transfer.omit_classes: got 12; allowed: ");
  expect(refusal(() => engine.sweepConfigs(FIRST_CONFIG, ["data.points"], [1]))).toContain(
    'over: got "data.points"; allowed: ',
  );
});

test("answers cross as objects, numbers in bulk as typed arrays of their kinds", () => {
  const lab = engine.lab(engine.normalise(null, '{"preset":"spirals","teacher":{"steps":3},"student":{"steps":3}}'));
  expect(lab.prepared()).toMatchObject({ steps: 6, data: { features: 2, image: null } });
  expect(lab.ask({ kind: "loss", index: 0, temperature: 1, alpha: 0.5 })).toBeNull();
  while (!lab.run_for(100).done);
  const { phase, step, points } = lab.progress();
  expect([phase, step, points.step.length]).toEqual(["done", 6, points.model.length]);
  expect(Object.values(points).map((column) => column.constructor.name)).toEqual([
    "Uint8Array",
    "Uint32Array",
    ...Array.from({ length: 4 }, () => "Float32Array"),
  ]);
  expect(lab.progress().points.step).toHaveLength(0);
  const window = { bounds: [-1, 1, -1, 1] as [number, number, number, number], columns: 3, rows: 2, temperature: 1 };
  const regions = lab.ask({ kind: "regions", ...window }) as Answers["regions"];
  expect([regions.classes, regions.softened.teacher?.length]).toEqual([2, 12]);
  const takeover = lab.ask({ kind: "takeover", temperature: 1 }) as Answers["takeover"];
  expect(takeover.predictions?.label).toBeInstanceOf(Uint8Array);
  expect([takeover.similarity?.length, takeover.reliability.teacher?.[0]]).toMatchObject([2, { count: 0 }]);
  const record = lab.ask({ kind: "record", alone: true, layer: 0 }) as Answers["record"];
  expect(record).toMatchObject({ phase: "students", model: "student_alone", step: 6, phaseStep: 3 });
  const [layer] = record?.layers ?? [];
  expect(record?.weights.length).toBe((layer?.inputs ?? 0) * (layer?.outputs ?? 0));
  const { train_accuracy } = lab.result().curves?.teacher ?? { train_accuracy: [] };
  expect(train_accuracy.every((share) => typeof share === "number")).toBe(true);
  lab.free();
});

test("where no label was met a curve holds null, and a question that is none is refused", () => {
  const few = '{"transfer":{"labelled":0},"distillation":{"alpha":1},"teacher":{"steps":1},"student":{"steps":1}}';
  const lab = engine.lab(engine.normalise(null, few));
  while (!lab.run_for(100).done);
  expect(lab.result().curves?.student_distilled.train_accuracy).toEqual([null]);
  expect(refusal(() => lab.ask({ kind: "nothing" } as unknown as Query))).toMatch(/^query: .*nothing/);
  expect(() => lab.ask({ kind: "predict", input: [Number.NaN] })).toThrow();
  lab.free();
});

test("an error has the fields of a refusal", () => {
  try {
    engine.normalise(null, '{"distillation":{"temperature":"NaN"}}');
    expect.unreachable();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).toMatchObject({
      code: "wrong_type",
      path: "distillation.temperature",
      got: "NaN",
      allowed: { kind: "number", min: 0.1, max: 100 },
    });
  }
});

test("a job of a sweep tells its rows, gives values away with the models, and another one goes on from them", () => {
  const config = engine.normalise(null, '{"teacher":{"steps":20},"student":{"steps":20}}');
  const all = engine.sweepConfigs(config, ["distillation.temperature"], [1, 2, 4, 8]);
  const job = engine.sweepJob(all, 3, null);
  const whole: SweepRow[] = [];
  let gift = job.give();
  while (gift === null) {
    whole.push(...job.run_for(1).rows);
    gift = job.give();
  }
  const { values, from } = structuredClone(gift);
  for (let done = false; !done;) {
    const slice = job.run_for(100);
    whole.push(...slice.rows);
    done = slice.done;
  }
  expect(whole.map(({ value }) => value).sort()).toEqual([0, 1, 2, 3].filter((value) => !values.includes(value)));
  expect(from.teacher[0]?.parameters).toBeInstanceOf(Float32Array);
  const digest = (rows: SweepRow[], value: number) => rows.find((row) => row.value === value)?.result?.digest;
  const other = engine.sweepJob(
    values.map((at) => all[at] as Config),
    3,
    from,
  );
  const given = other.run_for(10_000).rows;
  const alone = engine.sweepJob(all, 3, null);
  const rows = alone.run_for(10_000).rows;
  for (const [i, at] of values.entries()) expect(digest(given, i)).toBe(digest(rows, at));
  for (const one of [job, other, alone]) one.free();
});

test("words are swept, and two settings compared, in the engine's own words", () => {
  const small = engine.normalise(null, '{"teacher":{"steps":20},"student":{"steps":20}}');
  const point = [["hard_teacher", 4]] as const;
  const [hard] = engine.sweepConfigs(small, ["distillation.method", "distillation.temperature"], point);
  expect(hard?.distillation).toMatchObject({ method: "hard_teacher", temperature: 4 });
  const students = { a: "student_distilled", b: "student_distilled" };
  const plan = engine.comparisonPlan(small, "{}", '{"distillation":{"method":"hard_teacher"}}', students);
  const job = engine.sweepJob([plan.a, plan.b], 7, null);
  const { rows } = job.run_for(10_000);
  job.free();
  const [a, b] = rows.map(({ result }) => result as Result) as [Result, Result];
  expect([a.config.seed, b.config.seed]).toEqual([7, 7]);
  expect(engine.compare(plan, [], [])).toBeNull();
  const found = engine.compare(plan, [7], [[a, b]]);
  expect(found).toMatchObject({
    seeds: [7],
    verdict: "one_seed",
    difference: { mean: a.student_distilled.accuracy - b.student_distilled.accuracy, ci95: null },
    settings: [{ path: "distillation.method", a: "soft_targets", b: "hard_teacher" }],
    same_test_set: true,
  });
  expect(refusal(() => engine.comparisonPlan(small, "{}", '{"nope":1}', students))).toContain("b.nope: unknown key");
  expect(refusal(() => engine.compare(plan, [7, 8], [[a, b]]))).toContain("results");
});

test("scripts and files come out of the engine, and an unfinished run says what is missing", () => {
  const main = "T = {{distillation.temperature}}\n#[if link]\n# {{link}}\n#[end]";
  const template = { main, data: "", process: "", own: { "digits.py": "", "soft_targets.py": "" } };
  const request = { config: FIRST_CONFIG, link: "there", notebook: false, recipe: null };
  expect(engine.script({ ...request, template })).toMatch(/^T = 20(\.0)?\n# there\n$/);
  expect(() => engine.script({ ...request, template: { ...template, main: "{{nothing}}" } })).toThrow(/nothing/);
  expect(() => engine.script({ ...request, template: { ...template, own: {} } })).toThrow(/digits\.py/);
  const lab = engine.lab(engine.normalise(null, '{"teacher": {"steps": 5}, "student": {"steps": 5}}'));
  const file = (format: RunFormat) => lab.ask({ kind: "export", format });
  for (const format of ["csv", "json", "safetensors"] as const) {
    expect(() => file(format)).toThrow(expect.objectContaining({ code: "not_done" }));
  }
  while (!lab.run_for(1_000).done);
  const { curves, digest } = lab.result();
  const [, first] = String(file("csv")).split("\n");
  expect(Number(first?.split(",")[4])).toBe(curves?.teacher.test_loss[0]);
  expect(JSON.parse(String(file("json")))).toEqual(lab.result());
  expect(new TextDecoder().decode((file("safetensors") as Uint8Array).subarray(8, 2_000))).toContain(
    `"digest":"${digest}"`,
  );
  lab.free();
});
