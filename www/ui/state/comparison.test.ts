import { expect, test, vi } from "vitest";
import { type Comparison, type Config, FIRST_CONFIG, type Result } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import type { SuppliedData } from "../../shared/protocol";
import { atTemperature } from "../../worker/fake_engine";
import { ComparisonState } from "./comparison.svelte";
import { fakePool } from "./fake_pool";

const models = { a: "student_distilled", b: "student_distilled" } as const;

/** A pool whose rows the test hands out; the engine's comparison says which digests it was given. */
function bench(b: Config = atTemperature(4), fetched: (config: Config) => SuppliedData | null = () => null) {
  const { pool, batches } = fakePool();
  const comparison = new ComparisonState({
    pool,
    config: () => FIRST_CONFIG,
    summarise: async () => [],
    tried: () => undefined,
    fetched: async (config) => fetched(config),
    read: async (config, { seeds }) => {
      if (seeds === 0) throw fail("out_of_range", "seeds", "seeds: got 0");
      return { plan: { a: config, b, models }, seeds: [1, 2, 3] };
    },
    compare: async (plan, seeds, results) =>
      seeds.length === 0
        ? null
        : ({ ...plan, seeds, verdict: results.flat().map(({ digest }) => digest) } as unknown as Comparison),
  });
  const begun = () => vi.waitFor(() => expect(batches).toHaveLength(1));
  return { comparison, batches, begun };
}
const row = (digest: string) => ({ digest }) as Result;

test("each seed trains both, and is compared as soon as both are there", async () => {
  const { comparison, batches, begun } = bench();
  const ended = comparison.start({ seeds: 3 });
  await begun();
  expect(batches[0]?.jobs.map(({ seed, configs }) => [seed, configs.length])).toEqual([
    [1, 2],
    [2, 2],
    [3, 2],
  ]);
  const give = (job: number, side: number, digest: string) => batches[0]?.listener.onRow(job, side, row(digest));
  give(2, 1, "3b");
  give(0, 0, "1a");
  give(2, 0, "3a");
  batches[0]?.end();
  expect(await ended).toMatchObject({ seeds: [3], verdict: ["3a", "3b"] });
  expect(comparison.state).toBe("done");
});

test("two models of the same settings are trained once", async () => {
  const { comparison, batches, begun } = bench(FIRST_CONFIG);
  const ended = comparison.start({});
  await begun();
  expect(batches[0]?.jobs.map(({ configs }) => configs.length)).toEqual([1, 1, 1]);
  batches[0]?.listener.onRow(0, 0, row("1"));
  batches[0]?.end();
  expect(await ended).toMatchObject({ seeds: [1], verdict: ["1", "1"] });
});

test("what either of the two needs from outside is brought, each content once", async () => {
  const other: Config = { ...FIRST_CONFIG, data: { ...FIRST_CONFIG.data, name: "mnist10k" } };
  const data = (hash: string) => ({ hash }) as SuppliedData;
  const { comparison, batches, begun } = bench(other, ({ data: { name } }) => data(name));
  comparison.start({}).catch(() => undefined);
  await begun();
  expect(batches[0]?.jobs[0]?.data?.map(({ hash }) => hash)).toEqual(["digits", "mnist10k"]);
  comparison.cancel();
});

test("cancelling keeps the seeds that both have, and a refusal leaves all as it was", async () => {
  const { comparison, batches, begun } = bench();
  const ended = comparison.start({});
  await begun();
  batches[0]?.listener.onRow(1, 0, row("2a"));
  batches[0]?.listener.onRow(1, 1, row("2b"));
  batches[0]?.listener.onRow(0, 0, row("1a"));
  await expect(comparison.start({ seeds: 0 })).rejects.toMatchObject({ path: "seeds" });
  expect(comparison.state).toBe("running");
  comparison.cancel();
  await expect(ended).rejects.toMatchObject({ code: "cancelled" });
  expect([comparison.state, comparison.found?.seeds]).toEqual(["cancelled", [2]]);
});
