/** Data of the gallery: made up by formula, the same every time, and shown nowhere else. */
import type { Regions, SampleView, Takeover, TestPredictions, WorldPoint } from "../shared/engine_types";
import { type OwnPoint, TAUGHT } from "../shared/worlds";

export const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const CELLS = 32;
export const EDGE = 1.25;

/** A boundary that bends `bend` times as much as the circle of radius 0.7. */
function grid(bend: number, sharpness: number): Float32Array {
  const cells = new Float32Array(CELLS * CELLS * 2);
  for (let i = 0; i < CELLS * CELLS; i++) {
    const x = -EDGE + (2 * EDGE * ((i % CELLS) + 0.5)) / CELLS;
    const y = -EDGE + (2 * EDGE * (Math.floor(i / CELLS) + 0.5)) / CELLS;
    const b = 1 / (1 + Math.exp(-sharpness * (Math.hypot(bend * x, y) - 0.7)));
    cells.set([1 - b, b], 2 * i);
  }
  return cells;
}

export const REGIONS: Regions = {
  columns: CELLS,
  rows: CELLS,
  classes: 2,
  softened: { teacher: grid(1, 12), student_alone: grid(0.4, 4), student_distilled: grid(0.8, 6) },
  agreement: { student_alone: 0.8125, student_distilled: 0.953125 },
};

export const OWN: OwnPoint[] = Array.from({ length: 24 }, (_, i) => {
  const label = i % 2 === 0 ? 0 : 1;
  const radius = label === 0 ? 0.4 : 1;
  const at = (turn: number) => Math.round(100 * radius * turn) / 100;
  return [at(Math.cos(i)), at(Math.sin(i)), label];
});

export const POINTS: WorldPoint[] = OWN.map(([x, y, label], i) => ({
  x,
  y,
  label,
  role: i % 4 === 3 ? "test" : i % 3 === 0 ? "unlabelled" : "labelled",
}));

/** Each digit a little like its neighbours. */
export const LIKENESS: number[][] = DIGITS.map((_, i) => {
  const weights = DIGITS.map((_, k) => Math.exp(-Math.abs(i - k)));
  const sum = weights.reduce((all, w) => all + w, 0);
  return weights.map((w) => w / sum);
});

export const CONFUSION: number[][] = DIGITS.map((_, i) =>
  DIGITS.map((_, k) => (i === k ? 70 + i : (i * 7 + k * 3) % 5 === 0 ? 1 + ((i + k) % 4) : 0)),
);

/** Surer than right. */
export const BINS = Array.from({ length: 15 }, (_, i) => ({
  count: i < 4 ? 0 : (i - 3) ** 2,
  confidence: i < 4 ? 0 : (i + 0.6) / 15,
  accuracy: i < 4 ? 0 : (0.85 * (i + 0.6)) / 15,
}));

export const PER_CLASS = {
  teacher: DIGITS.map((_, k) => 0.99 - 0.005 * k),
  student_alone: DIGITS.map((_, k) => 0.6 + 0.03 * k),
  student_distilled: DIGITS.map((_, k) => (k === 5 ? null : 0.9 + 0.008 * k)),
};

const classes = (of: (index: number) => number) => Uint8Array.from({ length: 40 }, (_, index) => of(index) % 10);
export const PREDICTIONS: TestPredictions = {
  label: classes((index) => index),
  teacher: classes((index) => index),
  student_alone: classes((index) => index + (index % 3)),
  student_distilled: classes((index) => index + (index % 5 === 0 ? 1 : 0)),
};

/** A ring of eight by eight, thicker with a higher index. */
export function ring(index: number): number[] {
  return Array.from({ length: 64 }, (_, i) => {
    const distance = Math.hypot((i % 8) - 3.5, Math.floor(i / 8) - 3.5);
    return Math.max(0, 1 - Math.abs(distance - 2.6) / (0.8 + (index % 10) / 10));
  });
}

const softened = (of: number) => LIKENESS[of] ?? [];
const three = <T>(make: (i: number) => T) => ({
  teacher: make(3),
  student_alone: make(8),
  student_distilled: make(2),
});
export const SAMPLE: SampleView = {
  index: 7,
  features: ring(7),
  label: 3,
  logits: three((of) => softened(of).map((p) => Math.log(p))),
  softened: three(softened),
  entropy: three((of) => softened(of).reduce((sum, p) => sum - p * Math.log(p), 0)),
};

export const TAKEOVER: Takeover = {
  similarity: LIKENESS,
  reliability: { teacher: BINS, student_alone: BINS, student_distilled: BINS },
  predictions: PREDICTIONS,
};

const metrics = (accuracy: number, name: (typeof TAUGHT)[number]) => ({
  accuracy,
  nll: 0.3,
  ece: 0.041,
  per_class_accuracy: PER_CLASS[name],
  confusion: CONFUSION,
  parameters: 2410,
  macs: 2368,
  bytes: 9640,
  correct: "f".repeat(200),
  ...(name === "teacher" ? {} : { agreement: 0.9, kl_to_teacher: 0.2 }),
});
export const RESULT = {
  teacher: metrics(0.974, "teacher"),
  student_alone: metrics(0.829, "student_alone"),
  student_distilled: metrics(0.932, "student_distilled"),
};
