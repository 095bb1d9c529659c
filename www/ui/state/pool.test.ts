import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FromSweeper, SuppliedData, ToSweeper } from "../../shared/protocol";
import { atTemperature, FakeSweepJob, fakeEngine } from "../../worker/fake_engine";
import { Sweeper } from "../../worker/sweeper";
import { type Job, type Listener, type SweepWorker, WorkerPool } from "./pool";

/** Workers on one thread, whose tasks are taken in an order that the test draws. */
function workshop(pick: (count: number) => number) {
  const tasks: (() => void)[] = [];
  let made = 0;
  let live = 0;
  let deaf = false;
  const workers: SweepWorker[] = [];
  const told: ToSweeper[] = [];
  return {
    /** Every message to any worker. */
    told,
    /** From now on no worker hears anything. */
    deafen: () => {
      deaf = true;
    },
    /** The job that worker `n` has dies with it. */
    crash: (n: number) => workers[n]?.onerror?.({ message: "out of memory" } as ErrorEvent),

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
          inner = null;
        },
        postMessage: (message: ToSweeper) => {
          told.push(message);
          if (deaf) return;
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
      workers.push(worker);
      return worker;
    },
  };
}

const at = (values: number[]) => values.map((value) => atTemperature(value));
const jobs = (values: number[], seeds: number): Job[] =>
  Array.from({ length: seeds }, (_, seed) => ({ configs: at(values), seed }));

const silent: Listener = { onRow: () => {}, onProgress: () => {} };

/** Rows by job and value; a row that comes twice is an error. */
function collect(): Listener & { rows: Map<string, string>; shares: number[] } {
  const rows = new Map<string, string>();
  const shares: number[] = [];
  return {
    rows,
    shares,
    onRow: (job, value, result) => {
      const place = `${job}.${value}`;
      if (rows.has(place)) throw new Error(`row ${place} came twice`);
      rows.set(place, result.digest);
    },
    onProgress: (share) => shares.push(share),
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  FakeSweepJob.teachers = 0;
});

test("rows and their places do not depend on the number of workers, their timing or the order of the jobs", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.nat(1000)),
      async (size, seeds, draws) => {
        const shop = workshop((count) => (draws.next().value as number) % count);
        const pool = new WorkerPool({ create: shop.create, engine: () => "", size });
        const list = jobs([1, 2, 3, 4, 5, 6, 7, 8], seeds).sort(() => (draws.next().value as number) - 500);
        const seen = collect();
        const batch = pool.run(list, seen);
        await shop.run();
        await batch.finished;
        expect(shop.made()).toBe(Math.min(size, 8 * seeds));
        expect(seen.rows.size).toBe(8 * seeds);
        for (const [place, digest] of seen.rows) {
          const [job = 0, value = 0] = place.split(".").map(Number);
          expect(digest).toBe(`${list[job]?.seed}/${value + 1}`);
        }
        expect(seen.shares.at(-1)).toBe(1);
        expect(seen.shares.every((share) => share >= 0 && share <= 1)).toBe(true);
        pool.close();
        expect(shop.live()).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

test("who waits for an idle pool is told when the last batch is over, a cancelled one too", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 2 });
  await pool.untilIdle();
  const batches = [1, 2].map((seeds) => pool.run(jobs([1, 2], seeds), silent));
  let idle = false;
  const told = pool.untilIdle().then(() => {
    idle = true;
  });
  expect(pool.idle).toBe(false);
  batches[0]?.cancel();
  await shop.run();
  await Promise.allSettled(batches.map(({ finished }) => finished));
  await told;
  expect([idle, pool.idle]).toEqual([true, true]);
  pool.close();
});

test("one seed's values are shared out among the workers, and its teacher is trained once", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 3 });
  const seen = collect();
  const batch = pool.run(jobs([1, 2, 3, 4, 5, 6, 7, 8], 1), seen);
  await shop.run();
  await batch.finished;
  expect(seen.rows.size).toBe(8);
  for (const [place, digest] of seen.rows) expect(digest).toBe(`0/${Number(place.split(".")[1]) + 1}`);
  expect(FakeSweepJob.teachers).toBe(1);
  const sweeps = shop.told.filter((m) => m.type === "train");
  expect(sweeps.length).toBeGreaterThan(2);
  expect(sweeps.slice(1).every((m) => m.from?.teacher)).toBe(true);
  pool.close();
});

test("workers are kept between batches, take the seeds that they know, and end after a while of disuse", async () => {
  const shop = workshop((count) => count - 1);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 2 });
  const places = () => {
    const seeds = shop.told.filter((m) => m.type === "train").map((m) => m.seed);
    shop.told.length = 0;
    return seeds;
  };
  const first = pool.run(jobs([1], 4), silent);
  await shop.run();
  await first.finished;
  expect(places().sort()).toEqual([0, 1, 2, 3]);
  const again = pool.run(jobs([1], 4), silent);
  await shop.run();
  await again.finished;
  expect(shop.made()).toBe(2);
  vi.advanceTimersByTime(59_000);
  expect(shop.live()).toBe(2);
  vi.advanceTimersByTime(2_000);
  expect(shop.live()).toBe(0);
  const third = pool.run(jobs([1], 2), silent);
  await shop.run();
  await third.finished;
  expect(shop.made()).toBe(4);
  pool.close();
});

