/** What somebody asks to have compared, read; what the settings and models may be the engine checks. */
import type { Config } from "../shared/engine_types";
import { refused } from "../shared/errors";
import { toConfigText } from "../shared/json";
import type { ComparisonRead } from "../shared/protocol";
import { checkAsk } from "./asks";
import type { Engine } from "./engine";
import { checkTrainings, readSeeds } from "./seeds";

const KEYS = ["a", "b", "seeds", "models"];
const SIDES = ["a", "b"];

/** `config`: the one at hand, which both sides are laid over. Throws what is wrong with `ask`, naming its field. */
export function readComparison(engine: Engine, config: Config, ask: unknown): ComparisonRead {
  const { a, b, seeds, models } = checkAsk(ask, "", KEYS);
  const names = checkAsk(models ?? {}, "models", SIDES);
  const named = (side: string): string => {
    const name = names[side] ?? "student_distilled";
    if (typeof name !== "string") throw refused("wrong_type", `models.${side}`, name, { kind: "model" });
    return name;
  };
  const text = (partial: unknown): string => toConfigText(partial ?? {});
  const plan = engine.comparisonPlan(config, text(a), text(b), { a: named("a"), b: named("b") });
  const read = { plan, seeds: readSeeds(plan.a.seed, seeds) };
  checkTrainings(2, read.seeds.length);
  return read;
}
