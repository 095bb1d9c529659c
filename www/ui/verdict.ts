/** A verdict in words. */
import { formatNumber } from "./numbers";
import type { RepeatState, Verdict } from "./state/repeat.svelte";
import type { Strings } from "./strings";

/** "better by 10.3 ± 1.5 points"; empty where one seed allows none. */
export function inWords(verdict: Verdict | null, t: Strings): string {
  if (verdict === null) return "";
  const { kind, points, ci95 } = verdict;
  const clear = kind !== "no_clear_difference";
  const figure = `${formatNumber(clear ? Math.abs(points) : points, 1)} ± ${formatNumber(ci95, 1)} ${t.points}`;
  return clear ? `${kind === "better" ? t.better : t.worse} ${figure}` : `${t.no_difference} (${figure})`;
}

/** Over how many seeds, and which were asked for: "12 seeds (1–12)", "5 seeds (of 1–12)". */
export function seedsInWords({ results, seeds }: Pick<RepeatState, "results" | "seeds">, t: Strings): string {
  const range = `${seeds[0] ?? ""}–${seeds.at(-1) ?? ""}`;
  return `${results.length} ${t.seeds} (${results.length < seeds.length ? `${t.of} ` : ""}${range})`;
}
