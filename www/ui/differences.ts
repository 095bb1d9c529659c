/** What differs between configs. */
import type { Config } from "../shared/engine_types";

export interface Difference {
  /** Of the setting: "distillation.temperature" */
  path: string;
  /** One for each config, as text; "–" where a config has no such setting. */
  values: string[];
}

/** Settings that are not the same in all of `configs`, in the order in which configs have them. */
export function differences(configs: readonly Config[]): Difference[] {
  const tables = configs.map((config) => new Map(flat("", config)));
  const paths = new Set(tables.flatMap((table) => [...table.keys()]));
  return [...paths]
    .map((path) => ({ path, values: tables.map((table) => table.get(path) ?? "–") }))
    .filter(({ values }) => new Set(values).size > 1);
}

function flat(path: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return [[path, `[${value.join(", ")}]`]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, part]) => flat(path === "" ? key : `${path}.${key}`, part));
}
