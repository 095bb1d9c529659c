/**
 * The run that the gallery's stage shows: fifty-digits at T = 4, seed 1, as scripts/stage_run.mjs had the engine train it, a byte a
 * weight. What the engine would say of a sample is worked out here from these, in plain loops.
 */
import type { StageFacts, StageLayer, StageModel, StageSample, StageView } from "../shared/engine_types";
import type { Contender, Flow, Form, RaceCurve, RacePhase, Thumb } from "../stage/view";
import run from "./stage_run.json" with { type: "json" };

const CLASSES = 10;
interface Stored {
  scale: number;
  bytes: string;
}
export type Layer = Pick<StageLayer, "inputs" | "outputs" | "weights" | "biases">;

const numbers = ({ scale, bytes }: Stored): Float32Array =>
  Float32Array.from(atob(bytes), (letter) => scale * ((letter.charCodeAt(0) << 24) >> 24));
const pixels = (text: string): number[] => [...text].map((digit) => Number.parseInt(digit, 36) / 16);

const NAMES = ["teacher", "student_alone", "student_distilled"] as const;
const LAYERS = new Map<Contender, Layer[]>(
  NAMES.map((name) => [
    name,
    run.models[name].layers.map(({ inputs, outputs, weights, biases }) => ({
      inputs,
      outputs,
      weights: numbers(weights),
      biases: numbers(biases),
    })),
  ]),
);

/** Every layer's activations, ReLU between; the last are logits. */
export function forward(layers: readonly Layer[], features: ArrayLike<number>): Float32Array[] {
  const found: Float32Array[] = [];
  let input = features;
  layers.forEach(({ inputs, outputs, weights, biases }, l) => {
    const output = Float32Array.from({ length: outputs }, (_, u) => {
      let sum = biases[u] ?? 0;
      for (let i = 0; i < inputs; i++) sum += (input[i] ?? 0) * (weights[i * outputs + u] ?? 0);
      return l < layers.length - 1 ? Math.max(0, sum) : sum;
    });
    found.push(output);
    input = output;
  });
  return found;
}
export function softmax(logits: ArrayLike<number>, temperature: number): Float32Array {
  const scaled = Array.from(logits, (z) => z / temperature);
  const top = Math.max(...scaled);
  const powers = scaled.map((z) => Math.exp(z - top));
  const sum = powers.reduce((all, p) => all + p, 0);
  return Float32Array.from(powers, (p) => p / sum);
}
export const likeliest = (logits: Float32Array): number => logits.indexOf(Math.max(...logits));
const logitsOf = (name: Contender, features: ArrayLike<number>): Float32Array =>
  forward(LAYERS.get(name) ?? [], features).at(-1) ?? new Float32Array();

export const FACTS: StageFacts = {
  test: 797,
  wall: {
    index: Uint32Array.from(run.wall, ({ index }) => index),
    label: Uint32Array.from(run.wall, ({ label }) => label),
    features: Float32Array.from(run.wall.flatMap(({ features }) => pixels(features))),
    perClass: 10,
  },
};
const WALLS = new Map<Contender, Uint32Array>(
  NAMES.map((name) => [
    name,
    Uint32Array.from(run.wall, ({ features }) => likeliest(logitsOf(name, pixels(features)))),
  ]),
);

const thumb =
  (role: Thumb["role"]) =>
  ({ index, label, features }: { index: number; label: number; features: string }): Thumb => ({
    role,
    index,
    label,
    features: Float32Array.from(pixels(features)),
  });
export const EXAM = run.exam.map(thumb("exam"));
export const TAUGHT_SAMPLES = run.taught.map(thumb("taught"));

function modelOf(name: Contender, features: Float32Array, temperature: number, steps: number): StageModel {
  const layers = LAYERS.get(name) ?? [];
  const activations = forward(layers, features);
  const logits = activations.at(-1) ?? new Float32Array();
  return {
    trained: steps,
    layers: layers.map((layer, l) => ({
      ...layer,
      shown: layer.outputs,
      activations: activations[l] ?? new Float32Array(),
    })),
    softened: softmax(logits, temperature),
    plain: softmax(logits, 1),
    says: likeliest(logits),
    wall: WALLS.get(name) ?? new Uint32Array(),
    correct: run.models[name].correct,
    parameters: run.models[name].parameters,
    macs: run.models[name].macs,
  };
}

/** The run at its end, with a sample on stage. */
export function viewOf(of: Thumb, temperature = run.temperature, labelled = true): StageView {
  const sample: StageSample = { role: of.role, index: of.index, features: of.features, label: of.label, labelled };
  return {
    phase: "done",
    step: 4900,
    phaseStep: 0,
    temperature,
    sample,
    teacher: modelOf("teacher", of.features, temperature, 900),
    student_alone: modelOf("student_alone", of.features, temperature, 2000),
    student_distilled: modelOf("student_distilled", of.features, temperature, 2000),
  };
}

export const STAGE_CURVES: Record<Contender, RaceCurve> = {
  teacher: run.models.teacher.curve,
  student_alone: run.models.student_alone.curve,
  student_distilled: run.models.student_distilled.curve,
};
export const STAGE_CLASSES = Array.from({ length: CLASSES }, (_, k) => String(k));
export const TEMPERATURE = run.temperature;

export const FORM: Form = { kind: "image", rows: 8, columns: 8 };
export const FLOW: Flow = { method: "soft_targets", alpha: 0.9, smoothing: 0.1, beta: 8 };
export const PHASES: RacePhase[] = [
  { phase: "teacher", from: 0, to: 900, steps: 900 },
  { phase: "students", from: 900, to: 4900, steps: 2000 },
];
/** 30 a phase. */
export const STOPS = PHASES.flatMap(({ from, to }) =>
  Array.from({ length: 31 }, (_, i) => from + Math.round((i * (to - from)) / 30)),
).filter((stop, i, all) => stop !== all[i - 1]);
const [exam, taught] = [EXAM[0], TAUGHT_SAMPLES[0]];
if (!exam || !taught) throw new Error("stage_run.json lacks its samples");
export const EXAM_VIEW = viewOf(exam);
export const TAUGHT_VIEW = viewOf(taught);
/** The middle of each student's card, by the pipe's height. */
export const TARGETS = { alone: 80 / 336, distilled: 256 / 336 };
export const SCALES = { teacher: 0.28, student: 0.7 };
