/** The envelope in which an embedding page and the lab talk: recognised, bounded, or ignored. */

/** The calls of `window.distillLab` that travel. */
export const CALLS = [
  "ready",
  "version",
  "presets",
  "config",
  "configure",
  "run",
  "pause",
  "resume",
  "step",
  "reset",
  "sweep",
  "compare",
  "predict",
  "back",
  "speed",
] as const;
export type Call = (typeof CALLS)[number];

export interface Envelope {
  id: string | number;
  call: string;
  args: unknown[];
}

/** Keys, items and letters that the arguments may have, all together. */
export const MOST_PARTS = 64 * 1024;
export const MOST_DEPTH = 16;
const LONGEST_WORD = 64;

/** What `data` asks for; null for anything that is not a well-formed envelope of plain data within bounds. */
export function readEnvelope(data: unknown): Envelope | null {
  if (!isPlain(data) || data["distill-lab"] !== 1) return null;
  const { id, call, args = [] } = data;
  if (!isId(id) || typeof call !== "string" || call.length > LONGEST_WORD) return null;
  if (!Array.isArray(args) || args.length > 8 || !isSmall(args)) return null;
  return { id, call, args };
}

export function isCall(call: string): call is Call {
  return (CALLS as readonly string[]).includes(call);
}

function isId(id: unknown): id is string | number {
  return typeof id === "string" ? id.length <= LONGEST_WORD : typeof id === "number" && Number.isFinite(id);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Counts only as far as the bound, so that a huge or circular argument costs no more than a large one. */
function isSmall(args: unknown[]): boolean {
  let left = MOST_PARTS;
  let layer: unknown[] = args;
  for (let depth = 0; layer.length > 0; depth++) {
    if (depth > MOST_DEPTH) return false;
    const deeper: unknown[] = [];
    for (const value of layer) {
      left -= typeof value === "string" ? value.length + 1 : 1;
      if (left < 0) return false;
      if (typeof value !== "object" || value === null) continue;
      if (Array.isArray(value)) {
        if (value.length > left) return false;
        for (const item of value) deeper.push(item);
      } else if (isPlain(value)) {
        for (const [key, inner] of Object.entries(value)) {
          left -= key.length;
          deeper.push(inner);
        }
      } else return false;
      if (deeper.length > left) return false;
    }
    layer = deeper;
  }
  return true;
}
