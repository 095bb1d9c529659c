/** What a comparison says, in words. */
import type { Comparison, ModelName } from "../../shared/engine_types";
import { interval, signed } from "../charts/paired";
import { LOOKS } from "../models";
import type { Strings } from "../strings";

/** "A", or where it is not the distilled student's score that counts, "A (Student alone)". */
export function sideName(letter: "A" | "B", model: ModelName, t: Strings): string {
  const look = LOOKS.find(({ name }) => name === model);
  return model === "student_distilled" || !look ? letter : `${letter} (${t[look.label]})`;
}

/** "B is better by 0.71 ± 0.30 points; paired t, two-sided, 95 %, n = 12" */
export function verdict({ verdict, difference, seeds }: Comparison, t: Strings): string {
  if (verdict === "one_seed") return `A − B ${interval(difference, signed)} ${t.points}. ${t.versus_one_seed}`;
  const behind = { ...difference, mean: -difference.mean };
  const said = {
    a: `${t.versus_a_better} ${interval(difference)} ${t.points}`,
    b: `${t.versus_b_better} ${interval(behind)} ${t.points}`,
    undecided: `${t.no_difference} (A − B ${interval(difference, signed)} ${t.points})`,
  }[verdict];
  return `${said}; ${t.paired_t}, n = ${seeds.length}`;
}
