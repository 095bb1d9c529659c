/** What somebody asks for, an object with named parts. */
import { refused } from "../shared/errors";

/** The parts of `ask`; refuses what is no object or has other parts than `keys`. `path` leads to it; empty for the whole. */
export function checkAsk(ask: unknown, path: string, keys: readonly string[]): Record<string, unknown> {
  if (typeof ask !== "object" || ask === null || Array.isArray(ask)) {
    throw refused("wrong_type", path, ask, { kind: "ask", keys });
  }
  const parts = ask as Record<string, unknown>;
  const stray = Object.keys(parts).find((key) => !keys.includes(key));
  if (stray === undefined) return parts;
  throw refused("unknown_key", path === "" ? stray : `${path}.${stray}`, parts[stray], { kind: "keys", keys });
}
