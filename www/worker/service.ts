/** Questions to the engine that are about no run: each is answered from what it brings. */
import type { FromLab, ToLab } from "../shared/protocol";
import { gridOf } from "../shared/sweep_values";
import type { Engine } from "./engine";
import { readComparison } from "./comparison_ask";
import { checkTrainings } from "./seeds";
import { readAsk } from "./sweep_ask";

type Of<T extends ToLab["type"]> = Extract<ToLab, { type: T }>;
export type ServiceQuestion = Of<
  "summarise" | "contrast" | "checkSweep" | "readSweep" | "readComparison" | "compare" | "freshSeed" | "script"
>;

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
      const { config, over, values } = message;
      engine.sweepConfigs(config, over, values);
      return { type: "sweepChecked", id };
    }
    case "readSweep": {
      const { config, ask } = message;
      const { over, values, seeds } = readAsk(ask, config.seed);
      const configs = engine.sweepConfigs(config, over, gridOf(values));
      checkTrainings(configs.length, seeds.length);
      return { type: "sweepRead", id, sweep: { over, values, seeds, configs } };
    }
    case "readComparison":
      return { type: "comparisonRead", id, comparison: readComparison(engine, message.config, message.ask) };
    case "compare": {
      const { plan, seeds, results } = message;
      return { type: "compared", id, comparison: engine.compare(plan, seeds, results) };
    }
    case "freshSeed":
      return { type: "freshSeed", id, seed: engine.freshSeed() };
    case "script":
      return { type: "scripted", id, text: engine.script(message.request) };
  }
}
