/** Entry of a worker of the pool: whole experiments, one job after another. */
import { toDistillError } from "../shared/errors";
import type { FromSweeper, ToSweeper } from "../shared/protocol";
import { loadEngine } from "./engine";
import { serve } from "./serve";
import { taskQueue } from "./tasks";
import { Sweeper, type SweeperPorts } from "./sweeper";

const ports: SweeperPorts = {
  post: (message: FromSweeper, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  now: () => performance.now(),
  nextTask: taskQueue(),
};

serve<ToSweeper>(async (engine) => {
  try {
    const sweeper = new Sweeper(await loadEngine(engine), ports);
    return (message) => sweeper.receive(message);
  } catch (thrown) {
    ports.post({ type: "failed", job: 0, error: toDistillError(thrown) });
    return null;
  }
});
