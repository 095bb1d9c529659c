/** The stage on other data than digits: networks and samples made up by formula, the same every time. */
import type { StageFacts, StageModel, StageView } from "../shared/engine_types";
import type { Form } from "../stage/view";
import { ring } from "./fixtures";
import { forward, type Layer, likeliest, softmax } from "./stage_run";

/** Weights in waves, another one for each unit. */
const layer = (inputs: number, outputs: number, pitch: number): Layer => ({
  inputs,
  outputs,
  weights: Float32Array.from({ length: inputs * outputs }, (_, i) => {
    const [input, unit] = [Math.floor(i / outputs), i % outputs];
    return 0.5 * Math.sin(pitch * (input + 1) * (1 + (unit % 7)) + 1.7 * unit);
  }),
  biases: new Float32Array(outputs),
});

interface Shape {
  form: Form;
  classes: readonly string[];
  /** Of sample i. */
  features: (i: number) => number[];
  teacher: number[];
  student: number[];
  perClass: number;
}

function network(sizes: readonly number[], pitch: number): Layer[] {
  return sizes.slice(1).map((outputs, l) => layer(sizes[l] ?? 1, outputs, pitch));
}

/** At most this many units of a layer cross to the page. */
const SHOWN = 128;

export function formed({ classes, features, teacher, student, perClass }: Shape): {
  view: StageView;
  facts: StageFacts;
} {
  const count = classes.length * perClass;
  const samples = Array.from({ length: count }, (_, i) => features(i));
  const facts: StageFacts = {
    test: 4 * count,
    wall: {
      index: Uint32Array.from(samples, (_, i) => 3 * i),
      label: Uint32Array.from(samples, (_, i) => Math.floor(i / perClass)),
      features: Float32Array.from(samples.flat()),
      perClass,
    },
  };
  const [sample = []] = samples;
  const model = (hidden: readonly number[], pitch: number, misses: number): StageModel => {
    const layers = network([sample.length, ...hidden, classes.length], pitch);
    const activations = forward(layers, sample);
    const logits = (activations.at(-1) ?? new Float32Array()).map((z) => 3 * z);
    return {
      trained: 600,
      layers: layers.map(({ inputs, outputs, weights, biases }, l) => {
        const shown = Math.min(SHOWN, outputs);
        return {
          inputs,
          outputs,
          shown,
          weights: Float32Array.from({ length: inputs * shown }, (_, i) => {
            return weights[Math.floor(i / shown) * outputs + (i % shown)] ?? 0;
          }),
          biases: biases.subarray(0, shown),
          activations: l === layers.length - 1 ? logits : (activations[l] ?? new Float32Array()).subarray(0, shown),
        };
      }),
      softened: softmax(logits, 4),
      plain: softmax(logits, 1),
      says: likeliest(logits),
      wall: facts.wall.label.map((label, i) => (i % misses === 2 ? (label + 1) % classes.length : label)),
      correct: Math.round(4 * count * (1 - 1 / misses)),
      parameters: layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs + outputs, 0),
      macs: layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0),
    };
  };
  const view: StageView = {
    phase: "students",
    step: 2900,
    phaseStep: 1000,
    temperature: 4,
    sample: { role: "exam", index: 0, features: Float32Array.from(sample), label: 0, labelled: true },
    teacher: model(teacher, 0.37, 20),
    student_alone: model(student, 0.53, 5),
    student_distilled: model(student, 0.47, 9),
  };
  return { view, facts };
}

const names = (count: number, name: string) => Array.from({ length: count }, (_, k) => `${name}${k}`);

/** A line of forty values. */
export const LINE: Shape = {
  form: { kind: "line" },
  classes: names(10, ""),
  features: (i) =>
    Array.from({ length: 40 }, (_, k) => Math.sin(k / (2 + (i % 10) / 2)) * Math.exp(-(((k - 20) / 14) ** 2))),
  teacher: [64, 64],
  student: [16],
  perClass: 10,
};
/** A point of the plane, of one of two classes. */
export const POINT: Shape = {
  form: { kind: "point", edge: 1.25 },
  classes: ["A", "B"],
  features: (i) => [Math.cos(i) * (i < 50 ? 0.4 : 1), Math.sin(i) * (i < 50 ? 0.4 : 1)],
  teacher: [32, 32],
  student: [8],
  perClass: 50,
};
/** A row of a table, of one of three classes with long names. */
export const TABLE: Shape = {
  form: { kind: "bars", names: ["sepal length", "sepal width", "petal length", "petal width"] },
  classes: ["setosa", "versicolor", "virginica"],
  features: (i) => [1 + (i % 5) / 5, -0.5 + (i % 3) / 4, 0.3 + (i % 7) / 7, 0.2 + (i % 2) / 3],
  teacher: [256],
  student: [],
  perClass: 15,
};
/** Images of twenty classes, and a teacher too wide to be drawn whole. */
export const MANY: Shape = {
  form: { kind: "image", rows: 8, columns: 8 },
  classes: names(20, "class "),
  features: (i) => ring(i),
  teacher: [512, 64, 64],
  student: [48],
  perClass: 5,
};
