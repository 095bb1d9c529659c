import { expect, test } from "vitest";
import { createApi } from "./api";
import { type Config, FIRST_CONFIG } from "./shared/engine_types";
import type { LabState } from "./ui/state/lab.svelte";

/** A lab that keeps what it is asked and gives what is its own. */
function bench() {
  const asked: unknown[] = [];
  const own = {
    config: structuredClone(FIRST_CONFIG) as Config,
    digest: "1",
    points: [{ value: 1 }],
    speed: { batch: 64 },
  };
  const answers = { teacher: [1], student_alone: [1], student_distilled: [1] };
  const ask = <T>(answer: T) => {
    return async (...given: unknown[]): Promise<T> => {
      asked.push(...given);
      return answer;
    };
  };
  const lab = {
    wake: () => undefined,
    ready: Promise.resolve(),
    config: own.config,
    configure: ask(own.config),
    start: ask(own),
    sweep: { start: ask(own) },
    step: ask(undefined),
    back: ask(undefined),
    predict: ask(answers),
    speed: ask(own.speed),
  };
  return { api: createApi(lab as unknown as LabState), asked, own };
}

test("what a guest writes into an answer changes nothing of the lab's", async () => {
  const { api, own } = bench();
  const answers = [
    await api.run(),
    await api.sweep({ over: "a", values: [1], seeds: 1 }),
    { config: await api.configure({}) },
    { config: api.config() },
  ];
  for (const { config } of answers) config.seed = 99;
  expect(own.config.seed).toBe(FIRST_CONFIG.seed);
});

test("what a guest gives is taken as it is at the call, a typed array as a list", async () => {
  const { api, asked } = bench();
  const input = Float32Array.of(0.5, 1);
  const answer = api.predict(input);
  input.fill(0);
  await answer;
  await api.sweep({ over: "a", values: Uint8Array.of(1, 4) as unknown as number[] });
  expect(asked).toEqual([[0.5, 1], { over: "a", values: [1, 4] }]);
});

test("a run has its speed where that is asked for, and else not a key more", async () => {
  const { api, own } = bench();
  const { speed, ...result } = own;
  Object.assign(own, { speed: undefined });
  const plain = await api.run();
  expect(JSON.stringify(plain)).toBe(JSON.stringify(result));
  expect(JSON.stringify(await api.run({ speed: false }))).toBe(JSON.stringify(result));
  expect(await api.run({ speed: true })).toEqual({ ...result, speed });
  expect(await api.speed()).toEqual(speed);
});

test.each([
  [{ fast: true }, "unknown_key", "fast", "fast: unknown key; got true; allowed here: speed"],
  [{ speed: 1 }, "wrong_type", "speed", "speed: got 1; allowed: true or false"],
  [[], "wrong_type", "", "config: got []; allowed: an object with speed"],
])("run(%j) is refused, and nothing is trained", async (ask, code, path, message) => {
  const { api, asked } = bench();
  await expect(api.run(ask as never)).rejects.toMatchObject({ code, path, message });
  expect(asked).toEqual([]);
});

test("what is no plain data is refused by its place, and nothing is asked", async () => {
  const { api, asked } = bench();
  const any = (value: unknown) => value as never;
  await expect(api.predict(any(new Map()))).rejects.toMatchObject({ code: "wrong_type", path: "input" });
  await expect(api.sweep(any({ over: () => 1 }))).rejects.toMatchObject({ code: "wrong_type", path: "over" });
  await expect(api.configure(any({ seed: () => 1 }))).rejects.toMatchObject({ code: "wrong_type", path: "seed" });
  await expect(api.step(any(() => 1))).rejects.toMatchObject({ code: "wrong_type", path: "n" });
  expect(asked).toEqual([]);
});
