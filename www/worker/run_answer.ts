/** Questions about a run: which experiment answers each. */
import type { Query } from "../shared/engine_types";
import { refused } from "../shared/errors";
import type { Answers } from "../shared/protocol";
import type { EngineLab } from "./engine";
import type { Training } from "./training";

/** `kept`: a run whose logits answer while this one has trained nothing. Throws what is wrong with the question. */
export function runAnswer(query: Query, { lab, running }: Training, kept: EngineLab | null): Answers[Query["kind"]] {
  if (query.kind === "predict") checkNumbers(query.input);
  if (query.kind === "record") query.next = running;
  // The run before made its steps under other settings.
  const before = query.kind !== "record" && lab.steps_done() === 0 ? kept : null;
  return (before ?? lab).ask(query) as Answers[Query["kind"]];
}

/** Refuses what the engine would take for numbers, such as text, `null` and `true`. How many there must be, the engine knows. */
function checkNumbers(input: unknown): void {
  if (!Array.isArray(input)) throw refused("wrong_type", "input", input, { kind: "feature_numbers" });
  const stray = input.findIndex((value) => typeof value !== "number");
  if (stray >= 0) throw refused("wrong_type", `input.${stray}`, input[stray], { kind: "any_number" });
}
