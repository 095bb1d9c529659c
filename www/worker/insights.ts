/** The engine's typed arrays about worlds and takeovers, as the objects that the page reads. */
import {
  type Bin,
  type Prediction,
  type Regions,
  ROLES,
  TAUGHT,
  type Takeover,
  type WorldPoint,
} from "../shared/worlds";

/** Bins of the reliability diagram; the engine's own number. */
export const BINS = 15;

/** Numbers of a bin, of a point, of a prediction. */
const [BIN, POINT, PREDICTION] = [3, 4, 4];

/** Two shares, then each model's grid; NaN where there is none. */
export function toRegions(numbers: Float32Array, columns: number, rows: number): Regions {
  const size = (numbers.length - 2) / TAUGHT.length;
  const [teacher, alone, distilled] = TAUGHT.map((_, i) => {
    const grid = numbers.slice(2 + i * size, 2 + (i + 1) * size);
    return Number.isNaN(grid[0]) ? null : grid;
  });
  const share = (i: number) => (Number.isNaN(numbers[i]) ? null : (numbers[i] ?? null));
  return {
    columns,
    rows,
    classes: size / (columns * rows),
    softened: {
      teacher: teacher ?? null,
      student_alone: alone ?? null,
      student_distilled: distilled ?? null,
    },
    agreement: { student_alone: share(0), student_distilled: share(1) },
  };
}

export function toPoints(numbers: Float32Array): WorldPoint[] {
  return chunks(numbers, POINT).map(([x = 0, y = 0, label = 0, role = 0]) => ({
    x,
    y,
    label,
    role: ROLES[role] ?? "teacher",
  }));
}

/** `classes`² numbers of the matrix, or none, then the bins of each model. `predictions`: four bytes a sample. */
export function toTakeover(numbers: Float64Array, predictions: Uint8Array, bins: number): Takeover {
  const tail = TAUGHT.length * bins * BIN;
  const matrix = numbers.slice(0, numbers.length - tail);
  const reliability = (model: number): Bin[] | null => {
    const from = matrix.length + model * bins * BIN;
    const rows = chunks(numbers.slice(from, from + bins * BIN), BIN);
    if (rows.every(([count]) => Number.isNaN(count))) return null;
    return rows.map(([count = 0, confidence = 0, accuracy = 0]) => ({ count, confidence, accuracy }));
  };
  const classes = Math.round(Math.sqrt(matrix.length));
  return {
    similarity: classes === 0 ? [] : chunks(matrix, classes),
    reliability: { teacher: reliability(0), student_alone: reliability(1), student_distilled: reliability(2) },
    predictions: chunks(predictions, PREDICTION).map(toPrediction),
  };
}

function toPrediction([label = 0, teacher = 0, alone = 0, distilled = 0]: number[], index: number): Prediction {
  return { index, label, teacher, student_alone: alone, student_distilled: distilled };
}

/** Rows of `width` numbers. */
function chunks(numbers: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: Math.floor(numbers.length / width) }, (_, i) =>
    Array.from({ length: width }, (_, k) => numbers[i * width + k] ?? Number.NaN),
  );
}
