/**
 * What a caller hands over, copied as the plain data that an envelope takes. A copy, so that what the caller does to it afterwards
 * changes nothing; and a refusal that names the place, where the other side would ignore the whole.
 */
import { MOST_DEPTH, MOST_PARTS } from "./envelope";
import { refused } from "./errors";

/** Typed arrays become lists. `path` leads to `value` itself; empty where its fields go by their own names. */
export function plain<T>(value: T, path: string): T {
  let left = MOST_PARTS;
  const count = (parts: number): void => {
    left -= parts;
    if (left < 0) throw refused("too_large", path, null, { kind: "parts", max: MOST_PARTS });
  };
  const copy = (of: unknown, at: string, depth: number): unknown => {
    // What is within itself is at some depth too deep.
    if (depth > MOST_DEPTH) throw refused("too_large", path, null, { kind: "depth", max: MOST_DEPTH });
    count(typeof of === "string" ? of.length + 1 : 1);
    const inner = (item: unknown, key: string | number): unknown =>
      copy(item, at === "" ? `${key}` : `${at}.${key}`, depth + 1);
    const list = listOf(of);
    if (list !== null) {
      if (list.length > left) count(list.length);
      return Array.from(list, inner);
    }
    if (typeof of === "function" || typeof of === "symbol") throw refused("wrong_type", at, of, ALLOWED);
    if (typeof of !== "object" || of === null) return of;
    if (Object.prototype.toString.call(of) !== "[object Object]") throw refused("wrong_type", at, of, ALLOWED);
    return Object.fromEntries(
      Object.entries(of).map(([key, item]) => {
        count(key.length);
        return [key, inner(item, key)];
      }),
    );
  };
  return copy(value, path, 0) as T;
}

const ALLOWED = { kind: "plain" } as const;

function listOf(value: unknown): ArrayLike<unknown> | null {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && "length" in value ? (value as unknown as ArrayLike<unknown>) : null;
}
