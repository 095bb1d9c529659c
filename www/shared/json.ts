/** Config text: JSON in which nothing that a person typed is lost on the way to the engine. */
import { MAX_CONFIG_BYTES } from "./engine_types";
import { refused } from "./errors";

/**
 * JSON of a partial config. JSON has no NaN and no infinity and would write `null`; as words they reach the engine,
 * which then says what it got.
 */
export function toConfigText(partial: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(partial, (_key, value: unknown) =>
      typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
    );
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused("not_json", "", partial, { kind: "json", why: reason });
  }
  if (text === undefined) throw refused("wrong_type", "", partial, { kind: "object" });
  checkSize("", text);
  return text;
}

/** Refuses text that is too long, naming its place, before anything reads it. `bytes`: its size, where that is known. */
export function checkSize(path: string, text: string, bytes: number = sizeOf(text)): void {
  if (bytes <= MAX_CONFIG_BYTES) return;
  throw refused("too_large", path, bytes, { kind: "count", of: "bytes", min: 0, max: MAX_CONFIG_BYTES });
}

/** Bytes in UTF-8. A UTF-16 unit is at least one byte, so that a text that is too long need not be counted. */
function sizeOf(text: string): number {
  return text.length > MAX_CONFIG_BYTES ? text.length : new TextEncoder().encode(text).length;
}
