/** Steps of the gallery: made up by formula, the same every time, and shown nowhere else. */
import type { Histogram, RecordedLayer, RecordedStep } from "../shared/engine_types";
import { POINTS, ring } from "./fixtures";

const layer = (inputs: number, outputs: number, scale: number): RecordedLayer => {
  const sizes = (l2: number) => ({ weights: { l2, max: l2 / 8 }, biases: { l2: l2 / 9, max: l2 / 30 } });
  const [update, parameters] = [sizes(0.02 * scale), sizes(6 * scale)];
  return { inputs, outputs, gradient: sizes(1.5 * scale), update, parameters, ratio: 0.02 / 6 };
};
const [INPUTS, UNITS] = [64, 12];
/** Waves across the image, another one for each unit. */
const waves = (scale: number, shift: number) =>
  Float32Array.from({ length: INPUTS * UNITS }, (_, i) => {
    const [input, unit] = [Math.floor(i / UNITS), i % UNITS];
    return scale * Math.sin(((input % 8) * (unit + 1)) / 6 + (Math.floor(input / 8) * unit) / 4 + shift);
  });
const bell = (edge: number, width: number): Histogram => ({
  edge,
  counts: Array.from({ length: 32 }, (_, i) => Math.round(120 * Math.exp(-(((i - 15.5) / width) ** 2)))),
});

/** A step of the distilled student on digits, some of them without a label. */
export const STEP: RecordedStep = {
  phase: "students",
  model: "student_distilled",
  step: 905,
  phaseStep: 5,
  samples: Array.from({ length: 32 }, (_, i) => ({ index: (i * 7) % 50, label: i % 4 === 3 ? -1 : (i * 3) % 10 })),
  features: Float32Array.from(Array.from({ length: 32 }, (_, i) => ring(i * 7)).flat()),
  correct: 11,
  loss: 19.86,
  softTerm: 16.62,
  hardTerm: 3.24,
  ownTerm: 0,
  layers: [layer(INPUTS, UNITS, 1), layer(UNITS, 10, 0.5)],
  layer: 0,
  weights: waves(0.25, 0),
  update: waves(0.001, 1.5),
  histograms: { weights: bell(0.25, 9), update: bell(0.001, 3) },
};

/** A batch of points in the plane. */
export const PLANE: RecordedStep = {
  ...STEP,
  samples: POINTS.map(({ label, role }, index) => ({ index, label: role === "unlabelled" ? -1 : label })),
  features: Float32Array.from(POINTS.flatMap(({ x, y }) => [x, y])),
};
