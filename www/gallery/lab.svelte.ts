/** A lab of the gallery: a finished run of made-up figures, for panels that take the whole lab. Nothing is trained. */
import type { Curve, Interval, LossView, ModelName, PointColumns, Result, Summary } from "../shared/engine_types";
import { TAUGHT } from "../shared/worlds";
import { DEFAULT_VIEW } from "../shared/view";
import { FIRST_CONFIG } from "../ui/state/first_config";
import { kept } from "../ui/state/kept.svelte";
import type { LabState } from "../ui/state/lab.svelte";
import { RunView } from "../ui/state/run.svelte";
import { RepeatState } from "../ui/state/repeat.svelte";
import type { SweepHost } from "../ui/state/sweep.svelte";
import { DIGITS, RESULT, SAMPLE } from "./fixtures";

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
const curves = Object.fromEntries(TAUGHT.map((name) => [name, curve(name)])) as Record<ModelName, Curve>;

const columns: PointColumns = {
  model: Uint8Array.from(TAUGHT.flatMap((_, m) => Array.from({ length: POINTS }, () => m))),
  step: Uint32Array.from(TAUGHT.flatMap((name) => curves[name].step)),
  trainLoss: Float32Array.from(TAUGHT.flatMap((name) => curves[name].train_loss)),
  trainAccuracy: Float32Array.from(TAUGHT.flatMap((name) => curves[name].train_accuracy.map((a) => a ?? 0))),
  testLoss: Float32Array.from(TAUGHT.flatMap((name) => curves[name].test_loss)),
  testAccuracy: Float32Array.from(TAUGHT.flatMap((name) => curves[name].test_accuracy)),
};

export const FINISHED: Result = {
  config: FIRST_CONFIG,
  engine_version: "0.0.0",
  digest: "0123456789abcdef",
  ...RESULT,
  curves,
};

const run = new RunView();
run.prepared({
  type: "prepared",
  run: 1,
  config: "",
  data: { classes: DIGITS, features: 64, image: [8, 8], train: 1000, transfer: 50, labelled: 50, test: 797 },
  steps: 4900,
});
run.progress({
  type: "progress",
  run: 1,
  phase: "students",
  step: 4900,
  phaseStep: 2000,
  phaseSteps: 2000,
  engineMs: 450,
  wallMs: 500,
  points: columns,
});
run.done(FINISHED);

const LOSS: LossView = {
  method: "soft_targets",
  temperature: 20,
  alpha: 0.9,
  label: 3,
  kl: 0.000412,
  cross_entropy: 0.1827,
  soft_term: 0.1483,
  hard_term: 0.0183,
  loss: 0.1666,
  soft_gradient: 0.3104,
  soft_gradient_without_t2: 0.000776,
  hard_gradient: 0.0211,
};

const interval = (mean: number, ci95: number): Interval => ({ mean, ci95 });
const SEEDS = Array.from({ length: 6 }, (_, i) => i + 1);
/** Seed by seed: 12 points on average, one seed worse. */
const gainOf = (seed: number) => (seed === 4 ? -0.012 : 0.08 + 0.02 * (seed % 3));
const SUMMARY: Summary = {
  teacher: { accuracy: interval(0.974, 0.002) },
  student_alone: { accuracy: interval(0.829, 0.014) },
  student_distilled: { accuracy: interval(0.909, 0.021) },
  gain: interval(0.08, 0.049),
};

/** What the host would do; here nothing is ever asked of it. */
const host = {} as SweepHost;
export const REPEAT = new RepeatState(host);
REPEAT.config = FIRST_CONFIG;
REPEAT.seeds = SEEDS;
REPEAT.results = SEEDS.map((seed) => {
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
REPEAT.summary = SUMMARY;

/** Two runs that somebody kept; the gallery's own, whatever was kept on the page. */
export function keepTwo(): void {
  for (const { id } of kept.runs) kept.delete(id);
  kept.keep(FINISHED);
  const config = { ...FIRST_CONFIG, distillation: { ...FIRST_CONFIG.distillation, temperature: 4 } };
  kept.keep({ ...FINISHED, config, digest: "fedcba9876543210" });
}

export const LAB = {
  version: "0.0.0",
  config: FIRST_CONFIG,
  presets: [],
  fields: [],
  view: { ...DEFAULT_VIEW, table: true },
  run,
  repeat: REPEAT,
  setView: () => undefined,
  link: () => "",
  sample: () => Promise.resolve(SAMPLE),
  loss: () => Promise.resolve(LOSS),
} as unknown as LabState;
