/** New points as an embedding page wants them: plain objects in the words of the result. */
import { MODELS } from "../../shared/model";
import type { PointColumns } from "../../shared/protocol";
import type { LabPoint } from "./events";

export function toLabPoints(points: PointColumns): LabPoint[] {
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
