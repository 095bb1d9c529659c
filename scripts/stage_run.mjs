// Makes www/gallery/stage_run.json, the run that the gallery's stage shows: fifty-digits at T = 4, seed 1, as this engine trains
// it, its weights rounded to a byte each. `node scripts/stage_run.mjs` after `npm run build:engine`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initSync, Lab, supply_digits } from "../pkg/distill_lab.js";
import { root } from "./setup.mjs";

const PER_CLASS = 10;
/** Beside the wall: the opening image and thumbnails, of the test set and of the transfer set. */
const [EXAM, TAUGHT] = [
  [96, 14, 254],
  [0, 7, 21],
];

const read = (name) => readFileSync(join(root, "pkg", name));
initSync({ module: read("distill_lab_bg.wasm") });
supply_digits(read("digits.bin"));
const lab = new Lab(JSON.stringify({ preset: "fifty-digits", seed: 1, distillation: { temperature: 4 } }));
while (!lab.done()) lab.run_for(1000);
const result = lab.result();

const file = Buffer.from(lab.ask({ kind: "export", format: "safetensors" }));
const start = 8 + Number(file.readBigUInt64LE(0));
const header = JSON.parse(file.subarray(8, start).toString());
const numbers = (name) => {
  const [from, to] = header[name].data_offsets;
  return Array.from({ length: (to - from) / 4 }, (_, i) => file.readFloatLE(start + from + 4 * i));
};
/** A byte for each number, and what they are multiplied by. */
const rounded = (values) => {
  const scale = Math.max(...values.map(Math.abs)) / 127 || 1;
  return { scale, bytes: Buffer.from(Int8Array.from(values, (v) => Math.round(v / scale)).buffer).toString("base64") };
};
const model = (name) =>
  Object.keys(header)
    .filter((key) => key.startsWith(`${name}.`) && key.endsWith(".weight"))
    .map((key) => {
      const [outputs, inputs] = header[key].shape;
      const rows = numbers(key);
      // From [outputs, inputs] to [inputs, outputs].
      const weights = Array.from(
        { length: inputs * outputs },
        (_, i) => rows[(i % outputs) * inputs + Math.floor(i / outputs)],
      );
      return { inputs, outputs, weights: rounded(weights), biases: rounded(numbers(key.replace("weight", "bias"))) };
    });
const sample = (set, index) => lab.ask({ kind: "sample", set, index, temperature: 1 });
const stored = ({ index, label, features }) => ({
  index,
  label,
  features: features.map((v) => Math.round(16 * v).toString(36)).join(""),
});
const tests = Array.from({ length: 797 }, (_, index) => sample("test", index));
const round = (values, digits) => values.map((v) => Number(v.toFixed(digits)));
const run = {
  digest: result.digest,
  temperature: 4,
  wall: result.teacher.confusion
    .flatMap((_, label) => tests.filter((s) => s.label === label).slice(0, PER_CLASS))
    .map(stored),
  exam: EXAM.map((index) => stored(sample("test", index))),
  taught: TAUGHT.map((index) => stored(sample("transfer", index))),
  models: Object.fromEntries(
    ["teacher", "student_alone", "student_distilled"].map((name) => {
      const { accuracy, parameters, macs } = result[name];
      const { step, test_accuracy } = result.curves[name];
      const curve = { step, accuracy: round(test_accuracy, 4) };
      return [name, { correct: Math.round(797 * accuracy), parameters, macs, curve, layers: model(name) }];
    }),
  ),
};
writeFileSync(join(root, "www/gallery/stage_run.json"), `${JSON.stringify(run)}\n`);
