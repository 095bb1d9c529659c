import { expect, test, vi } from "vitest";
import { type Config, type Choice, FIRST_CONFIG, type Result, type Summary } from "../../shared/engine_types";
import { fail } from "../../shared/errors";
import type { SweepValue } from "../../shared/requests";
import { asList } from "../../shared/sweep_values";
import { atTemperature } from "../../worker/fake_engine";
import { readAsk } from "../../worker/sweep_ask";
import { fakePool } from "./fake_pool";
import { gridOf, SweepState } from "./sweep.svelte";

/** A pool whose rows the test hands out; the engine's answers say what they were asked. */
function bench() {
  const { pool, batches } = fakePool();
  const asked: { accuracies: number[]; gain: boolean }[] = [];
  const tried: number[] = [];
  const sweep = new SweepState({
    pool,
    config: () => FIRST_CONFIG,
    summarise: async (groups): Promise<Summary[]> =>
      groups.map(({ length }) => ({ gain: { mean: length, ci95: null } }) as Summary),
    fetched: async () => null,
    read: async (config, ask) => {
      if (ask.over === "nope") throw fail("out_of_range", "over", "over: got nope");
      const read = readAsk(ask, config.seed);
      const at = (value: SweepValue): Config => atTemperature(Number(asList(value)[0]), config);
      return { ...read, configs: gridOf(read.values).map(at) };
    },
    contrast: async (accuracies, _seeds, gain): Promise<Choice> => {
      asked.push({ accuracies: [...accuracies], gain });
      return { chosen_on: "validation", best: { leader: gain ? 1 : 0, clear: false, alike: [], behind: [] } };
    },
    tried: ({ distillation }) => tried.push(distillation.temperature),
  });
  /** Until the check has been answered. */
  const begun = () => vi.waitFor(() => expect(batches).toHaveLength(1));
  return { sweep, batches, asked, tried, begun };
}
const config = (temperature: number): Config => ({
  ...FIRST_CONFIG,
  seed: 99,
  distillation: { ...FIRST_CONFIG.distillation, temperature },
});
/** A result whose students come out 0.125 lower on validation samples, where it has some. */
const row = (alone: number, distilled: number, temperature = 1, validation = true) => {
  const report = (accuracy: number) => ({
    accuracy,
    ...(validation ? { validation_accuracy: accuracy - 0.125 } : {}),
  });
  const [student_alone, student_distilled] = [report(alone), report(distilled)];
  return { config: config(temperature), student_alone, student_distilled } as Result;
};

test("every combination of two fields' values is a point, the first field's changing slowest", async () => {
  const { sweep, batches, begun } = bench();
  const ended = sweep.start({
    over: ["a.b", "c"],
    values: [
      [1, 2],
      [0.5, 1, 3],
    ],
    seeds: 2,
  });
  await begun();
  const grid = [
    [1, 0.5],
    [1, 1],
    [1, 3],
    [2, 0.5],
    [2, 1],
    [2, 3],
  ];
  const { seed } = FIRST_CONFIG;
  const firsts = grid.map(([first]) => first);
  for (const [i, job] of batches[0]?.jobs.entries() ?? []) {
    expect(job.seed).toBe(seed + i);
    expect(job.configs.map(({ distillation }) => distillation.temperature)).toEqual(firsts);
  }
  expect(batches[0]?.jobs).toHaveLength(2);
  expect(sweep.cells).toEqual(grid.map(() => null));
  batches[0]?.listener.onRow(1, 4, row(0.7, 0.8));
  batches[0]?.end();
  const found = await ended;
  expect(found.values).toEqual([
    [1, 2],
    [0.5, 1, 3],
  ]);
  expect(found.points.map(({ value, seeds }) => [value, seeds])).toEqual([[[2, 1], 1]]);
  expect(sweep.cells.map((cell) => cell !== null)).toEqual([false, false, false, false, true, false]);
});

test("points are compared by what each seed gave, with gaps where nothing is there", async () => {
  const { sweep, batches, asked, tried, begun } = bench();
  const ended = sweep.start({ over: "a", values: [1, 4], seeds: 2 });
  await begun();
  batches[0]?.listener.onRow(1, 0, row(0.5, 0.75));
  batches[0]?.listener.onRow(0, 1, row(0.25, 1, 4, false));
  sweep.cancel();
  await expect(ended).rejects.toMatchObject({ code: "cancelled" });
  const { accuracies, gain } = asked.at(-2) ?? {};
  const none = [NaN, NaN];
  const trainings = [
    [...none, ...none],
    [0.5, 0.75, 0.375, 0.625],
    [0.25, 1, ...none],
    [...none, ...none],
  ];
  expect([accuracies, gain]).toEqual([trainings.flat(), false]);
  expect([sweep.chosenOn, tried]).toEqual(["validation", [1, 4]]);
  expect(asked.at(-1)?.gain).toBe(true);
  expect([sweep.best.accuracy?.leader, sweep.best.gain?.leader]).toEqual([0, 1]);
  expect([sweep.state, sweep.points.length]).toEqual(["cancelled", 2]);
});

test("a point's config is the engine's, under the sweep's own seed", async () => {
  const { sweep, batches, begun } = bench();
  const ended = sweep.start({ over: "distillation.temperature", values: [1, 4], seeds: 2 });
  await begun();
  batches[0]?.listener.onRow(1, 1, row(0.5, 0.75, 4));
  batches[0]?.end();
  await ended;
  const taken = sweep.configAt(1);
  expect(taken).toEqual({ ...config(4), seed: FIRST_CONFIG.seed });
  expect(sweep.configAt(0)?.distillation.temperature).toBe(1);
  expect([sweep.indexOf(taken as Config), sweep.indexOf(FIRST_CONFIG)]).toEqual([1, -1]);
});

test("a sweep that the engine refuses, or that is none, leaves the one that runs alone", async () => {
  const { sweep, batches, begun } = bench();
  const ended = sweep.start({ over: "a", values: [1, 4], seeds: 1 });
  await begun();
  batches[0]?.listener.onRow(0, 0, row(0.5, 0.75));
  await expect(sweep.start({ over: "nope", values: [1], seeds: 1 })).rejects.toMatchObject({ path: "over" });
  await expect(sweep.start({ over: ["a", "b"], values: [1, 2], seeds: 1 })).rejects.toMatchObject({ path: "values" });
  await expect(sweep.start({ over: "a", values: [1], seeds: 0 })).rejects.toMatchObject({ path: "seeds" });
  expect([sweep.state, sweep.plan?.over, batches.length]).toEqual(["running", ["a"], 1]);
  batches[0]?.end();
  expect((await ended).points).toHaveLength(1);
});
