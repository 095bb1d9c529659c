import { expect, test, vi } from "vitest";
import { type Config, FIRST_CONFIG, type Interval, type Result, type Summary } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import type { SuppliedData } from "../../shared/protocol";
import { deferred } from "./deferred";
import { fakePool } from "./fake_pool";
import { RepeatState, verdictOf } from "./repeat.svelte";

const interval = (mean: number, ci95: number | null = null): Interval => ({ mean, ci95 });
const summaryOf = (mean: number, ci95: number | null): Summary => ({ gain: interval(mean, ci95) }) as Summary;

type Fetched = (config: Config, signal: AbortSignal) => Promise<SuppliedData | null>;

/** A pool whose rows the test hands out, and an engine that takes a result's gain from its digest. */
function bench(config: () => Config = () => ({ ...FIRST_CONFIG, seed: 5 }), fetched: Fetched = async () => null) {
  const { pool, batches } = fakePool();
  const summarise = async (groups: Result[][]): Promise<Summary[]> =>
    groups.map((results) => {
      const gains = results.map(({ digest }) => Number(digest));
      return summaryOf(gains.reduce((a, b) => a + b, 0) / gains.length, gains.length > 1 ? 0.01 : null);
    });
  /** Until `count` batches have begun. */
  const begun = (count = 1) => vi.waitFor(() => expect(batches).toHaveLength(count));
  return { repeat: new RepeatState({ pool, config, summarise, fetched, tried: () => undefined }), batches, begun };
}
const row = (gain: number) => ({ digest: String(gain) }) as Result;

test("each seed has its own gain, in the seeds' order whatever the order of arrival", async () => {
  const { repeat, batches, begun } = bench();
  const ended = repeat.start(3);
  await begun();
  expect(repeat.seeds).toEqual([4, 5, 6]);
  expect(batches[0]?.jobs.map(({ seed }) => seed)).toEqual([4, 5, 6]);
  for (const [job, gain] of [[2, 0.3] as const, [0, 0.1] as const, [1, 0.2] as const]) {
    batches[0]?.listener.onRow(job, 0, row(gain));
  }
  batches[0]?.end();
  const summary = await ended;
  expect(repeat.results.map(({ seed, gain }) => [seed, gain])).toEqual([
    [4, 0.1],
    [5, 0.2],
    [6, 0.3],
  ]);
  expect(summary.gain.mean).toBeCloseTo(0.2);
  expect(repeat.state).toBe("done");
});

test("what is done when it is cancelled stays, with the mean over just that", async () => {
  const { repeat, batches, begun } = bench();
  const ended = repeat.start(12);
  await begun();
  batches[0]?.listener.onRow(4, 0, row(0.4));
  batches[0]?.listener.onRow(1, 0, row(0.2));
  repeat.cancel();
  await expect(ended).rejects.toMatchObject({ code: "cancelled" });
  expect(repeat.state).toBe("cancelled");
  expect(repeat.error).toBeNull();
  expect(repeat.seeds).toHaveLength(12);
  expect(repeat.results.map(({ seed }) => seed)).toEqual([2, 5]);
  expect(repeat.summary?.gain.mean).toBeCloseTo(0.3);
});

test("a repeat that is begun anew forgets the one before, and rows of that one that come late", async () => {
  const { repeat, batches, begun } = bench();
  const first = repeat.start(6);
  await begun();
  batches[0]?.listener.onRow(0, 0, row(0.9));
  const over = expect(first).rejects.toMatchObject({ code: "cancelled" });
  const second = repeat.start(2);
  await begun(2);
  await over;
  batches[0]?.listener.onRow(1, 0, row(0.9));
  batches[1]?.listener.onRow(0, 0, row(0.1));
  batches[1]?.listener.onRow(1, 0, row(0.1));
  batches[1]?.end();
  await second;
  expect(repeat.seeds).toEqual([5, 6]);
  expect(repeat.results.map(({ gain }) => gain)).toEqual([0.1, 0.1]);
  expect(repeat.state).toBe("done");
});

test("the config is the one that was asked for, though the bench's changes meanwhile", async () => {
  let config: Config = { ...FIRST_CONFIG, seed: 2 };
  const { repeat, batches, begun } = bench(() => config);
  const ended = repeat.start(1);
  config = { ...config, seed: 3, refine: { steps: 9 } };
  await begun();
  batches[0]?.listener.onRow(0, 0, row(0.1));
  batches[0]?.end();
  await ended;
  expect(repeat.config).toEqual({ ...FIRST_CONFIG, seed: 2 });
  expect(repeat.results.map(({ seed }) => seed)).toEqual([2]);
});

const DATA = { hash: "of the data" } as SuppliedData;

test("nothing is trained before the data is there, and then each job has it", async () => {
  const data = deferred<SuppliedData | null>();
  const { repeat, batches, begun } = bench(undefined, () => data.promise);
  const ended = repeat.start(2);
  expect([repeat.state, repeat.waiting]).toEqual(["running", true]);
  data.resolve(DATA);
  await begun();
  expect(repeat.waiting).toBe(false);
  expect(batches[0]?.jobs.map((job) => job.data)).toEqual([[DATA], [DATA]]);
  for (const job of [0, 1]) batches[0]?.listener.onRow(job, 0, row(0.1));
  batches[0]?.end();
  expect((await ended).gain.mean).toBeCloseTo(0.1);
});

test("what waits for its data can be cancelled, and whoever fetches it is told", async () => {
  const data = deferred<SuppliedData | null>();
  let left = false;
  const { repeat, batches } = bench(undefined, (_, signal) => {
    signal.addEventListener("abort", () => {
      left = true;
      data.reject(fail("cancelled", "", "The run was given up before it could answer."));
    });
    return data.promise;
  });
  const ended = repeat.start(2);
  repeat.cancel();
  await expect(ended).rejects.toMatchObject({ code: "cancelled" });
  expect([left, repeat.state, repeat.waiting, repeat.error]).toEqual([true, "cancelled", false, null]);
  expect(batches).toEqual([]);
});

test("data that cannot be had is said, and nothing is trained", async () => {
  const { repeat, batches } = bench(undefined, async () => {
    throw fail("data_unavailable", "data.name", "The MNIST images could not be loaded: offline.");
  });
  await expect(repeat.start(2)).rejects.toMatchObject({ code: "data_unavailable" });
  expect([repeat.state, repeat.waiting, repeat.error?.code]).toEqual(["failed", false, "data_unavailable"]);
  expect(batches).toEqual([]);
});

test.each([
  [0.05, 0.02, "better"],
  [-0.05, 0.02, "worse"],
  [0.05, 0.05, "no_clear_difference"],
  [-0.01, 0.02, "no_clear_difference"],
])("a gain of %d with a half width of %d is %s", (mean, ci95, kind) => {
  expect(verdictOf(summaryOf(mean, ci95))?.kind).toBe(kind);
});

test("a verdict is that of the interval which covers what is asked for", () => {
  const summary = { ...summaryOf(0.05, 0.02), gain_with_images: interval(0.05, 0.06) };
  expect([verdictOf(summary)?.kind, verdictOf(summary, "images")?.kind]).toEqual(["better", "no_clear_difference"]);
  expect(verdictOf({ ...summary, gain_with_images: null }, "images")).toBeNull();
});

test("one seed allows no verdict", () => {
  expect(verdictOf(summaryOf(0.5, null))).toBeNull();
});
