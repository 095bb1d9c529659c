/** What is said to someone who waits for a run that has gone. */
import { type DistillError, fail } from "../shared/errors";

export function cancelled(): DistillError {
  return fail("cancelled", "", "The run was given up before it could answer.").toJSON();
}
