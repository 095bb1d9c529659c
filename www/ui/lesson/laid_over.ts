/**
 * The config that a partial one makes of a whole one, to be compared with what a run had. What is trained is the engine's; a test holds
 * the two together for whatever the lesson runs.
 */
import type { Config, PartialConfig } from "../../shared/model";

export function laidOver(config: Config, partial: PartialConfig): Config {
  const made = merged(config, partial) as Config;
  const { size, labelled } = partial.transfer ?? {};
  // Where all samples have their label, labels go with the size.
  if (size === undefined || labelled !== undefined || config.transfer.labelled < config.transfer.size) return made;
  return { ...made, transfer: { ...made.transfer, labelled: size } };
}

function merged(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  return {
    ...base,
    ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merged(base[key], value)])),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
