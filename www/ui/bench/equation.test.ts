import { expect, test } from "vitest";
import type { LossView } from "../../shared/engine_types";
import { digitsOf, weightDigits, weights } from "./equation";

/** Numbers as the engine has them: products in single precision. */
function view(alpha: number, temperature: number, kl: number, cross_entropy: number): LossView {
  const soft_term = Math.fround(alpha * temperature * temperature * kl);
  const hard_term = Math.fround((1 - alpha) * cross_entropy);
  return {
    ...{ method: "soft_targets", temperature, alpha, label: 3, kl: Math.fround(kl), cross_entropy },
    ...{ soft_term, hard_term, own_term: 0, own_samples: 1, logits: [], loss: soft_term + hard_term },
    ...{ soft_gradient: 0, soft_gradient_without_t2: 0, hard_gradient: 0, own_gradient: 0 },
  };
}
const on = (x: number, digits: number) => Number(x.toFixed(digits));

test("a loss whose terms were rounded apart from it gets digits that add up", () => {
  // With six digits of KL it read 0.0301 = 0.90 · 400 · 0.000080 + 0.10 · 0.0136, which is 0.0302.
  const one = view(0.9, 20, 0.00007985, 0.013649);
  const { terms, kl, cross_entropy, equal } = digitsOf(one, true);
  expect(equal).toBe(true);
  expect(on(one.soft_term, terms) + on(one.hard_term, terms)).toBeCloseTo(on(one.loss, terms), 9);
  const { alpha, rest, t2 } = weights(one);
  expect((alpha * t2 * on(one.kl, kl) + rest * on(one.cross_entropy, cross_entropy)).toFixed(terms)).toBe(
    one.loss.toFixed(terms),
  );
});
test("nearly every loss has such digits, and no more of them than needed", () => {
  let [found, most, state] = [0, 0, 1];
  const draw = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const tries = 2000;
  for (let i = 0; i < tries; i++) {
    const temperature = Number((2 ** (8 * draw()) / 4).toPrecision(3));
    const one = view(on(draw(), 2), temperature, (draw() * 2) / temperature ** 2, 4 * draw() ** 3);
    const { terms, kl, cross_entropy, equal } = digitsOf(one, true);
    if (!equal) continue;
    found += 1;
    most = Math.max(most, kl);
    const { alpha, rest, t2 } = weights(one);
    const printed = alpha * t2 * on(one.kl, kl) + rest * on(one.cross_entropy, cross_entropy);
    expect(printed.toFixed(terms)).toBe(on(one.loss, terms).toFixed(terms));
  }
  expect(found / tries).toBeGreaterThan(0.97);
  expect(most).toBeLessThanOrEqual(12);
});
test("where none will do it is not said to be equal", () => {
  const odd = { ...view(0.9, 20, 0.0001, 0.1), loss: 9 };
  expect(digitsOf(odd, true)).toMatchObject({ equal: false, terms: 4 });
});
test("another method's loss is its terms, whatever KL is", () => {
  const matching: LossView = { ...view(0.9, 20, 0.0001, 0.1), method: "logit_matching", soft_term: 1.25, loss: 1.26 };
  expect(digitsOf({ ...matching, hard_term: 0.01 }, false)).toMatchObject({ equal: true, terms: 4 });
  const more = { ...matching, hard_term: 0.01, own_term: 0.5, loss: 1.76 };
  expect(digitsOf(more, false)).toMatchObject({ equal: true, terms: 4 });
});
test("weights have all their digits, and none that a machine puts in", () => {
  expect(weights({ alpha: 0.9, temperature: 2.83 })).toEqual({ alpha: 0.9, rest: 0.1, t2: 8.0089 });
  expect([0.9, 0.123, 1, 0.05].map(weightDigits)).toEqual([2, 3, 2, 2]);
});
