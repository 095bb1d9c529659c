import fc from "fast-check";
import { expect, test } from "vitest";
import type { FromSweeper, ToSweeper } from "../../shared/protocol";
import { fakeEngine } from "../../worker/fake_engine";
import { Sweeper } from "../../worker/sweeper";
import { type Job, runJobs, type SweepWorker } from "./pool";

/** Workers on one thread, whose tasks are taken in an order that the test draws. */
function workshop(pick: (count: number) => number) {
  const tasks: (() => void)[] = [];
  let made = 0;
  let live = 0;
  return {
    made: () => made,
    live: () => live,
    async run() {
      while (tasks.length > 0) {
        tasks.splice(pick(tasks.length), 1)[0]?.();
        await Promise.resolve();
      }
    },
    create(): SweepWorker {
      made += 1;
      live += 1;
      let inner: Sweeper | null = null;
      const early: ToSweeper[] = [];
      let dead = false;
      const worker: SweepWorker = {
        onmessage: null,
        onerror: null,
        onmessageerror: null,
        terminate: () => {
          dead = true;
          live -= 1;
        },
        postMessage: (message: ToSweeper) => {
          const engine = fakeEngine({ steps: [1, 1, 0], cost: () => 1 });
          const post = (reply: FromSweeper) => worker.onmessage?.({ data: reply } as MessageEvent<FromSweeper>);
          const nextTask = (task: () => void) => void tasks.push(() => dead || task());
          if (message.type === "init") {
            nextTask(() => {
              const sweeper = new Sweeper(engine, { post, now: engine.clock.now, nextTask });
              inner = sweeper;
              for (const message of early.splice(0)) sweeper.receive(message);
            });
          } else if (inner === null) early.push(message);
          else inner.receive(message);
        },
      };
      return worker;
    },
  };
}

const jobs = (values: number[], seeds: number): Job[] =>
  Array.from({ length: seeds }, (_, seed) => ({ config: "{}", over: "x", values, seed }));

test("rows and their places do not depend on the number of workers or on their timing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat(1000)), async (size, draws) => {
      const shop = workshop((count) => (draws.next().value as number) % count);
      const rows = new Map<string, string>();
      const batch = runJobs({ create: shop.create, engine: "", size }, jobs([1, 2, 3], 5), {
        onRow: (job, value, result) => rows.set(`${job}.${value}`, result),
        onProgress: () => {},
      });
      await shop.run();
      await batch.finished;
      expect(shop.made()).toBe(Math.min(size, 5));
      expect(shop.live()).toBe(0);
      expect(rows.size).toBe(15);
      for (const [place, result] of rows) {
        const [job, value] = place.split(".").map(Number);
        expect(JSON.parse(result).digest).toBe(`${job}/${(value ?? 0) + 1}`);
      }
    }),
    { numRuns: 50 },
  );
});

test("cancel ends every worker and keeps what is there", async () => {
  const shop = workshop(() => 0);
  let rows = 0;
  const batch = runJobs({ create: shop.create, engine: "", size: 2 }, jobs([1, 2, 3], 6), {
    onRow: () => {
      rows += 1;
      if (rows === 4) batch.cancel();
    },
    onProgress: () => {},
  });
  await shop.run();
  await expect(batch.finished).rejects.toMatchObject({ code: "cancelled" });
  expect(rows).toBeGreaterThanOrEqual(4);
  expect(rows).toBeLessThan(18);
  expect(shop.live()).toBe(0);
});

test("a job that fails is named, and its rows before that and the other jobs are kept", async () => {
  const shop = workshop(() => 0);
  const rows: number[] = [];
  const list = jobs([1, 2], 3);
  list[1] = { config: "{}", over: "x", values: [1, -1], seed: 1 };
  const batch = runJobs({ create: shop.create, engine: "", size: 2 }, list, {
    onRow: (job) => rows.push(job),
    onProgress: () => {},
  });
  await shop.run();
  await expect(batch.finished).rejects.toMatchObject({ code: "not_finite" });
  expect(rows.sort()).toEqual([0, 0, 1, 2, 2]);
});
