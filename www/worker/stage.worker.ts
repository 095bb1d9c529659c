/** Entry of the stage's worker: what is looked at, apart from the run. */
import { toDistillError } from "../shared/errors";
import type { FromStage, ToStage } from "../shared/stage_protocol";
import { loadEngine } from "./engine";
import { serve } from "./serve";
import { type StagePorts, StageRunner } from "./stage_runner";
import { taskQueue } from "./tasks";

const ports: StagePorts = {
  post: (message: FromStage, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  now: () => performance.now(),
  nextTask: taskQueue(),
};

serve<ToStage>(async (engine) => {
  try {
    const runner = new StageRunner(await loadEngine(engine), ports);
    return (message) => runner.receive(message);
  } catch (thrown) {
    ports.post({ type: "failed", error: toDistillError(thrown) });
    return null;
  }
});
