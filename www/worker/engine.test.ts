/** The real engine, as wasm, behind the runner. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { buildQuery, parseAddress } from "../shared/address";
import type { Config, Field, Result, SampleView } from "../shared/engine_types";
import { toDistillError } from "../shared/errors";
import type { FromLab } from "../shared/protocol";
import { toConfigText } from "../shared/json";
import { SETTINGS } from "../shared/settings";
import { FIRST_CONFIG } from "../ui/state/first_config";
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
  expect(JSON.parse(engine.normalise("", "{}"))).toEqual(FIRST_CONFIG);
});

test("every field has its setting, under the same key in the address", () => {
  const fields = JSON.parse(engine.fields()) as Field[];
  const keys = (list: readonly { path: string; address?: string }[]) =>
    list.map(({ path, address }) => `${path} ${address ?? ""}`).sort();
  expect(keys(SETTINGS)).toEqual(keys(fields));
});

test("every preset's link leads to its config again, changed or not", () => {
  for (const preset of JSON.parse(engine.presets()) as { config: Config }[]) {
    const changed = [
      {},
      { seed: 9, transfer: { size: 40, labelled: 10 } },
      { teacher: { optimizer: { name: "sgd" } }, student: { hidden: [] }, distillation: { temperature: 3.25 } },
    ];
    for (const partial of changed) {
      const text = engine.normalise(JSON.stringify(preset.config), JSON.stringify(partial));
      const { parameters, problems } = parseAddress(`?${buildQuery(JSON.parse(text), preset.config)}`, "");
      const partials = parameters.map((one) => toConfigText(one.partial));
      const laid = layOver(engine.normalise, "", partials);
      expect(problems).toEqual([]);
      expect(JSON.parse(laid.config)).toEqual(JSON.parse(text));
    }
  }
});

test.each(["0", "-1", "NaN", "1e9", "abc"])("T=%s is refused by name, and the rest applies", (text) => {
  const { parameters } = parseAddress(`?T=${text}&alpha=0.5`, "");
  const laid = layOver(
    engine.normalise,
    "",
    parameters.map((one) => toConfigText(one.partial)),
  );
  expect(laid.problems[0]?.path).toBe("distillation.temperature");
  expect(laid.problems[0]?.message).toMatch(/got .*; allowed: a number from 0.1 to 100/);
  expect(laid.problems[1]).toBeNull();
  expect((JSON.parse(laid.config) as Config).distillation.alpha).toBe(0.5);
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
  const config = engine.normalise("", '{"preset":"notebook-repaired","seed":3}');
  runner.receive({ type: "prepare", run: 1, config });
  runner.receive({ type: "resume", run: 1 });
  for (let turn = 0; tasks.length > 0; turn++) {
    tasks.shift()?.();
    if (!pauses.includes(turn)) continue;
    runner.receive({ type: "pause", run: 1 });
    runner.receive({ type: "step", run: 1, id: turn, n: 7 });
    tasks.shift()?.();
    runner.receive({ type: "resume", run: 1 });
  }
  const done = posted.find((message) => message.type === "done");
  return { result: JSON.parse(done?.result ?? "null") as Result, posted };
}

test("a run has the same digest however it is sliced, paused and stepped", () => {
  const { result } = runNotebook([]);
  expect(result.digest).toMatch(/^[0-9a-f]{16}$/);
  expect(runNotebook([0, 1, 2]).result.digest).toBe(result.digest);
});

test("the worker's time goes to the engine", () => {
  const { posted } = runNotebook([]);
  const last = posted.filter((message) => message.type === "progress").at(-1);
  // How near it comes to all of it is measured (`npm run measure`); other work on the machine may take a share here.
  expect((last?.engineMs ?? 0) / (last?.wallMs ?? 1)).toBeGreaterThan(0.5);
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
  expect(refusal(() => engine.normalise("", "{"))).toMatch(/^config: not JSON: .+; allowed: one JSON object$/);
  for (const [open, close] of [
    ["[", "]"],
    ['{"seed":', "}"],
  ] as const) {
    const nested = (levels: number) => open.repeat(levels) + "1" + close.repeat(levels);
    expect(refusal(() => engine.normalise("", nested(127)))).toContain("; allowed: a");
    for (const levels of [128, 7000]) {
      const message = refusal(() => engine.normalise("", nested(levels)));
      expect(message).toContain("config: not JSON: recursion limit exceeded");
    }
  }
  expect(refusal(() => engine.normalise("", '{"seed":{"a":[{"b":1}]}}'))).toBe(
    'seed: got {"a":[{"b":1}]}; allowed: a whole number from 0 to 9007199254740991',
  );
  expect(JSON.parse(engine.normalise("", "{}"))).toEqual(FIRST_CONFIG);
});

test("numbers reach the engine and leave it to the last bit", () => {
  for (const alpha of [0.1 + 0.2, 1 / 3, 5e-324, 1 - 2 ** -53, 0.9, 1e-7, 2.2250738585072011e-308]) {
    const text = engine.normalise("", `{"distillation":{"alpha":${alpha}}}`);
    expect((JSON.parse(text) as Config).distillation.alpha).toBe(alpha);
    expect(engine.normalise(text, "{}")).toBe(text);
  }
  const seed = (text: string) => (JSON.parse(engine.normalise("", `{"seed":${text}}`)) as Config).seed;
  expect([seed("9007199254740991"), seed("1e3"), seed("12.0"), seed("-0.0")]).toEqual([2 ** 53 - 1, 1000, 12, 0]);
  const zero = engine.normalise("", '{"data":{"noise":-0.0}}');
  expect(Object.is((JSON.parse(zero) as Config).data.noise, 0)).toBe(true);
});

test("errors say what they got as it was typed, and bounds as people write them", () => {
  const message = (partial: string) => refusal(() => engine.normalise("", partial));
  expect(message('{"teacher":{"optimizer":{"epsilon":2}}}')).toBe(
    "teacher.optimizer.epsilon: got 2; allowed: a number from 1e-12 to 1",
  );
  expect(message('{"distillation":{"temperature":1e400}}')).toContain("not JSON: number out of range");
  expect(message('{"preset":"so \\"far\\" \\u00e9"}')).toContain(
    'preset: got "so \\"far\\" é"; allowed: one of fifty-',
  );
  expect(message('{"transfer":{"omit_classes":[3,12]}}')).toContain("transfer.omit_classes: got 12; allowed: ");
  expect(refusal(() => engine.sweepJob("{}", "data.name", [1], 1, null))).toContain('over: got "data.name"; allowed: ');
});

test("a probability is written with as few digits as tell its 32 bits apart", () => {
  const lab = engine.lab('{"teacher":{"steps":1},"student":{"steps":1}}');
  while (!lab.done()) lab.advance(1000);
  const { features, softened } = JSON.parse(lab.sample("test", 0, 2)) as SampleView;
  for (const value of [...features, ...(softened.teacher ?? [])]) {
    expect(Math.abs(Math.fround(value) - value)).toBeLessThanOrEqual(2 ** -24 * value);
    expect(String(value).replace(/^0\.0*|e.*|\./g, "").length).toBeLessThanOrEqual(9);
  }
  lab.free();
});

test("scripts and files come out of the engine, and an unfinished run says what is missing", () => {
  const template = { main: "T = {{distillation.temperature}}\n#[if link]\n# {{link}}\n#[end]", data: "", process: "" };
  expect(engine.script("{}", "there", template, false, "")).toMatch(/^T = 20(\.0)?\n# there\n$/);
  expect(() => engine.script("{}", "", { ...template, main: "{{nothing}}" }, false, "")).toThrow(
    /bad_template.*nothing/,
  );
  const lab = engine.lab('{"teacher": {"steps": 5}, "student": {"steps": 5}}');
  expect(() => lab.csv()).toThrow(/not_done/);
  expect(() => lab.safetensors()).toThrow(/not_done/);
  while (!lab.done()) lab.advance(1_000);
  const { curves, digest } = JSON.parse(lab.result()) as Result;
  const [, first] = lab.csv().split("\n");
  expect(Number(first?.split(",")[4])).toBe(curves.teacher?.test_loss[0]);
  expect(new TextDecoder().decode(lab.safetensors().subarray(8, 2_000))).toContain(`"digest":"${digest}"`);
  lab.free();
});
