/** The engine's comparison of a sweep's points, from its columns. */
import type { Contrast } from "../shared/model";

export function contrastOf(columns: Float64Array): Contrast | null {
  const [leader = -1, clear = 0] = columns;
  if (leader < 0) return null;
  const behind: Contrast["behind"] = [];
  for (let at = 2; at < columns.length; at += 3) {
    const [seeds = 0, mean = Number.NaN, ci95 = Number.NaN] = columns.subarray(at, at + 3);
    behind.push(seeds === 0 ? null : { seeds, mean, ci95: Number.isNaN(ci95) ? null : ci95 });
  }
  return { leader, clear: clear === 1, behind };
}
