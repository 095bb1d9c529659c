import { formatCount, formatNumber, formatPercent, formatValue } from "../ui/numbers";
import { a, sentence } from "./sentence.de";
import type { StageWords, Things } from "./words";

const TAG = "de";
const count = (n: number) => formatCount(n, TAG);
/** „50 %“, und eine Stelle mehr, wo sonst eine Null stünde. */
const percent = (share: number) => `${formatPercent(share, share > 0 && share < 0.005 ? 1 : 0, TAG)} %`;
const THINGS: Record<Things, string> = {
  digits: "Ziffern",
  images: "Bilder",
  signals: "Signale",
  points: "Punkte",
  samples: "Beispiele",
};

export const de: StageWords = {
  tag: TAG,
  title: "Was ein Label verschweigt",
  lead: (samples, things) => ({
    before: `Zwei gleiche kleine Netze sehen dieselben ${count(samples)} ${THINGS[things]}. Das eine bekommt das `,
    label: "Label",
    between: ", das andere die ",
    doubts: "Zweifel",
    after: " eines großen Netzes.",
  }),
  sentence,

  sample: "Beispiel",
  origin: (role, tests, things) =>
    role === "exam"
      ? `aus ${count(tests)} Test-${THINGS[things] === "Beispiele" ? "Beispielen" : things === "digits" ? "Ziffern" : things === "images" ? "Bildern" : things === "signals" ? "Signalen" : "Punkten"}`
      : role === "taught"
        ? "beide Schüler lernen es"
        : "von außen",
  labelled: (name) => `Label: ${name}`,
  label_hidden: "den Schülern verdeckt",
  samples: "Andere Beispiele",
  exam: "Prüfung",
  taught: "Unterricht",
  thumb: (role, index, label) =>
    `${role === "exam" ? "Testbeispiel" : "Beispiel aus dem Unterricht"} ${index}: ${a(label)}`,
  draw: (things) => (things === "digits" ? "Ziffer zeichnen" : "Eigenes"),

  names: { teacher: "Lehrer", student_alone: "Schüler allein", student_distilled: "Schüler destilliert" },
  names_short: { teacher: "Lehrer", student_alone: "allein", student_distilled: "destilliert" },
  told: { student_alone: "erfährt das Label", student_distilled: "erfährt die Zweifel" },
  weights: (n) => `${count(n)} Gewichte`,
  reads: (right, of) => `liest ${right} von ${of}`,
  cost: (ratio) => `${ratio < 10 ? formatNumber(ratio, 1, TAG) : count(ratio)}-mal so viel Arbeit wie ein Schüler`,
  untrained: "untrainiert",
  shown_of: (shown, all) => `${count(shown)} von ${count(all)}`,
  network: (name, units, strongest) =>
    `${name}: ${units.map((n) => count(n)).join(", dann ")} Einheiten. Bei diesem Beispiel am aktivsten: ${strongest.join(", ")}.`,
  network_keys: "Pfeiltasten gehen über die Einheiten, Enter vergrößert eine, Escape lässt los.",
  unit: (layer, unit, activation) => `Schicht ${layer + 1}, Einheit ${unit}: ${formatNumber(activation, 2, TAG)}`,

  pipe: (label) => (label === null ? "Was der Lehrer sagt" : `Was er zu dieser ${label} sagt`),
  bars: (name, bars) => `${name}: ${bars.map((bar) => `${bar.name} ${percent(bar.share)}`).join(", ")}.`,
  bar: (name, share) => `${name}: ${percent(share)}`,
  rest: "übrige",
  percent,
  true_scale: "wahrer Maßstab",
  at_one: "Strich: T = 1",
  nobody_told: "Prüfung: niemand erfährt etwas",
  flows: {
    soft_targets: "die Zweifel",
    notebook_as_written: "kein Lehrer in diesem Verlust",
    logit_matching: "die Logits, wie sie sind",
    hard_teacher: "nur die Antwort des Lehrers",
    label_smoothing: "kein Lehrer: ein geglättetes Label",
    decoupled: "Klasse und andere getrennt",
    hint: "die Zweifel und eine verdeckte Schicht",
    relational: "Abstände zwischen Beispielen",
  },
  target: "die Klasse",
  others: (beta) => `die anderen × ${formatValue(beta, TAG)}`,

  temperature: "Temperatur",
  sure: "sicher",
  doubtful: "zweifelnd",
  at_temperature: (t) => `Temperatur ${formatValue(t, TAG)}`,
  trained_at: (t) => `trainiert bei ${formatValue(t, TAG)}`,
  no_temperature: "hier ohne Temperatur",

  says: (name) => `sagt ${name}`,
  right: "richtig",
  wrong: "falsch",
  of_these: (n) => `von diesen ${count(n)}`,
  wall: (right, of) => `${right} von diesen ${of} richtig gelesen`,
  wall_unread: (of) => `${of} Testbeispiele`,
  wall_keys: "Pfeiltasten lesen die Beispiele vor, Enter bringt eines auf die Bühne.",
  wall_sample: (index, label, read) =>
    read === null
      ? `Beispiel ${index}: ${a(label)}`
      : label === read
        ? `Beispiel ${index}: ${a(label)}, richtig gelesen`
        : `Beispiel ${index}: ${a(label)}, gelesen als ${read}`,
  field: (name) => `${name}: welche Klasse wo in der Ebene gelesen wird`,
  narrower: "Schmaler",
  wider: "Breiter",
  width: (units) => `${count(units)} Einheiten`,

  answer: "liest",
  all_tests: (share, tests) => `von allen ${count(tests)}: ${share} %`,
  seeds: (n, gain) => `${n} Seeds, alle Testbeispiele: ${gain} Punkte`,
  one_run: (gain) => `ein Durchlauf: ${gain} Punkte`,
  outcome: (distilled, alone, tests) => `destilliert ${count(distilled)}, allein ${count(alone)} von ${count(tests)}`,

  race: "Das Rennen",
  phases: {
    teacher: "der Lehrer lernt",
    students: "dann laufen die beiden Schüler um die Wette",
    refine: "an Labels verfeinert",
  },
  phases_short: { teacher: "Lehrer", students: "Schüler", refine: "verfeinert" },
  step_of: (step, steps) => `Schritt ${count(step)} von ${count(steps)}`,
  accuracy: "richtig gelesene Testbeispiele",
  curve: (name, accuracy) => `${name} ${formatPercent(accuracy, 1, TAG)} %`,
  play: "Abspielen",
  pause: "Anhalten",
  pace: "Tempo",
  paces: { slow: "langsam", watch: "zusehen", flat_out: "volles Tempo" },
  loading: "unterwegs",
};
