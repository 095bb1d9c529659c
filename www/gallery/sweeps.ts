/** Sweeps for the gallery: made up by formula, whole and cancelled. */
import { type Contrast, FIRST_CONFIG } from "../shared/engine_types";
import type { SweepPoint, SweepValue } from "../shared/requests";
import type { Axis } from "../ui/sweep/figures";

const one = (value: SweepValue, mean: number, seeds = 12): SweepPoint => {
  const mean95 = (m: number, half: number) => ({ mean: m, ci95: seeds > 1 ? half : null });
  const of = (m: number, half: number) => ({ accuracy: mean95(m, half) });
  return {
    value,
    seeds,
    summary: {
      teacher: of(0.968, 0.004),
      student_alone: of(0.84, 0.012),
      student_distilled: {
        ...of(mean, 0.01 + (0.94 - mean) / 8),
        validation_accuracy: mean95(mean - 0.004, 0.01 + (0.94 - mean) / 8),
      },
      gain: mean95(mean - 0.84, 0.011),
      gain_with_images: seeds > 1 ? mean95(mean - 0.84, 0.014) : null,
      tests_drawn: false,
      validation: { samples: 950, seen_by_teacher: true },
    },
  };
};
const values = [1, 2, 3, 4, 8, 16, 32, 64];
const points = values.map((v) => one(v, 0.93 - 0.012 * Math.abs(Math.log2(v) - 3)));
const bestOf = (leader: number, clear: boolean, of: readonly (SweepPoint | null)[]): Contrast => ({
  leader,
  clear,
  alike: clear ? [] : of.flatMap((cell, i) => (cell && i !== leader ? [i] : [])),
  behind: of.map((cell, i) =>
    cell && i !== leader
      ? {
          seeds: cell.seeds,
          mean: 0.02,
          ci95: clear ? 0.01 : 0.03,
          p: clear ? 0.001 : 0.2,
          adjusted: clear ? 0.02 : 1,
        }
      : null,
  ),
});
const T: Axis = { name: "T", named: (word) => word };
const common = { asked: 12, config: FIRST_CONFIG, link: "" };

export const CHART = { ...common, axis: T, values, cells: points, best: bestOf(4, true, points), bench: 5 };
const some = points.map((point, i) =>
  i > 6 ? null : one(point.value, point.summary.student_distilled?.["accuracy"]?.mean ?? 0, i > 5 ? 1 : 3),
);
export const CHART_PARTIAL = { ...CHART, cells: some, best: bestOf(4, false, some), bench: -1 };

const METHODS = ["Soft targets", "The teacher's labels (control)", "Smoothed labels (control)", "Hints (FitNets)"];
const methods = METHODS.map((name, i) => one(name, 0.92 - 0.03 * i));
export const CHART_WORDS = {
  ...CHART,
  axis: { ...T, name: "method" },
  values: METHODS,
  cells: methods,
  best: bestOf(0, true, methods),
  bench: 0,
};

const lists: [number[], number[]] = [
  [1, 2, 4, 8, 16, 32],
  [0, 0.25, 0.5, 0.75, 1],
];
const names: [Axis, Axis] = [T, { ...T, name: "α" }];
const cells = lists[0].flatMap((T) =>
  lists[1].map((alpha) => one([T, alpha], 0.84 + 0.1 * alpha - 0.02 * alpha * Math.abs(Math.log2(T) - 3))),
);
export const MAP = { ...common, names, lists, cells, best: bestOf(19, true, cells), bench: 24 };
const begun = lists[0].flatMap((T, i) =>
  lists[1].map((alpha) => (i > 3 ? null : one([T, alpha], 0.82 + 0.1 * alpha - 0.02 * Math.abs(Math.log2(T) - 2), 3))),
);
export const MAP_PARTIAL = { ...MAP, cells: begun, best: bestOf(14, false, begun), bench: -1 };
