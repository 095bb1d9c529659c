/**
 * The default preset's config, so that controls have their values before the engine is there. A test holds it
 * against the engine's.
 */
import type { Config, Training } from "../../shared/engine_types";

const training: Omit<Training, "hidden" | "steps"> = {
  activation: "relu",
  batch_size: 32,
  optimizer: { name: "adam", learning_rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  label_smoothing: 0,
};

export const FIRST_CONFIG: Config = {
  preset: "fifty-digits",
  seed: 1,
  data: {
    name: "digits",
    train: 1000,
    test: 797,
    label_noise: 0,
    noise: 0.1,
    points: [],
    table: { file: "", hash: "", shape: [] },
  },
  teacher: { hidden: [128, 128], steps: 900, ...training, members: 1 },
  transfer: { size: 50, labelled: 50, omit_classes: [] },
  student: { hidden: [32], steps: 2000, ...training },
  distillation: { method: "soft_targets", temperature: 20, alpha: 0.9, label_smoothing: 0.1 },
  refine: { steps: 0 },
};
