/** Bars as an English sentence: "an 8, a bit of a 1, some 2". */
import { doubtsOf, isFigure } from "./doubts";

/** "an 8", "a 3"; a name that is no figure stands as it is. */
export function a(name: string): string {
  if (!isFigure(name)) return name;
  return /^(8|11$|18$|11\d{3}|18\d{3})/.test(name) ? `an ${name}` : `a ${name}`;
}

export function sentence(shares: ArrayLike<number>, names: readonly string[]): string {
  const { first, unsure, others, rest } = doubtsOf(shares);
  const name = (index: number) => names[index] ?? String(index);
  if (first === null) return "could be anything";
  const parts = others.map(({ index, much }) => (much ? `a bit of ${a(name(index))}` : `some ${name(index)}`));
  const start = unsure ? `perhaps ${a(name(first))}` : a(name(first));
  if (rest === "nothing") return `${start}, nothing else`;
  if (rest === "hardly") return `${start}, hardly anything else`;
  return [start, ...parts].join(", ");
}
