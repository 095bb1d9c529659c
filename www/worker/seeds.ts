/** Which seeds a sweep or a comparison has: each once, since a seed that is there twice is no further evidence. */
import { refused } from "../shared/errors";
import { MOST_TRAININGS, seedsAround } from "../shared/seeds";

/** `seeds`: a list, or how many, of which `own` is one; one unless given. */
export function readSeeds(own: number, seeds: unknown = 1): number[] {
  if (Array.isArray(seeds)) return listed(seeds);
  if (typeof seeds !== "number") throw notSeeds("wrong_type", seeds);
  return seedsAround(own, seeds);
}

/** Refuses more trainings than there may be at once, of which points and seeds alone would each be allowed. */
export function checkTrainings(points: number, seeds: number): void {
  const trainings = points * seeds;
  if (trainings <= MOST_TRAININGS) return;
  throw refused("out_of_range", "seeds", trainings, { kind: "trainings", seeds, points, max: MOST_TRAININGS });
}

function listed(seeds: readonly unknown[]): number[] {
  if (seeds.length < 1 || seeds.length > MOST_TRAININGS) throw notSeeds("out_of_range", seeds);
  const found = new Set<number>();
  for (const [i, seed] of seeds.entries()) {
    if (!isSeed(seed)) {
      const code = typeof seed === "number" ? "out_of_range" : "wrong_type";
      throw refused(code, `seeds.${i}`, seed, { kind: "integer", min: 0, max: Number.MAX_SAFE_INTEGER });
    }
    if (found.has(seed)) throw refused("out_of_range", "seeds", seed, { kind: "each_seed_once" });
    found.add(seed);
  }
  return [...found];
}

function notSeeds(code: string, seeds: unknown): Error {
  return refused(code, "seeds", seeds, { kind: "seeds", max: MOST_TRAININGS });
}

function isSeed(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
