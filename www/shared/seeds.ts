/** Seeds that follow one another: those of a repeat, and of a sweep that is asked for a number of them. */
import { refused } from "./errors";

/** Of one sweep or repeat; and so its seeds, of which each is one training at least. */
export const MOST_TRAININGS = 10_000;

/** `n` seeds from `first` on. */
export function seedsFrom(first: number, n: number): number[] {
  if (!Number.isSafeInteger(n) || n < 1 || n > MOST_TRAININGS) {
    throw refused("out_of_range", "seeds", n, { kind: "integer", min: 1, max: MOST_TRAININGS });
  }
  if (!Number.isSafeInteger(first + (n - 1))) {
    throw refused("out_of_range", "seeds", n, { kind: "seeds_from", first, max: Number.MAX_SAFE_INTEGER });
  }
  return Array.from({ length: n }, (_, i) => first + i);
}
