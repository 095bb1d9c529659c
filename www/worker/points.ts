/** Curve points on their way to the page: the engine's rows as columns that can be transferred. */
import type { PointColumns } from "../shared/protocol";

/** Numbers a point: model, step, train loss, train accuracy, test loss, test accuracy. */
const WIDTH = 6;

/** `rows`: row-major, `WIDTH` numbers a point. */
export function toColumns(rows: Float64Array): PointColumns {
  const count = Math.floor(rows.length / WIDTH);
  const columns: PointColumns = {
    model: new Uint8Array(count),
    step: new Uint32Array(count),
    trainLoss: new Float32Array(count),
    trainAccuracy: new Float32Array(count),
    testLoss: new Float32Array(count),
    testAccuracy: new Float32Array(count),
  };
  const order = [
    columns.model,
    columns.step,
    columns.trainLoss,
    columns.trainAccuracy,
    columns.testLoss,
    columns.testAccuracy,
  ];
  for (const [column, values] of order.entries()) {
    for (let i = 0; i < count; i++) values[i] = rows[i * WIDTH + column] ?? Number.NaN;
  }
  return columns;
}

export function buffers(columns: PointColumns): ArrayBuffer[] {
  return Object.values(columns).map((column) => column.buffer as ArrayBuffer);
}
