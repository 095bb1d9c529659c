/** Questions to the engine that are about no run: each is answered from what it brings. */
import type { FromLab, ToLab } from "../shared/protocol";
import { gridOf } from "../shared/sweep_values";
import type { Engine } from "./engine";
import { checkTrainings, readAsk } from "./sweep_ask";

type Of<T extends ToLab["type"]> = Extract<ToLab, { type: T }>;
export type ServiceQuestion = Of<"summarise" | "contrast" | "checkSweep" | "readSweep" | "freshSeed" | "script">;

/** Throws what is wrong with the question. */
export function serviceAnswer(engine: Engine, message: ServiceQuestion): FromLab {
  const { id } = message;
  switch (message.type) {
    case "summarise":
      return { type: "summarised", id, summaries: message.groups.map((results) => engine.summarise(results)) };
    case "contrast": {
      const { accuracies, seeds, gain } = message;
      return { type: "contrasted", id, choice: engine.contrast(accuracies, seeds, gain) };
    }
    case "checkSweep": {
      const { config, over, values, seed } = message;
      engine.sweepJob(config, over, values, seed, null).free();
      return { type: "sweepChecked", id };
    }
    case "readSweep": {
      const { config, ask } = message;
      const sweep = readAsk(ask, config.seed);
      const { over, values, seeds } = sweep;
      engine.sweepJob(config, over, gridOf(values), seeds[0] ?? 0, null).free();
      checkTrainings(sweep);
      return { type: "sweepRead", id, sweep };
    }
    case "freshSeed":
      return { type: "freshSeed", id, seed: engine.freshSeed() };
    case "script":
      return { type: "scripted", id, text: engine.script(message.request) };
  }
}
