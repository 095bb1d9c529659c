/** Entry of the worker that reads users' tables. */
import init, { TableReader } from "../../pkg/table/distill_lab_table.js";
import { toDistillError } from "../shared/errors";
import type { FromTable, ToTable } from "../shared/protocol";
import { serve } from "./serve";
import { compiled } from "./source";
import { taskQueue } from "./tasks";
import { TableRunner } from "./table_runner";

const post = (message: FromTable): void => self.postMessage(message);

serve<ToTable>(async (source) => {
  try {
    await init({ module_or_path: await compiled(source) });
    const runner = new TableRunner((size) => new TableReader(size), {
      post,
      now: () => performance.now(),
      nextTask: taskQueue(),
    });
    return (message) => runner.receive(message);
  } catch (thrown) {
    post({ type: "failed", error: toDistillError(thrown) });
    return null;
  }
});
