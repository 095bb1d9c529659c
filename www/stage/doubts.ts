/** What there is to say of a distribution over classes, before a language says it. */

/** `nothing`: no other class counts; `hardly`: none is worth a name. */
export type Rest = "nothing" | "hardly" | "named";

export interface Doubts {
  /** Index of the likeliest class; null: all are about as likely. */
  first: number | null;
  /** Whether even the likeliest class is more unlikely than not, by far. */
  unsure: boolean;
  /** Other classes worth a name, the likeliest first: three at most. */
  others: { index: number; much: boolean }[];
  rest: Rest;
}

/** Shares from which a class is "a bit", and "some". */
const [MUCH, SOME] = [0.15, 0.06];
const MOST_OTHERS = 3;

/** Takes `shares`, which sum to 1, apart. */
export function doubtsOf(shares: ArrayLike<number>): Doubts {
  const order = Array.from(shares, (share, index) => ({ share, index })).sort((a, b) => b.share - a.share);
  const [first = { share: 0, index: 0 }, ...rest] = order;
  const flat = order.length > 1 && first.share < 1.35 / order.length;
  if (flat) return { first: null, unsure: true, others: [], rest: "hardly" };
  const others = rest
    .filter(({ share }) => share >= SOME)
    .slice(0, MOST_OTHERS)
    .map(({ index, share }) => ({ index, much: share >= MUCH }));
  const left = 1 - first.share;
  return {
    first: first.index,
    unsure: first.share < 0.4,
    others,
    rest: others.length > 0 ? "named" : left < 0.01 ? "nothing" : "hardly",
  };
}

/** Names that are figures are counted things: an 8. Other names stand alone. */
export const isFigure = (name: string): boolean => /^\d+$/.test(name);
