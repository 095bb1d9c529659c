/** Balken als deutscher Satz: „eine 8, ein wenig 1, eine Spur 2“. */
import { doubtsOf, isFigure } from "./doubts";

/** „eine 8“; ein Name, der keine Ziffer ist, steht für sich. */
export const a = (name: string): string => (isFigure(name) ? `eine ${name}` : name);

export function sentence(shares: ArrayLike<number>, names: readonly string[]): string {
  const { first, unsure, others, rest } = doubtsOf(shares);
  const name = (index: number) => names[index] ?? String(index);
  if (first === null) return "könnte alles sein";
  const parts = others.map(({ index, much }) => `${much ? "ein wenig" : "eine Spur"} ${name(index)}`);
  const start = unsure ? `vielleicht ${a(name(first))}` : a(name(first));
  if (rest === "nothing") return `${start}, sonst nichts`;
  if (rest === "hardly") return `${start}, sonst kaum etwas`;
  return [start, ...parts].join(", ");
}
