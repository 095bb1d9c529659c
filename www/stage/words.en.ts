import { formatCount, formatNumber, formatPercent, formatValue } from "../ui/numbers";
import { a, sentence } from "./sentence.en";
import type { StageWords } from "./words";

const TAG = "en";
const count = (n: number) => formatCount(n, TAG);
/** "50 %", and a digit more where it would be a nought. */
const percent = (share: number) => `${formatPercent(share, share > 0 && share < 0.005 ? 1 : 0, TAG)} %`;

export const en: StageWords = {
  tag: TAG,
  title: "What a label doesn’t say",
  lead: (samples, things) => ({
    before: `Two identical small networks see the same ${count(samples)} ${things}. One gets the `,
    label: "label",
    between: ". The other gets a big network’s ",
    doubts: "doubts",
    after: ".",
  }),
  sentence,

  sample: "Sample",
  origin: (role, tests, things) =>
    role === "exam"
      ? `one of ${count(tests)} test ${things}`
      : role === "taught"
        ? "both students learn it"
        : "from outside",
  labelled: (name) => `label: ${name}`,
  label_hidden: "hidden from the students",
  samples: "Other samples",
  exam: "exam",
  taught: "taught",
  thumb: (role, index, label) => `${role === "exam" ? "Test sample" : "Taught sample"} ${index}: ${a(label)}`,
  draw: (things) => (things === "digits" ? "Draw a digit" : "Your own"),

  names: { teacher: "Teacher", student_alone: "Student alone", student_distilled: "Student distilled" },
  names_short: { teacher: "teacher", student_alone: "alone", student_distilled: "distilled" },
  told: { student_alone: "told the label", student_distilled: "told the doubts" },
  weights: (n) => `${count(n)} weights`,
  reads: (right, of) => `reads ${right} of ${of}`,
  cost: (ratio) => `${ratio < 10 ? formatNumber(ratio, 1, TAG) : count(ratio)} times the student’s work`,
  untrained: "untrained",
  shown_of: (shown, all) => `${count(shown)} of ${count(all)}`,
  network: (name, units, strongest) =>
    `${name}: ${units.map((n) => count(n)).join(", then ")} units. Most active on this sample: ${strongest.join(", ")}.`,
  network_keys: "Arrow keys move over the units, Enter enlarges one, Escape lets go.",
  unit: (layer, unit, activation) => `layer ${layer + 1}, unit ${unit}: ${formatNumber(activation, 2, TAG)}`,

  pipe: (label) => (label === null ? "What the teacher says" : `What it says of this ${label}`),
  bars: (name, bars) => `${name}: ${bars.map((bar) => `${bar.name} ${percent(bar.share)}`).join(", ")}.`,
  bar: (name, share) => `${name}: ${percent(share)}`,
  rest: "the rest",
  percent,
  true_scale: "true scale",
  at_one: "tick: T = 1",
  nobody_told: "exam: nobody is told",
  flows: {
    soft_targets: "the doubts",
    notebook_as_written: "no teacher in this loss",
    logit_matching: "the logits, as they are",
    hard_teacher: "the teacher’s answer alone",
    label_smoothing: "no teacher: a blurred label",
    decoupled: "class and others, apart",
    hint: "the doubts, and a hidden layer",
    relational: "distances between samples",
  },
  target: "the class",
  others: (beta) => `the others × ${formatValue(beta, TAG)}`,

  temperature: "Temperature",
  sure: "sure",
  doubtful: "doubtful",
  at_temperature: (t) => `temperature ${formatValue(t, TAG)}`,
  trained_at: (t) => `trained at ${formatValue(t, TAG)}`,
  no_temperature: "no temperature here",

  says: (name) => `says ${name}`,
  right: "right",
  wrong: "wrong",
  of_these: (n) => `of these ${count(n)}`,
  wall: (right, of) => `${right} of these ${of} read right`,
  wall_unread: (of) => `${of} test samples`,
  wall_keys: "Arrow keys read the samples, Enter puts one on stage.",
  wall_sample: (index, label, read) =>
    read === null
      ? `sample ${index}: ${a(label)}`
      : label === read
        ? `sample ${index}: ${a(label)}, read right`
        : `sample ${index}: ${a(label)}, read as ${read}`,
  field: (name) => `${name}: which class it reads where in the plane`,
  narrower: "Narrower",
  wider: "Wider",
  width: (units) => `${count(units)} units`,

  answer: "reads",
  all_tests: (share, tests) => `of all ${count(tests)}: ${share} %`,
  seeds: (n, gain) => `${n} seeds, all tests: ${gain} points`,
  one_run: (gain) => `one run: ${gain} points`,
  outcome: (distilled, alone, tests) => `distilled ${count(distilled)}, alone ${count(alone)} of ${count(tests)}`,

  race: "The race",
  phases: { teacher: "the teacher learns", students: "then the two students race", refine: "refined on labels" },
  phases_short: { teacher: "teacher", students: "students", refine: "refined" },
  step_of: (step, steps) => `step ${count(step)} of ${count(steps)}`,
  accuracy: "test samples read right",
  curve: (name, accuracy) => `${name} ${formatPercent(accuracy, 1, TAG)} %`,
  play: "Play",
  pause: "Pause",
  pace: "Pace",
  paces: { slow: "slow", watch: "watch", flat_out: "flat out" },
  loading: "on its way",
};
