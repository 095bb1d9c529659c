/** The JSON of a run, read back: what is needed to run it again and to compare. Its config is the engine's to check. */
import type { PageAllowed } from "./allowed";
import { LabError, refused } from "./errors";
import type { PartialConfig } from "./requests";

/** Longest file that is read, in bytes. */
export const MAX_SAVED_BYTES = 64 * 1024 * 1024;

export interface SavedRun {
  /** As the file has it. */
  config: PartialConfig;
  /** Of every final weight, 16 hexadecimal digits. */
  digest: string;
  engineVersion: string;
}

/** Throws a LabError that names what is damaged, and where. */
export function readSaved(text: string): SavedRun {
  if (text.length > MAX_SAVED_BYTES) throw tooLarge(text.length);
  const value = parse(text);
  if (!isObject(value)) throw wrong("run", value, "run");
  if ("runs" in value) throw wrong("runs", value.runs, "runs");
  const { config, digest, engine_version } = value;
  if (!isObject(config)) throw wrong("config", config, "config");
  if (typeof digest !== "string" || !/^[0-9a-f]{16}$/.test(digest)) throw wrong("digest", digest, "digest");
  if (typeof engine_version !== "string" || engine_version === "") {
    throw wrong("engine_version", engine_version, "engine_version");
  }
  return { config, digest, engineVersion: engine_version };
}

/** The engine's error about a saved config, at its place in the file. */
export function inConfig(error: LabError): LabError {
  const path = error.path === "" ? "config" : `config.${error.path}`;
  const message = error.message.startsWith("config") ? error.message : `config.${error.message}`;
  return new LabError({ ...error.toJSON(), path, message });
}

export function tooLarge(bytes: number): LabError {
  return refused("too_large", "run", bytes, { kind: "count", of: "bytes", min: 0, max: MAX_SAVED_BYTES });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw refused("not_json", "run", text, { kind: "json", why: placed(reason, text) });
  }
}

/** The browser's reason with line and column, where it gives no more than a position. */
function placed(reason: string, text: string): string {
  if (/line \d+/.test(reason)) return reason;
  const position = /position (\d+)/.exec(reason)?.[1];
  // A text that ends too early is damaged at its end; other browsers give no place at all.
  const at = position !== undefined ? Number(position) : /end|EOF|unterminated/i.test(reason) ? text.length : null;
  if (at === null) return reason;
  const before = text.slice(0, at).split("\n");
  return `${reason} (line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1})`;
}

function wrong(path: string, got: unknown, part: Extract<PageAllowed, { kind: "saved" }>["part"]): LabError {
  return refused("wrong_type", path, got, { kind: "saved", part });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
