/** A verdict in words. */
import type { Verdict } from "./state/repeat.svelte";
import type { Strings } from "./strings";

/** "better by 10.3 ± 1.5 points"; empty where one seed allows none. */
export function inWords(verdict: Verdict | null, t: Strings): string {
  if (verdict === null) return "";
  const { kind, points, ci95 } = verdict;
  if (kind === "no_clear_difference")
    return `${t.no_difference} (${points.toFixed(1)} ± ${ci95.toFixed(1)} ${t.points})`;
  return `${kind === "better" ? t.better : t.worse} ${Math.abs(points).toFixed(1)} ± ${ci95.toFixed(1)} ${t.points}`;
}
