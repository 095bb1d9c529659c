import { expect, test } from "vitest";
import { type Config, FIRST_CONFIG, type Result } from "../../shared/engine_types";
import type { LabBridge, Replay } from "./bridge";
import { emptyCurves } from "./columns";
import { deferred } from "./deferred";
import { Emitter } from "./events";
import { Finished } from "./finished";
import { RunView, type WholeRun } from "./run.svelte";
import { RunLife } from "./run_life";

const warm = FIRST_CONFIG;
const cold: Config = { ...FIRST_CONFIG, seed: 2 };

/** A life whose worker says only what the test has it say. */
function bench() {
  const state = { config: warm };
  const replays: Replay[] = [];
  /** When the worker is where the run stood. */
  const there = deferred<void>();
  const sent: string[] = [];
  const bridge = {
    wake: () => undefined,
    send: ({ type }: { type: string }) => void sent.push(type),
    replay: async (replay: Replay) => {
      replays.push(replay);
      await there.promise;
    },
  } as unknown as LabBridge;
  const emitter = new Emitter();
  const told: string[] = [];
  emitter.on("status", ({ state }) => void told.push(state));
  emitter.on("result", () => void told.push("result"));
  const view = new RunView();
  const life = new RunLife({ view, emitter, bridge: () => bridge, config: () => state.config, tried: () => undefined });
  const ends = (digest: string): void => life.receive({ type: "done", run: life.number, result: { digest } as Result });
  return { state, replays, there, sent, told, view, life, ends };
}

test("a config's run that came to its end is shown at once, and the worker brought to it unheard", async () => {
  const { state, replays, there, sent, told, view, life, ends } = bench();
  life.adopt(life.next(), true);
  ends("of warm");
  const { curves } = view;
  state.config = cold;
  life.adopt(life.next(), true);
  expect([view.state, view.result]).toEqual(["idle", null]);
  told.length = sent.length = 0;

  state.config = warm;
  life.adopt(life.next(), true);
  expect([view.state, view.phase, view.result?.digest]).toEqual(["done", "done", "of warm"]);
  expect(view.curves).toBe(curves);
  // The worker has made it already.
  expect(replays).toEqual([{ run: life.number, config: null, steps: null }]);
  // Its result was told when it came.
  expect([told, sent]).toEqual([["idle", "done"], []]);
  // What is shown of its models is asked again as soon as the worker has them.
  const { revision, result } = view;
  there.resolve();
  await new Promise((next) => setTimeout(next));
  expect(view.revision).toBe(revision + 1);
  expect(view.result).not.toBe(result);
  expect(view.result).toEqual(result);
});

test("a run that was made again while its config was on its way is made once more, of the new config", () => {
  const { state, sent, life } = bench();
  life.adopt(life.next(), false);
  const asked = life.next();
  life.prepare();
  state.config = cold;
  life.adopt(asked, false);
  expect(sent).toEqual(["prepare", "prepare"]);
  expect([life.config?.seed, life.number]).toEqual([2, asked + 2]);
});

test("the last eight are kept, the one that was shown longest ago makes room", () => {
  const finished = new Finished();
  const run = (digest: string): WholeRun => ({
    result: { digest } as Result,
    curves: emptyCurves(),
    speed: null,
    data: null,
    steps: 1,
    engineShare: 1,
    elapsedMs: 1,
  });
  const config = (seed: number): Config => ({ ...FIRST_CONFIG, seed });
  for (let i = 0; i < 8; i++) finished.keep(config(i), run(`${i}`));
  expect(finished.find(config(0))?.result.digest).toBe("0");
  finished.keep(config(8), run("8"));
  expect(finished.find(config(1))).toBeNull();
  expect([0, 2, 8].map((seed) => finished.find(config(seed))?.result.digest)).toEqual(["0", "2", "8"]);
});
