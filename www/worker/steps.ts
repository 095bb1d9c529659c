/** A recorded step on its way to the page: the engine's numbers as an object, with histograms of what it holds. */
import { MODELS, PHASES } from "../shared/model";
import type { Histogram, RecordedLayer, RecordedStep, Size, Sizes } from "../shared/steps";

const BINS = 32;

/** `numbers`: as `Lab::record` lays them out; none before the first step. */
export function toRecordedStep(numbers: Float32Array): RecordedStep | null {
  if (numbers.length === 0) return null;
  let at = 0;
  const next = (): number => numbers[at++] ?? Number.NaN;
  const take = (length: number): Float32Array => numbers.slice(at, (at += length));
  const size = (): Size => ({ l2: next(), max: next() });
  const sizes = (): Sizes => ({ weights: size(), biases: size() });
  const phase = PHASES[next()] ?? "done";
  const model = MODELS[next()] ?? "teacher";
  const [step, phaseStep, depth, layer, rows, width, correct] = [
    next(),
    next(),
    next(),
    next(),
    next(),
    next(),
    next(),
  ];
  const [loss, softTerm, hardTerm, ownTerm] = [next(), next(), next(), next()];
  const layers = Array.from({ length: depth }, (): RecordedLayer => {
    const [inputs, outputs] = [next(), next()];
    const [gradient, update, parameters] = [sizes(), sizes(), sizes()];
    const ratio = parameters.weights.l2 > 0 ? update.weights.l2 / parameters.weights.l2 : null;
    return { inputs, outputs, gradient, update, parameters, ratio };
  });
  const samples = Array.from({ length: rows }, () => ({ index: next(), label: next() }));
  const features = take(rows * width);
  const { inputs = 0, outputs = 0 } = layers[layer] ?? {};
  const [weights, update] = [take(inputs * outputs), take(inputs * outputs)];
  return {
    phase,
    model,
    step,
    phaseStep,
    samples,
    features,
    correct,
    loss,
    softTerm,
    hardTerm,
    ownTerm,
    layers,
    layer,
    weights,
    update,
    histograms: { weights: histogram(weights), update: histogram(update) },
  };
}

/** The greatest value is in the last bin. */
export function histogram(values: Float32Array): Histogram {
  const edge = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const counts = new Array<number>(BINS).fill(0);
  for (const v of values) {
    const bin = edge > 0 ? Math.min(BINS - 1, Math.floor((BINS * (v / edge + 1)) / 2)) : BINS / 2;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edge, counts };
}
