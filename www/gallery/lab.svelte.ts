/** A lab of the gallery: a finished run of made-up figures, for panels that take the whole lab. Nothing is trained. */
import { FIRST_CONFIG, type LossView, type MethodInfo } from "../shared/engine_types";
import { DEFAULT_VIEW } from "../shared/view";
import { kept } from "../ui/state/kept.svelte";
import type { LabState } from "../ui/state/lab.svelte";
import { RunView } from "../ui/state/run.svelte";
import { RepeatState } from "../ui/state/repeat.svelte";
import { type ComparisonHost, ComparisonState } from "../ui/state/comparison.svelte";
import type { SweepHost } from "../ui/state/sweep.svelte";
import { COMPARISON, READ } from "./comparisons";
import { COLUMNS, FINISHED, KEPT, REPEATED, SEEDS, SUMMARY } from "./finished";
import { DIGITS, SAMPLE } from "./fixtures";

const run = new RunView();
run.prepared({
  type: "prepared",
  run: 1,
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
  points: COLUMNS,
});
run.done(FINISHED);
run.speed = {
  batch: 64,
  teacher: { single_us: 4.79, batch_us: 1.62 },
  student: { single_us: 0.597, batch_us: 0.187 },
  ratio: { promised: 10.9, single: 8.02, batch: 8.66 },
};

const LOSS: LossView = {
  method: "soft_targets",
  temperature: 20,
  alpha: 0.9,
  label: 3,
  kl: 0.000411944,
  cross_entropy: 0.1827,
  soft_term: 0.1483,
  hard_term: 0.0183,
  loss: 0.1666,
  soft_gradient: 0.3104,
  soft_gradient_without_t2: 0.000776,
  hard_gradient: 0.0211,
  own_term: 0,
  own_gradient: 0,
  own_samples: 1,
  // The teacher finds an 8 and a 5 in this 3, the student a little less of them.
  logits: DIGITS.map((_, k) => {
    const [p, q] = [
      0.09 + (k === 3 ? 0.07 : k === 8 || k === 5 ? 0.015 : 0),
      0.092 + (k === 3 ? 0.06 : k === 8 ? 0.02 : 0),
    ];
    const [soft_gradient, hard_gradient] = [18 * (q - p), k === 3 ? -0.02 : 0.0022];
    return { p, q, soft_gradient, hard_gradient, gradient: soft_gradient + hard_gradient };
  }),
};

/** What the host would do; here nothing is ever asked of it. */
const host = {} as SweepHost;
export const REPEAT = new RepeatState(host);
REPEAT.config = FIRST_CONFIG;
REPEAT.seeds = SEEDS;
REPEAT.results = REPEATED;
REPEAT.summary = SUMMARY;

/** Two runs that somebody kept; the gallery's own, whatever was kept on the page. */
export function keepTwo(): void {
  for (const { id } of kept.runs) kept.delete(id);
  for (const run of KEPT) kept.keep(run);
}

/** As the engine describes the method that these figures are of. */
export const METHODS: MethodInfo[] = [
  {
    name: "soft_targets",
    title: { en: "Soft targets", de: "Weiche Ziele" },
    helps: {
      en: "Helps where labelled samples are few: each of the teacher's outputs says how alike the classes are.",
      de: "Hilft, wo es wenige Beispiele mit Klasse gibt: Jede Ausgabe des Lehrers sagt, wie ähnlich sich die Klassen sind.",
    },
    source: "",
    formula: "α · T² · KL + (1 − α) · CE",
    terms: [
      { kind: "soft", formula: "α · T² · KL" },
      { kind: "hard", formula: "(1 − α) · CE" },
    ],
    softened: true,
    options: [],
  },
];

const comparison = new ComparisonState({} as ComparisonHost);
comparison.asked = READ;
comparison.found = COMPARISON;
comparison.state = "done";

export const LAB = {
  version: "0.0.0",
  config: FIRST_CONFIG,
  presets: [],
  fields: [],
  methods: METHODS,
  view: { ...DEFAULT_VIEW, table: true },
  run,
  repeat: REPEAT,
  comparison,
  ready: Promise.resolve(),
  readComparison: () => Promise.resolve(READ),
  setView: () => undefined,
  link: () => "",
  sample: () => Promise.resolve(SAMPLE),
  loss: () => Promise.resolve(LOSS),
  speed: () => Promise.resolve(run.speed),
} as unknown as LabState;
