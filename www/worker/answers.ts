/** What the engine says of the run at hand, each question in the form of its answer. */
import { refused } from "../shared/errors";
import type { Answers, Query, RunFormat } from "../shared/protocol";
import type { EngineLab } from "./engine";
import { BINS, toPoints, toRegions, toTakeover } from "./insights";

export function answer(lab: EngineLab, query: Exclude<Query, { kind: "record" }>): Answers[Query["kind"]] {
  switch (query.kind) {
    case "sample":
      return JSON.parse(lab.sample(query.set, query.index, query.temperature)) as Answers["sample"];
    case "loss":
      return JSON.parse(lab.loss(query.index, query.temperature, query.alpha)) as Answers["loss"];
    case "predict":
      return JSON.parse(lab.predict(numbersOf(query.input), query.temperature ?? 1)) as Answers["predict"];
    case "export":
      return exported(lab, query.format);
    case "regions": {
      const { columns, rows } = query;
      return toRegions(lab.regions(Float64Array.from(query.bounds), columns, rows, query.temperature), columns, rows);
    }
    case "points":
      return toPoints(lab.points());
    case "takeover":
      return toTakeover(lab.takeover(query.temperature), lab.predictions(), BINS);
    case "features":
      return query.indices.map((index) => (JSON.parse(lab.sample("test", index, 1)) as Answers["sample"]).features);
  }
}

/** Numbers alone: `Float64Array.from` would make some of a text, of `null` and of `true`. How many, the engine knows. */
function numbersOf(input: unknown): Float64Array {
  if (!Array.isArray(input)) throw refused("wrong_type", "input", input, { kind: "feature_numbers" });
  const stray = input.findIndex((value) => typeof value !== "number");
  if (stray >= 0) throw refused("wrong_type", `input.${stray}`, input[stray], { kind: "any_number" });
  return Float64Array.from(input);
}

function exported(lab: EngineLab, format: RunFormat): Answers["export"] {
  if (format === "csv") return lab.csv();
  // Copied out of the engine's memory.
  return format === "json" ? lab.result() : Uint8Array.from(lab.safetensors());
}
