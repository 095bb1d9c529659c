/** Points of curves as another page or script wants them: plain objects in the words of the result. */
import { MODELS, type ModelName, type PointColumns } from "./engine_types";

/** A point of a curve, as it comes. */
export interface Point {
  model: ModelName;
  /** Training steps of that model. */
  step: number;
  /** Means over the batches since the point before; null where no labelled sample was met. */
  train_loss: number;
  train_accuracy: number | null;
  /** On the whole test set. */
  test_loss: number;
  test_accuracy: number;
}

export function toPoints(points: PointColumns): Point[] {
  const at = (column: Float32Array, i: number): number => column[i] ?? Number.NaN;
  return Array.from(points.model, (model, i) => {
    const accuracy = at(points.trainAccuracy, i);
    return {
      model: MODELS[model] ?? "teacher",
      step: points.step[i] ?? 0,
      train_loss: at(points.trainLoss, i),
      train_accuracy: Number.isNaN(accuracy) ? null : accuracy,
      test_loss: at(points.testLoss, i),
      test_accuracy: at(points.testAccuracy, i),
    };
  });
}
