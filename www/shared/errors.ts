/** Errors that people read: one shape from the engine to the page, as a real `Error` with `code` and `path`. */
import { type Allowed, given, inEnglish, type PageRefuses } from "./allowed";

/** An error as plain data: the engine's, and the page's own. */
export interface DistillError {
  /** "unknown_key" | "wrong_type" | "out_of_range" | "unknown_preset" | "too_large" | "not_finite" | "panic" | "cancelled" | ... */
  code: string;
  /** "distillation.temperature"; empty where no field is to blame. */
  path: string;
  /** A whole sentence in English: which field, what it got, what is allowed. */
  message: string;
  /** What was given, as JSON has it, its end left out where it is long. */
  got?: unknown;
  /** What is allowed, in no language; none where the message alone says what went wrong. */
  allowed?: Allowed | null;
}

/** A `DistillError` that can be thrown and still be read as the plain object of the contract. */
export class LabError extends Error implements DistillError {
  readonly code: string;
  readonly path: string;
  readonly got: unknown;
  readonly allowed: Allowed | null;

  constructor({ code, path, message, got = null, allowed = null }: DistillError) {
    super(message);
    this.name = "LabError";
    this.code = code;
    this.path = path;
    this.got = got;
    this.allowed = allowed;
  }

  /** The plain object, for messages between windows and workers: a cloned Error would lose `code` and `path`. */
  toJSON(): DistillError {
    return plainError(this);
  }
}

/** Something went wrong of which no value is to blame. */
export function fail(code: string, path: string, message: string): LabError {
  return new LabError({ code, path, message });
}

/** A value that cannot be taken: where it was given, what it is, and what is allowed there. */
export function refused(code: string, path: string, value: unknown, allowed: PageRefuses): LabError {
  const got = given(value);
  return new LabError({ code, path, message: inEnglish(path, got, allowed), got, allowed });
}

function plainError({ code, path, message, got, allowed }: DistillError): DistillError {
  return allowed ? { code, path, message, got, allowed } : { code, path, message };
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

/** Whatever was thrown, as plain data. The engine throws an `Error` with the fields of a DistillError. */
export function toDistillError(thrown: unknown): DistillError {
  if (isDistillError(thrown)) return plainError(thrown);
  if (!(thrown instanceof Error)) return { code: "internal", path: "", message: String(thrown) };
  if (panicked(thrown)) {
    const detail = thrown.message.startsWith(PANIC) ? thrown.message.slice(PANIC.length) : thrown.message;
    return { code: "panic", path: "", message: `The engine stopped unexpectedly: ${detail}` };
  }
  return { code: "internal", path: "", message: thrown.message };
}
