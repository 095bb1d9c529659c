import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Figure, Preset, Result } from "../../shared/engine_types";
import { type Engine, loadEngine } from "../../worker/engine";
import { CHAPTERS } from "./chapters";
import { commandOf, mean, measured, modelOf, singleRuns, unitOf, written } from "./claims";
import { FIGURES } from "./figures";

let engine: Engine;
let presets: Preset[];
beforeAll(async () => {
  const read = (name: string) => readFileSync(`pkg/${name}`);
  engine = await loadEngine(Uint8Array.from(read("distill_lab_bg.wasm")).buffer, async () => read("digits.bin"));
  presets = engine.presets();
});

test("the engine takes each chapter's run and each claim's", () => {
  const of = (name: string) => presets.find((p) => p.name === name);
  const all = Object.entries(FIGURES).flatMap(([name, figures]) =>
    figures.flatMap(({ set, minus }) =>
      [set, ...(minus ? [minus] : [])].map((one) => ({ preset: of(name), set: one })),
    ),
  );
  const runs = CHAPTERS.map(({ run }) => ({ preset: of(run.set.preset ?? ""), set: run.set }));
  for (const { preset, set } of [...all, ...runs]) {
    if (!preset) throw new Error("no such preset");
    const made = engine.normalise(null, JSON.stringify({ ...set, preset: preset.name }));
    expect(made).toMatchObject({ ...set, preset: preset.name });
  }
  expect(all.length).toBeGreaterThan(50);
});

describe("a claim", () => {
  const claim = (of: string, label: string): [string, Figure] => {
    const figure = FIGURES[of]?.find((one) => one.label === label);
    if (!figure) throw new Error(label);
    return [of, figure];
  };
  test("says its figure in the unit of what is measured", () => {
    const said = (of: string, label: string) => {
      const [, figure] = claim(of, label);
      return mean(figure) + unitOf(figure, "points");
    };
    expect(said("fifty-digits", "gain at T = 20")).toBe("+11.6 ± 1.7 points");
    expect(said("all-labels", "gain at T = 4")).toBe("-1.0 ± 0.7 points");
    expect(said("fifty-digits", "teacher")).toBe("97.2 ± 0.3 %");
    expect(said("notebook-as-written", "student's training loss, last epoch")).toBe("0.6919 ± 0.0004");
  });
  test("names the command that runs its seeds with its settings", () => {
    expect(commandOf(...claim("fifty-digits", "gain at T = 4"))).toBe(
      "cargo run --release -- run fifty-digits --seeds 1..13 --set distillation.temperature=4",
    );
    // What a shell would take for something else is in quotes.
    expect(commandOf(...claim("tiny-student", "gain, 6 units, T = 4"))).toBe(
      "cargo run --release -- run tiny-student --seeds 1..13 --set 'student.hidden=[6]' --set distillation.temperature=4",
    );
  });
  test("is a difference where something is subtracted, and names the command that compares the two", () => {
    const [preset, figure] = claim("unlabelled", "T = 4 minus the teacher's hard labels");
    expect(mean(figure)).toMatch(/^[+-]/);
    expect(commandOf(preset, figure)).toBe(
      "cargo run --release -- compare unlabelled --seeds 1..13 --b distillation.method=hard_teacher",
    );
  });
  test("of a difference is about the model that is measured", () => {
    const paired = Object.values(FIGURES).flatMap((figures) => figures.filter(({ minus }) => minus !== undefined));
    expect(new Set(paired.map(({ measure }) => modelOf(measure)))).toEqual(
      new Set(["student_distilled", "student_refined"]),
    );
  });
  test("has a place in a run's result, whatever it measures", () => {
    const student = { accuracy: 0.9, per_class_accuracy: [1, 1, 1, 0.25] };
    const result = {
      teacher: { accuracy: 0.97 },
      student_alone: { accuracy: 0.8 },
      student_distilled: student,
      curves: { teacher: { train_loss: [0.7, 0.686] } },
    } as unknown as Result;
    expect(measured(result, "teacher.accuracy")).toBe(0.97);
    expect(measured(result, "gain")).toBeCloseTo(0.1, 12);
    expect(measured(result, "student_distilled.per_class_accuracy.3")).toBe(0.25);
    expect(measured(result, "curves.teacher.train_loss.last")).toBe(0.686);
    expect(measured(result, "student_refined.accuracy")).toBeUndefined();
    expect(written(0.1, { measure: "gain" })).toBe("+10.0");
  });
  test("says from where to where single runs go: wider than the mean's interval, within what can be", () => {
    const [low, high] = singleRuns({ mean: 0.111, ci95: 0.015, measure: "gain" }, 12);
    expect([low, high].map((x) => x.toFixed(3))).toEqual(["0.055", "0.167"]);
    const threes = { mean: 0.169, ci95: 0.069, measure: "student_distilled.per_class_accuracy.3" };
    expect(singleRuns(threes, 12)[0]).toBe(0);
    expect(singleRuns({ mean: 0.996, ci95: 0.002, measure: "teacher.accuracy" }, 12)[1]).toBe(1);
    // A figure of zero width is a rounded one.
    const [least, most] = singleRuns({ mean: 0, ci95: 0, measure: "gain" }, 12);
    expect(least).toBeLessThan(-0.0015);
    expect(most).toBeLessThan(0.003);
  });
});
