/** Which seeds a sweep has: each once, since a seed that is there twice is no further evidence. */
import { fail, refused } from "../shared/errors";
import { MOST_TRAININGS } from "../shared/sweep_values";

/** `seeds`: a list, or how many from `own` on. */
export function seedsFrom(own: number, seeds: unknown = 1): number[] {
  if (Array.isArray(seeds)) return listed(seeds);
  if (!isWhole(seeds, 1, MOST_TRAININGS)) throw notSeeds(seeds, typeof seeds === "number");
  if (!Number.isSafeInteger(own + (seeds - 1))) {
    throw fail(
      "out_of_range",
      "seeds",
      `seeds: got ${seeds} from ${own} on; allowed: up to ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  return Array.from({ length: seeds }, (_, i) => own + i);
}

function listed(seeds: readonly unknown[]): number[] {
  if (seeds.length < 1 || seeds.length > MOST_TRAININGS) throw notSeeds(seeds, true);
  const found = new Set<number>();
  for (const [i, seed] of seeds.entries()) {
    if (!isWhole(seed, 0, Number.MAX_SAFE_INTEGER)) {
      const code = typeof seed === "number" ? "out_of_range" : "wrong_type";
      throw refused(code, `seeds.${i}`, seed, `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
    }
    if (found.has(seed)) throw fail("out_of_range", "seeds", `seeds: got ${seed} twice; allowed: each seed once`);
    found.add(seed);
  }
  return [...found];
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function notSeeds(seeds: unknown, range: boolean): Error {
  const allowed = `a whole number from 1 to ${MOST_TRAININGS}, or a list of as many seeds`;
  return refused(range ? "out_of_range" : "wrong_type", "seeds", seeds, allowed);
}
