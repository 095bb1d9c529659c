import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Config, Result, Summary } from "../../shared/engine_types";
import type { PartialConfig, SweepPoint } from "../../shared/requests";
import { verdictOf } from "../state/repeat.svelte";
import { de } from "../strings/de";
import { en } from "../strings/en";
import { type Engine, loadEngine } from "../../worker/engine";
import { CHAPTERS } from "./chapters";
import { german } from "./german";
import { LABELS } from "./labels";
import { type Found, outcomeOf } from "./outcome";

let engine: Engine;
beforeAll(async () => {
  const read = (name: string) => readFileSync(`pkg/${name}`);
  engine = await loadEngine(Uint8Array.from(read("distill_lab_bg.wasm")).buffer, async () => read("digits.bin"));
});

const chapter = (id: string) => {
  const found = CHAPTERS.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const configOf = (id: string, more: PartialConfig = {}): Config =>
  engine.normalise(engine.normalise(null, JSON.stringify(chapter(id).run.set)), JSON.stringify(more));
const ran = (config: Config): Result =>
  ({
    config,
    student_alone: { accuracy: 0.829 },
    student_distilled: { accuracy: 0.932, per_class_accuracy: [1, 1, 1, 0.94] },
  }) as unknown as Result;
const NOTHING: Found = {
  result: null,
  repeat: { config: null, seeds: [], results: [], summary: null, verdict: null },
  sweep: { plan: null, cells: [], best: { accuracy: null, gain: null }, chosenOn: "test", state: "idle" },
  tried: 0,
};
const say = (id: string, found: Partial<Found>) =>
  outcomeOf(chapter(id), configOf(id), { ...NOTHING, ...found }, LABELS, en);

describe("a run", () => {
  test("is this chapter's with whatever seed, and says which", () => {
    expect(say("1", {})).toBe("");
    expect(say("1", { result: ran(configOf("1", { seed: 5 })) })).toBe(
      "This run, seed 5: alone 82.9 %, distilled 93.2 %.",
    );
    expect(say("3", { result: ran(configOf("3")) })).toContain("3s recognised 94.0 %");
  });
  test("of the same preset with any other setting is not", () => {
    // The chapter on alpha sets it to 0; the preset's own run is another.
    for (const config of [configOf("1"), configOf("4", { distillation: { temperature: 4 } })]) {
      expect(say("4", { result: ran(config) })).toBe(LABELS.other_run);
    }
    expect(say("4", { result: ran(configOf("4")) })).toContain("This run");
  });
});

describe("a repeat", () => {
  const summary: Summary = {
    teacher: {},
    student_alone: { accuracy: { mean: 0.953, ci95: 0.002 } },
    student_distilled: { accuracy: { mean: 0.946, ci95: 0.003 } },
    gain: { mean: -0.007, ci95: 0.003 },
    gain_with_images: null,
    tests_drawn: true,
    validation: null,
  };
  const repeat = (config: Config, done: number): Found["repeat"] => ({
    config,
    seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    results: Array.from({ length: done }, (_, i) => ({ seed: i + 1, result: ran(config), gain: 0 })),
    summary,
    verdict: verdictOf(summary),
  });
  test("is answered with, as it comes, in place of the one run", () => {
    const result = ran(configOf("6"));
    expect(say("6", { result })).toContain("This run, seed 1");
    expect(say("6", { result, repeat: repeat(configOf("6"), 7) })).toMatch(/^7 seeds \(of 1–12\): /);
    expect(say("6", { result, repeat: repeat(configOf("6"), 12) })).toBe(
      "12 seeds (1–12): alone 95.3 ± 0.2 %, distilled 94.6 ± 0.3 %; distilled: worse by 0.7 ± 0.3 points.",
    );
  });
  test("with other settings is not the chapter's answer", () => {
    const other = repeat(configOf("6", { distillation: { temperature: 1 } }), 12);
    expect(say("6", { repeat: other })).toBe("");
  });
  test("of a chapter that asks for one run is not either", () => {
    expect(say("1", { repeat: repeat(configOf("1"), 12), result: ran(configOf("1")) })).toContain("This run");
  });
  test("in German", () => {
    const found = { ...NOTHING, repeat: repeat(configOf("6"), 12) };
    expect(outcomeOf(chapter("6"), configOf("6"), found, german.labels, de)).toContain("; destilliert: schlechter um ");
  });
});

describe("a sweep", () => {
  const values = chapter("7").run.sweep?.values ?? [];
  const cells = values.map((value, i): SweepPoint => ({
    value,
    seeds: 12,
    summary: {
      gain: { mean: 0.02 * i, ci95: 0.01 },
      student_distilled: { accuracy: { mean: 0.9 + 0.001 * i, ci95: 0.004 } },
      validation: { samples: 950, seen_by_teacher: true },
    } as unknown as Summary,
  }));
  const behind = cells.map((_, i) =>
    i === 4 ? null : { mean: 0.02, ci95: i === 3 ? 0.03 : 0.01, seeds: 12, p: 0.01, adjusted: 0.02 },
  );
  const sweep = (config: Config, clear: boolean): Found["sweep"] => {
    const contrast = { leader: 4, clear, alike: clear ? [] : [3], behind };
    const seeds = cells.map((_, i) => i);
    return {
      plan: {
        over: ["distillation.temperature"],
        values: [values],
        seeds: Array.from({ length: 12 }, (_, i) => i + seeds.length - 4),
        config,
      },
      cells,
      best: { accuracy: contrast, gain: null },
      chosenOn: "validation",
      state: "done",
    };
  };
  test("names a best point only where the intervals do", () => {
    expect(say("7", { sweep: sweep(configOf("7"), true) })).toMatch(
      /^12 of 12 seeds: Best: T 20 \(90\.4 ± 0\.4 % on the test set\); /,
    );
    const undecided = say("7", { sweep: sweep(configOf("7"), false), tried: 5 });
    expect(undecided).toContain("has the highest mean and cannot be told apart from T 8 (Holm, all pairs).");
    expect(undecided).toContain("Chosen by accuracy on validation samples, reported on the test set. The teacher saw");
    expect(undecided).toContain("Settings tried on the test set in this session: 5. The best of many");
    expect(undecided).toContain(LABELS.in_panel);
  });
  test("with other settings, or over other values, is not the chapter's", () => {
    expect(say("7", { sweep: sweep(configOf("7", { student: { hidden: [8] } }), true) })).toBe("");
    const other = sweep(configOf("7"), true);
    if (other.plan) other.plan.values = [[1, 2]];
    expect(say("7", { sweep: other })).toBe("");
  });
});