test("a page out of sight holds no idle worker, and does not start one before it is asked", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 8 });
  pool.warm();
  expect(shop.live()).toBe(4);
  pool.keep(false);
  expect(shop.live()).toBe(0);
  pool.warm();
  expect(shop.live()).toBe(0);
  const batch = pool.run(jobs([1, 2], 3), silent);
  await shop.run();
  await batch.finished;
  expect(shop.live()).toBe(0);
  pool.keep(true);
  pool.warm();
  expect(shop.live()).toBe(4);
  pool.close();
});

test("two batches at once do not disturb each other, and cancelling one leaves the other's rows alone", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 2 });
  const kept = collect();
  const one = pool.run(jobs([1, 2, 3], 4), {
    ...kept,
    onRow: (...row) => {
      kept.onRow(...row);
      if (kept.rows.size === 2) other.cancel();
    },
  });
  const seen = collect();
  const other = pool.run(jobs([7, 8], 5), seen);
  await shop.run();
  await one.finished;
  await expect(other.finished).rejects.toMatchObject({ code: "cancelled" });
  expect(kept.rows.size).toBe(12);
  expect(seen.rows.size).toBeLessThan(10);
  expect(shop.made()).toBe(2);
  pool.close();
});

test("cancel keeps what is there; the workers stay for the next batch", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 2 });
  const seen = collect();
  const batch = pool.run(jobs([1, 2, 3], 6), {
    ...seen,
    onRow: (...row) => {
      seen.onRow(...row);
      if (seen.rows.size === 4) batch.cancel();
    },
  });
  await shop.run();
  await expect(batch.finished).rejects.toMatchObject({ code: "cancelled" });
  expect(seen.rows.size).toBeGreaterThanOrEqual(4);
  expect(seen.rows.size).toBeLessThan(18);
  expect(shop.live()).toBe(2);
  pool.close();
});

test("a worker that does not stop when cancelled is ended and replaced for whoever else waits", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 1 });
  const first = pool.run(jobs([1, 2], 2), { ...silent, onRow: () => shop.deafen() });
  await shop.run();
  first.cancel();
  vi.advanceTimersByTime(250);
  await expect(first.finished).rejects.toMatchObject({ code: "cancelled" });
  expect(shop.live()).toBe(0);
  pool.close();
});

test("a value that fails is named, the first by job and value, and every other row is there", async () => {
  for (const size of [1, 2, 5]) {
    const shop = workshop((count) => count - 1);
    const pool = new WorkerPool({ create: shop.create, engine: () => "", size });
    const list = jobs([1, 2, 3], 4);
    list[1] = { configs: at([1, -1, 3]), seed: 1 };
    list[3] = { configs: at([-1, 2, 3]), seed: 3 };
    const seen = collect();
    const batch = pool.run(list, seen);
    await shop.run();
    await expect(batch.finished).rejects.toMatchObject({ code: "not_finite", message: "seed 1, value 1" });
    expect([...seen.rows.keys()].sort().join(" ")).toBe("0.0 0.1 0.2 1.0 1.2 2.0 2.1 2.2 3.1 3.2");
    pool.close();
  }
});

test("a worker that crashes loses its job alone; another one takes its place", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 1 });
  const seen = collect();
  const batch = pool.run(jobs([1, 2], 3), {
    ...seen,
    onRow: (...row) => {
      seen.onRow(...row);
      if (seen.rows.size === 1) shop.crash(0);
    },
  });
  await shop.run();
  await expect(batch.finished).rejects.toMatchObject({ code: "panic" });
  expect([...seen.rows.keys()]).toEqual(["0.0", "1.0", "1.1", "2.0", "2.1"]);
  expect(shop.made()).toBe(2);
  pool.close();
});

test("where no worker can be started the batch says so", async () => {
  const create = (): never => {
    throw new Error("refused by the page's policy");
  };
  const pool = new WorkerPool({ create, engine: () => "", size: 2 });
  const batch = pool.run(jobs([1], 2), silent);
  await expect(batch.finished).rejects.toMatchObject({ code: "worker_lost" });
});

test("each job brings the data that it needs, to every worker", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 2 });
  const data = { hash: "of 3", values: new Blob(["abc"]), labels: new Blob(["d"]) } as SuppliedData;
  const batch = pool.run(
    jobs([1, 2], 3).map((job) => ({ ...job, data: [data] })),
    silent,
  );
  await shop.run();
  await batch.finished;
  const sweeps = shop.told.filter((message) => message.type === "train");
  expect(sweeps.length).toBeGreaterThanOrEqual(3);
  expect(sweeps.every((message) => message.data[0] === data)).toBe(true);
});

test("a job whose data is damaged fails, saying so", async () => {
  const shop = workshop(() => 0);
  const pool = new WorkerPool({ create: shop.create, engine: () => "", size: 1 });
  const data = { hash: "of 9", values: new Blob(["abc"]), labels: new Blob(["d"]) } as SuppliedData;
  const batch = pool.run(
    jobs([1], 1).map((job) => ({ ...job, data: [data] })),
    silent,
  );
  const over = expect(batch.finished).rejects.toMatchObject({ code: "damaged_data" });
  await shop.run();
  await over;
});
