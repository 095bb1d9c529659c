/** Errors that people read: one shape from the engine to the page, as a real `Error` with `code` and `path`. */
import type { DistillError } from "./engine_types";

/** A `DistillError` that can be thrown and still be read as the plain object of the contract. */
export class LabError extends Error implements DistillError {
  readonly code: string;
  readonly path: string;

  constructor(error: DistillError) {
    super(error.message);
    this.name = "LabError";
    this.code = error.code;
    this.path = error.path;
  }

  /** The plain object, for messages between windows and workers: a cloned Error would lose `code` and `path`. */
  toJSON(): DistillError {
    return { code: this.code, path: this.path, message: this.message };
  }
}

export function fail(code: string, path: string, message: string): LabError {
  return new LabError({ code, path, message });
}

/** A value that cannot be taken: where it was given, what it is, and what is allowed there. */
export function refused(code: string, path: string, value: unknown, allowed: string): LabError {
  return fail(code, path, `${path || "argument"}: got ${shown(value)}; allowed: ${allowed}`);
}

/** In few words: what was typed as it stands, and of anything larger its kind. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const large = typeof value === "function" || (typeof value === "object" && value !== null);
  return large ? Object.prototype.toString.call(value).slice("[object ".length, -1) : String(value);
}

function isDistillError(value: unknown): value is DistillError {
  if (typeof value !== "object" || value === null) return false;
  const { code, path, message } = value as Record<string, unknown>;
  return typeof code === "string" && typeof path === "string" && typeof message === "string";
}

const PANIC = "panic: ";

/** The engine's memory is in an unknown state: nothing may be called on it any more. */
function panicked(error: Error): boolean {
  return error.message.startsWith(PANIC) || error instanceof WebAssembly.RuntimeError || error.name === "RuntimeError";
}

/** Whatever was thrown, as plain data. The engine throws an `Error` whose message is the JSON of a DistillError. */
export function toDistillError(thrown: unknown): DistillError {
  if (isDistillError(thrown)) return { code: thrown.code, path: thrown.path, message: thrown.message };
  if (!(thrown instanceof Error)) return { code: "internal", path: "", message: String(thrown) };
  if (panicked(thrown)) {
    const detail = thrown.message.startsWith(PANIC) ? thrown.message.slice(PANIC.length) : thrown.message;
    return { code: "panic", path: "", message: `The engine stopped unexpectedly: ${detail}` };
  }
  if (thrown.message.startsWith("{")) {
    try {
      const parsed: unknown = JSON.parse(thrown.message);
      if (isDistillError(parsed)) return { code: parsed.code, path: parsed.path, message: parsed.message };
    } catch {
      // Not JSON after all: the text itself is the message.
    }
  }
  return { code: "internal", path: "", message: thrown.message };
}
