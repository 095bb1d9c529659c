/**
 * With how many digits the loss is written so that a reader who adds up what is printed gets what is printed: rounded terms need
 * not add up to the rounded sum. Every number stays the engine's, rounded; only where no number of digits will do is it "≈".
 */
import type { LossView } from "../../shared/engine_types";

export interface Digits {
  /** Of the loss and its terms. */
  terms: number;
  kl: number;
  cross_entropy: number;
  /** Whether all of it holds to the last digit. */
  equal: boolean;
}

const [LEAST, MOST] = [4, 6];
/** More than a term's own that a factor may need. */
const MORE = 6;

/** The weights as they are printed: `1 - 0.9` is 0.09999999999999998 only to a machine. */
export function weights({ alpha, temperature }: Pick<LossView, "alpha" | "temperature">) {
  return { alpha, rest: tidy(1 - alpha), t2: tidy(temperature * temperature) };
}
const tidy = (x: number): number => Number(x.toPrecision(12));

/** At least two digits, and all that there are. */
export const weightDigits = (alpha: number): number =>
  Math.min(6, Math.max(2, /\.(\d+)$/.exec(String(tidy(alpha)))?.[1]?.length ?? 0));

/** `softened`: whether the soft term is written in its factors, α · T² · KL, and the hard one as (1 − α) · CE. */
export function digitsOf(view: LossView, softened: boolean): Digits {
  for (let terms = LEAST; terms <= MOST; terms++) {
    const sum = [view.soft_term, view.hard_term, view.own_term].reduce((all, term) => all + units(term, terms), 0);
    if (sum !== units(view.loss, terms)) continue;
    if (!softened) return { terms, kl: terms, cross_entropy: terms, equal: true };
    // As few as will do, of both factors together.
    for (let more = 0; more <= 2 * MORE; more++) {
      for (let kl = terms + Math.max(0, more - MORE); kl <= terms + Math.min(MORE, more); kl++) {
        const cross_entropy = 2 * terms + more - kl;
        if (reckoned(view, terms, kl, cross_entropy)) return { terms, kl, cross_entropy, equal: true };
      }
    }
  }
  return { terms: LEAST, kl: LEAST + 2, cross_entropy: LEAST, equal: false };
}

/** Whether printed factors give both printed terms and the printed loss. */
function reckoned(view: LossView, terms: number, kl: number, cross_entropy: number): boolean {
  const { alpha, rest, t2 } = weights(view);
  const soft = alpha * t2 * Number(view.kl.toFixed(kl));
  const hard = rest * Number(view.cross_entropy.toFixed(cross_entropy));
  const same = (mine: number, engine: number): boolean => units(mine, terms) === units(engine, terms);
  return same(soft, view.soft_term) && same(hard, view.hard_term) && same(soft + hard + view.own_term, view.loss);
}

/** In units of the last digit, as printed. */
const units = (x: number, digits: number): number => Math.round(Number(x.toFixed(digits)) * 10 ** digits);
