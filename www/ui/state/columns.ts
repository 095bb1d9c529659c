/** The curve of one model while it grows: columns in place, without copying what is there. */
import { MODELS, type ModelName, type PointColumns } from "../../shared/engine_types";

const FIRST_CAPACITY = 64;
const NAMES = ["step", "trainLoss", "trainAccuracy", "testLoss", "testAccuracy"] as const;
export type ColumnName = (typeof NAMES)[number];

/**
 * Columns of equal length. Each getter is a view of what is there now; it does not grow, so take it again after the
 * run's `revision` has changed. NaN in `trainAccuracy`: no labelled sample was met since the point before.
 */
export class CurveColumns {
  #columns = NAMES.map(() => new Float64Array(FIRST_CAPACITY));
  #length = 0;

  get length(): number {
    return this.#length;
  }
  get step(): Float64Array {
    return this.column("step");
  }
  get trainLoss(): Float64Array {
    return this.column("trainLoss");
  }
  get trainAccuracy(): Float64Array {
    return this.column("trainAccuracy");
  }
  get testLoss(): Float64Array {
    return this.column("testLoss");
  }
  get testAccuracy(): Float64Array {
    return this.column("testAccuracy");
  }

  column(name: ColumnName): Float64Array {
    const column = this.#columns[NAMES.indexOf(name)] as Float64Array;
    return column.subarray(0, this.#length);
  }

  /** Appends row `i` of `points`. */
  push(points: PointColumns, i: number): void {
    if (this.#length === this.#columns[0]?.length) this.#grow();
    for (const [index, name] of NAMES.entries()) {
      const column = this.#columns[index] as Float64Array;
      column[this.#length] = points[name][i] ?? Number.NaN;
    }
    this.#length += 1;
  }

  #grow(): void {
    this.#columns = this.#columns.map((old) => {
      const wider = new Float64Array(old.length * 2);
      wider.set(old);
      return wider;
    });
  }
}

export type Curves = Record<ModelName, CurveColumns>;

export function emptyCurves(): Curves {
  return {
    teacher: new CurveColumns(),
    student_alone: new CurveColumns(),
    student_distilled: new CurveColumns(),
    student_refined: new CurveColumns(),
  };
}

/** Deals new points out to the curves of their models. */
export function extend(curves: Curves, points: PointColumns): void {
  for (const [i, model] of points.model.entries()) {
    const name = MODELS[model];
    if (name !== undefined) curves[name].push(points, i);
  }
}
