/** A finished run and its repeats over seeds: made up by formula, the same every time, and shown nowhere else. */
import {
  type Curve,
  FIRST_CONFIG,
  type Interval,
  type ModelName,
  type PointColumns,
  type Result,
  type Summary,
} from "../shared/engine_types";
import { TAUGHT } from "../shared/worlds";
import { RESULT } from "./fixtures";

const POINTS = 40;
/** Where each model's accuracy goes, and how fast. */
const COURSES: Record<(typeof TAUGHT)[number], { steps: number; end: number; rate: number }> = {
  teacher: { steps: 900, end: 0.974, rate: 6 },
  student_alone: { steps: 2000, end: 0.829, rate: 9 },
  student_distilled: { steps: 2000, end: 0.932, rate: 5 },
};

function curve(model: (typeof TAUGHT)[number]): Curve {
  const { steps, end, rate } = COURSES[model];
  const at = Array.from({ length: POINTS }, (_, i) => (i + 1) / POINTS);
  const accuracy = at.map((u) => 0.1 + (end - 0.1) * (1 - Math.exp(-rate * u)));
  const loss = accuracy.map((a) => -Math.log(a));
  return {
    step: at.map((u) => Math.round(steps * u)),
    train_loss: loss.map((v) => 0.8 * v),
    train_accuracy: accuracy.map((a) => Math.min(1, a + 0.02)),
    test_loss: loss,
    test_accuracy: accuracy,
  };
}
export const CURVES = Object.fromEntries(TAUGHT.map((name) => [name, curve(name)])) as Record<ModelName, Curve>;

/** The curves as the worker sends them. */
export const COLUMNS: PointColumns = {
  model: Uint8Array.from(TAUGHT.flatMap((_, m) => Array.from({ length: POINTS }, () => m))),
  step: Uint32Array.from(TAUGHT.flatMap((name) => CURVES[name].step)),
  trainLoss: Float32Array.from(TAUGHT.flatMap((name) => CURVES[name].train_loss)),
  trainAccuracy: Float32Array.from(TAUGHT.flatMap((name) => CURVES[name].train_accuracy.map((a) => a ?? 0))),
  testLoss: Float32Array.from(TAUGHT.flatMap((name) => CURVES[name].test_loss)),
  testAccuracy: Float32Array.from(TAUGHT.flatMap((name) => CURVES[name].test_accuracy)),
};

export const FINISHED: Result = {
  config: FIRST_CONFIG,
  engine_version: "0.0.0",
  digest: "0123456789abcdef",
  validation: { samples: 950, seen_by_teacher: true },
  ...RESULT,
  teacher: { ...RESULT.teacher, parameters: 26_122, macs: 25_856, bytes: 104_488 },
  curves: CURVES,
};

/** That run, and one at a lower temperature, whose student learned less. */
export const KEPT: Result[] = [
  FINISHED,
  {
    ...FINISHED,
    config: { ...FIRST_CONFIG, distillation: { ...FIRST_CONFIG.distillation, temperature: 4 } },
    digest: "fedcba9876543210",
    curves: { ...CURVES, student_distilled: CURVES.student_alone },
  },
];

const interval = (mean: number, ci95: number): Interval => ({ mean, ci95 });
export const SEEDS = Array.from({ length: 6 }, (_, i) => i + 1);
/** Seed by seed: 12 points on average, one seed worse. */
const gainOf = (seed: number) => (seed === 4 ? -0.012 : 0.08 + 0.02 * (seed % 3));
export const SUMMARY: Summary = {
  teacher: { accuracy: interval(0.974, 0.002) },
  student_alone: { accuracy: interval(0.829, 0.014) },
  student_distilled: { accuracy: interval(0.909, 0.021) },
  gain: interval(0.08, 0.049),
  gain_with_images: interval(0.08, 0.056),
  tests_drawn: false,
  validation: { samples: 950, seen_by_teacher: true },
};

export const REPEATED = SEEDS.map((seed) => {
  const alone = 0.82 + 0.004 * seed;
  const student = (accuracy: number, of: (typeof TAUGHT)[number]) => ({ ...FINISHED[of], accuracy });
  return {
    seed,
    gain: gainOf(seed),
    result: {
      ...FINISHED,
      config: { ...FIRST_CONFIG, seed },
      student_alone: student(alone, "student_alone"),
      student_distilled: student(alone + gainOf(seed), "student_distilled"),
    },
  };
});
