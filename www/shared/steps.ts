/** What the engine says of one training step of one model. */
import type { ModelName, Phase } from "./model";

/** Euclidean and greatest size. */
export interface Size {
  l2: number;
  max: number;
}
export interface Sizes {
  weights: Size;
  biases: Size;
}

export interface RecordedLayer {
  inputs: number;
  outputs: number;
  gradient: Sizes;
  update: Sizes;
  /** After the step. */
  parameters: Sizes;
  /** Size of the weights' update as a share of the weights'; null where there are none but zeros. */
  ratio: number | null;
}

/** Equal bins from `-edge` to `edge`, which is the greatest absolute value. */
export interface Histogram {
  edge: number;
  counts: number[];
}

export interface RecordedStep {
  phase: Phase;
  model: ModelName;
  /** Counted from 1 over all phases, and within its phase. */
  step: number;
  phaseStep: number;
  /** The batch: where each sample is in the training set (teacher) or the transfer set, and its label, -1 where withheld. */
  samples: { index: number; label: number }[];
  /** `[samples, features]`. */
  features: Float32Array;
  /** Samples that the model had right before the step. */
  correct: number;
  /** The loss as it is minimised, before the step: the mean over the batch, and its terms with their weights. */
  loss: number;
  softTerm: number;
  hardTerm: number;
  /** What the method adds to the two; 0 for most. */
  ownTerm: number;
  layers: RecordedLayer[];
  /** The layer of what follows: weights after the step and what the step added to them, `[inputs, outputs]`. */
  layer: number;
  weights: Float32Array;
  update: Float32Array;
  histograms: { weights: Histogram; update: Histogram };
}
