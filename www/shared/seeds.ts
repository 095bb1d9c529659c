/**
 * Seeds that follow one another: those of a repeat, and of a sweep that is asked for a number of them. They are the same for every
 * seed among them, so that a preset's twelve are 1 to 12 whichever of these it shows first.
 */
import { refused } from "./errors";

/** Of one sweep or repeat; and so its seeds, of which each is one training at least. */
export const MOST_TRAININGS = 10_000;

/** The `n` seeds among which `seed` is: of twelve 1 to 12, 13 to 24 and so on; 0 is among 0 to 11. */
export function seedsAround(seed: number, n: number): number[] {
  if (!Number.isSafeInteger(n) || n < 1 || n > MOST_TRAININGS) {
    throw refused("out_of_range", "seeds", n, { kind: "integer", min: 1, max: MOST_TRAININGS });
  }
  const first = seed < 1 ? 0 : n * Math.floor((seed - 1) / n) + 1;
  if (!Number.isSafeInteger(first + (n - 1))) {
    throw refused("out_of_range", "seeds", n, { kind: "seeds_from", first, max: Number.MAX_SAFE_INTEGER });
  }
  return Array.from({ length: n }, (_, i) => first + i);
}
