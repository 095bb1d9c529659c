/** Two settings over twelve seeds, for the gallery: made up by formula. */
import { type Comparison, FIRST_CONFIG } from "../shared/engine_types";
import { SEEDS } from "./finished";

const b = { ...FIRST_CONFIG, distillation: { ...FIRST_CONFIG.distillation, method: "hard_teacher" as const } };
const models = { a: "student_distilled", b: "student_distilled" } as const;
const a = SEEDS.map((_, i) => 0.945 + 0.012 * Math.sin(2.4 * i));
const by = SEEDS.map((_, i) => -0.007 + 0.006 * Math.cos(1.7 * i));
const ofB = a.map((accuracy, i) => accuracy - (by[i] ?? 0));
const nll = a.map((accuracy) => -Math.log(accuracy));

export const READ = { plan: { a: FIRST_CONFIG, b, models }, seeds: SEEDS };
export const COMPARISON: Comparison = {
  ...READ.plan,
  seeds: SEEDS,
  scores: { a: { accuracy: a, nll }, b: { accuracy: ofB, nll } },
  by_seed: by,
  means: { a: { mean: 0.945, ci95: 0.0054 }, b: { mean: 0.952, ci95: 0.0058 } },
  difference: { mean: -0.007, ci95: 0.0027 },
  nll_difference: { mean: 0, ci95: 0 },
  verdict: "b",
  settings: [{ path: "distillation.method", a: "soft_targets", b: "hard_teacher" }],
  same_test_set: true,
};
