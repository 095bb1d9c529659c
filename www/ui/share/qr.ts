/** A text as a QR code (ISO/IEC 18004), as one path in units of a module. */
import { encode } from "uqr";

/** White around the code, in modules: less and some cameras do not find it. */
export const QUIET = 4;

/** `d` of a path, and the side of the square with its quiet zone; null where the text is too long for any code. */
export function qrPath(text: string): { d: string; side: number } | null {
  let modules: boolean[][];
  try {
    modules = encode(text, { ecc: "L", boostEcc: true, border: 0 }).data;
  } catch {
    return null;
  }
  // Neighbours in a row are one bar, so that no seam shows between them.
  const bars = modules.flatMap((row, y) => runs(row).map(([x, n]) => `M${x + QUIET} ${y + QUIET}h${n}v1h-${n}z`));
  return { d: bars.join(""), side: modules.length + 2 * QUIET };
}

/** Start and length of each run of dark modules. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  row.forEach((dark, x) => {
    if (!dark) return;
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else found.push([x, 1]);
  });
  return found;
}
