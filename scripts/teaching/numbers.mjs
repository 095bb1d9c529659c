// Every number of the teacher's kit: where it comes from, as arguments of the command line, and how it is read there.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../setup.mjs";

/** Those of the presets' figures, and of a page's twelve repeats. */
const SEEDS = "1..13";
/** The 97.5 % quantile of Student's t with 11 degrees of freedom: 12 seeds. */
const T_QUANTILE = 2.201;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
function interval(values) {
  const middle = mean(values);
  const variance = mean(values.map((value) => (value - middle) ** 2)) * (values.length / (values.length - 1));
  return { mean: middle, ci95: T_QUANTILE * Math.sqrt(variance / values.length) };
}

const percent = ({ mean, ci95 }) => `${(100 * mean).toFixed(1)} ± ${(100 * ci95).toFixed(1)} %`;
const signed = (value) =>
  `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)}`.replace("-", "−").replace(/^[+−]0\.0$/, "0.0");
const points = ({ mean, ci95 }) => `${signed(mean)} ± ${(100 * ci95).toFixed(1)} points`;
const loss = ({ mean, ci95 }) => `${mean.toFixed(3)} ± ${ci95.toFixed(3)}`;

const gains = (runs) => runs.map((run) => run.student_distilled.accuracy - run.student_alone.accuracy);
/** How a number is read from the results of all seeds. */
const MEASURES = {
  teacher: (runs) => percent(interval(runs.map((run) => run.teacher.accuracy))),
  alone: (runs) => percent(interval(runs.map((run) => run.student_alone.accuracy))),
  distilled: (runs) => percent(interval(runs.map((run) => run.student_distilled.accuracy))),
  gain: (runs) => points(interval(gains(runs))),
  "smallest gain": (runs) => `${signed(Math.min(...gains(runs)))} points`,
  "largest gain": (runs) => `${signed(Math.max(...gains(runs)))} points`,
  threes: (runs) => percent(interval(runs.map((run) => run.student_distilled.per_class_accuracy[3]))),
  "threes alone": (runs) => percent(interval(runs.map((run) => run.student_alone.per_class_accuracy[3]))),
  "last training loss": (runs) => loss(interval(runs.map((run) => run.curves.student_distilled.train_loss.at(-1)))),
};

/** Short names of what is run: a preset, and the fields set over it. */
const RUNS = {
  fifty: ["fifty-digits"],
  "fifty T=1": ["fifty-digits", "distillation.temperature=1"],
  "fifty T=4": ["fifty-digits", "distillation.temperature=4"],
  "fifty T=1, ten times the steps": ["fifty-digits", "distillation.temperature=1", "budget=10"],
  "fifty, ten times the steps": ["fifty-digits", "budget=10"],
  "no T squared": ["fifty-digits", "distillation.alpha=0.022"],
  "mean over classes": ["fifty-digits", "distillation.alpha=0.474"],
  "alpha swapped": ["fifty-digits", "distillation.alpha=0.1"],
  "alpha 0": ["fifty-digits", "distillation.alpha=0"],
  "hard teacher": ["fifty-digits", "distillation.method=hard_teacher"],
  "label smoothing": ["fifty-digits", "distillation.method=label_smoothing"],
  unlabelled: ["unlabelled"],
  "unlabelled, hard teacher": ["unlabelled", "distillation.method=hard_teacher"],
  "all labels": ["all-labels"],
  "four units": ["tiny-student", "student.hidden=[4]", "distillation.temperature=20"],
  "four units, ten times the steps": ["tiny-student", "student.hidden=[4]", "distillation.temperature=20", "budget=10"],
  "smoothed teacher": ["smoothed-teacher"],
  "unseen T=1": ["unseen-digit", "distillation.temperature=1"],
  "unseen T=1, ten times the steps": ["unseen-digit", "distillation.temperature=1", "budget=10"],
  unseen: ["unseen-digit"],
  "short T=1": ["short-training", "distillation.temperature=1"],
  short: ["short-training"],
  notebook: ["notebook-as-written"],
};

const binary = join(root, "target/release/distill-lab");
const ask = (args) => JSON.parse(execFileSync(binary, args, { encoding: "utf8", maxBuffer: 1 << 28 }));
const settings = ([preset, ...sets]) => [preset, ...sets.flatMap((set) => ["--set", set])];

/** The command as one would type it. */
export function command(name) {
  const quoted = RUNS[name].slice(1).flatMap((set) => ["--set", set.includes("[") ? `'${set}'` : set]);
  return ["distill-lab run", RUNS[name][0], ...quoted, "--seeds", SEEDS, "--json"].join(" ");
}

export const SWEEP = {
  preset: "fifty-digits",
  over: "distillation.temperature",
  values: [1, 2, 4, 8, 16, 32],
  seeds: SEEDS,
};
export const sweepCommand = `distill-lab sweep ${SWEEP.preset} --over ${SWEEP.over} --values ${SWEEP.values.join(",")} --seeds ${SEEDS} --json`;

/** The temperature sweep, as the command line gives it. */
export const sweep = () =>
  ask(["sweep", SWEEP.preset, "--over", SWEEP.over, "--values", SWEEP.values.join(","), "--seeds", SEEDS, "--json"]);

const results = new Map();
const runs = (name) => {
  if (RUNS[name] === undefined) throw new Error(`no run is called ${name}; there are ${Object.keys(RUNS).join(", ")}`);
  if (!results.has(name)) results.set(name, ask(["run", ...settings(RUNS[name]), "--seeds", SEEDS, "--json"]).runs);
  return results.get(name);
};

/** The text of "run/measure", such as "fifty/gain". */
export function number(key) {
  const [name, measure] = key.split("/");
  if (MEASURES[measure] === undefined)
    throw new Error(`${key}: no such measure; there are ${Object.keys(MEASURES).join(", ")}`);
  return MEASURES[measure](runs(name));
}

/** Mean and interval of a run's gain, in points, for a drawing. */
export function gainOf(name) {
  const { mean, ci95 } = interval(gains(runs(name)));
  return { mean: 100 * mean, ci95: 100 * ci95 };
}
/** The sizes of the default preset's networks. */
export const sizes = () => {
  const { config, teacher, student_distilled } = runs("fifty")[0];
  return {
    config,
    teacher: teacher.parameters,
    student: student_distilled.parameters,
    macs: [teacher.macs, student_distilled.macs],
  };
};
/** The runs of which a number has been asked. */
export const asked = () => [...results.keys()];
