/** A pool of workers that trains nothing: a test hands out its rows and ends its batches. */
import { fail } from "../../shared/errors";
import { deferred } from "./deferred";
import type { Job, Listener, WorkerPool } from "./pool";

export function fakePool() {
  const batches: { jobs: readonly Job[]; listener: Listener; end(): void; cancel(): void }[] = [];
  const pool = {
    run(jobs: readonly Job[], listener: Listener) {
      const done = deferred<void>();
      const batch = {
        jobs,
        listener,
        finished: done.promise,
        end: () => done.resolve(),
        cancel: () => done.reject(fail("cancelled", "", "The batch was cancelled.")),
      };
      batches.push(batch);
      return batch;
    },
  } as unknown as WorkerPool;
  return { pool, batches };
}
