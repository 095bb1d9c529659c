/**
 * Several partial configs over one base, such as the parameters of an address: what is wrong with one is said, and
 * the rest still applies.
 */
import type { Config } from "../shared/engine_types";
import { type DistillError, toDistillError } from "../shared/errors";

type Normalise = (base: Config | null, partial: string) => Config;

/** A value may need one that comes later (samples of a data set not yet chosen): refused ones are tried again. */
const ROUNDS = 3;

export function layOver(
  normalise: Normalise,
  base: Config | null,
  partials: readonly string[],
): { config: Config; problems: (DistillError | null)[] } {
  const together = merged(partials);
  if (together !== null) {
    try {
      return { config: normalise(base, together), problems: partials.map(() => null) };
    } catch (thrown) {
      if (toDistillError(thrown).code === "panic") throw thrown;
      // One of them is at fault: find out which.
    }
  }
  let config = normalise(base, "{}");
  const problems: (DistillError | null)[] = partials.map(() => null);
  let open = partials.map((_, index) => index);
  for (let round = 0; round < ROUNDS && open.length > 0; round++) {
    const refused: number[] = [];
    for (const index of open) {
      try {
        config = normalise(config, partials[index] ?? "{}");
        problems[index] = null;
      } catch (thrown) {
        const error = toDistillError(thrown);
        if (error.code === "panic") throw thrown;
        problems[index] = error;
        refused.push(index);
      }
    }
    if (refused.length === open.length) break;
    open = refused;
  }
  return { config, problems };
}

/** All of them as one text, later ones on top; null where that would not mean the same. */
function merged(partials: readonly string[]): string | null {
  const target = emptyObject();
  for (const [index, text] of partials.entries()) {
    let partial: unknown;
    try {
      partial = JSON.parse(text);
    } catch {
      return null;
    }
    if (!isObject(partial)) return null;
    // A preset is the ground for what comes after it, and wipes out what came before.
    if (index > 0 && Object.hasOwn(partial, "preset")) return null;
    mergeInto(target, partial);
  }
  return JSON.stringify(target);
}

type JsonObject = Record<string, unknown>;

/** Without a prototype, so that a key called `__proto__` is a key like any other. */
function emptyObject(): JsonObject {
  return Object.create(null) as JsonObject;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const [key, value] of Object.entries(source)) {
    if (!isObject(value)) {
      target[key] = value;
      continue;
    }
    const below = target[key];
    const slot = isObject(below) ? below : emptyObject();
    target[key] = slot;
    mergeInto(slot, value);
  }
}
