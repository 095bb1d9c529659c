/** Entry of the worker that owns the engine of the page's run. */
import { toDistillError } from "../shared/errors";
import type { FromLab, ToLab } from "../shared/protocol";
import { loadEngine } from "./engine";
import { LabRunner, type RunnerPorts } from "./runner";
import { taskQueue } from "./tasks";
import { serve } from "./serve";

const ports: RunnerPorts = {
  post: (message: FromLab, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  now: () => performance.now(),
  nextTask: taskQueue(),
};

serve<ToLab>(async (engine) => {
  try {
    const runner = new LabRunner(await loadEngine(engine), ports);
    return (message) => runner.receive(message);
  } catch (thrown) {
    ports.post({ type: "failed", run: 0, error: toDistillError(thrown) });
    return null;
  }
});
