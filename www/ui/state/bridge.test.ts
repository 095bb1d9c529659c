import { expect, test } from "vitest";
import { type DataInfo, FIRST_CONFIG, type Query, type Result } from "../../shared/engine_types";
import type { FromLab, SuppliedData, ToLab } from "../../shared/protocol";
import { LabBridge, type Question, type Replay } from "./bridge";

const prepare = { type: "prepare", run: 3, config: FIRST_CONFIG } as const;
const at3 = { run: 3, config: FIRST_CONFIG };

/** A bridge over workers that say only what the test has them say. */
function made(replay: Replay | null, asleep = false, supplied: SuppliedData[] = []) {
  const workers: { sent: ToLab[]; ended: boolean; says(message: FromLab): void }[] = [];
  const heard: string[] = [];
  const bridge = new LabBridge({
    create: () => {
      const worker = {
        sent: [] as ToLab[],
        ended: false,
        onmessage: null as ((event: MessageEvent<FromLab>) => void) | null,
        onerror: null,
        onmessageerror: null,
        postMessage: (message: ToLab) => void worker.sent.push(message),
        terminate: () => void (worker.ended = true),
        says: (message: FromLab) => worker.onmessage?.({ data: message } as MessageEvent<FromLab>),
      };
      workers.push(worker);
      return worker;
    },
    engine: "engine",
    onMessage: ({ type }) => void heard.push(type),
    onCrash: () => void heard.push("crash"),
    replay: () => replay,
    supplied: () => supplied,
    asleep,
  });
  const sent = (k: number) => workers[k]?.sent.map(({ type }) => type);
  return { bridge, workers, heard, sent };
}

test("asleep there is no worker until something is sent", () => {
  const { bridge, workers, sent } = made(null, true);
  expect([workers.length, bridge.alive]).toEqual([0, true]);
  bridge.send(prepare);
  expect(sent(0)).toEqual(["init", "prepare"]);
});

test("does not sleep while someone waits for an answer", async () => {
  const { bridge, workers } = made(null);
  const reply = bridge.ask({ type: "freshSeed" });
  expect(bridge.sleep()).toBe(false);
  workers[0]?.says({ type: "freshSeed", id: 1, seed: 5 });
  await expect(reply).resolves.toMatchObject({ seed: 5 });
  expect(bridge.sleep()).toBe(true);
  expect(workers[0]?.ended).toBe(true);
});

test("a run that was over is run again unheard, and what is asked meanwhile is asked at its end", () => {
  const { bridge, workers, heard, sent } = made({ ...at3, steps: null });
  bridge.sleep();
  void bridge.ask({ type: "ask", run: 3, query: { kind: "points" } }).catch(() => undefined);
  expect(sent(1)).toEqual(["init", "prepare", "resume"]);
  workers[1]?.says({ type: "state", run: 3, state: "running" });
  workers[1]?.says({ type: "done", run: 3, result: {} as Result });
  expect(heard).toEqual([]);
  expect(sent(1)).toEqual(["init", "prepare", "resume", "ask"]);
  workers[1]?.says({ type: "state", run: 3, state: "paused" });
  expect(heard).toEqual(["state"]);
});

test("a run that stood still is stepped to where it stood before it goes on", async () => {
  const { bridge, workers, heard, sent } = made({ ...at3, steps: 40 });
  bridge.sleep();
  bridge.send({ type: "resume", run: 3 });
  expect(sent(1)).toEqual(["init", "prepare", "step"]);
  expect(workers[1]?.sent[2]).toMatchObject({ run: 3, n: 40 });
  expect(bridge.sleep()).toBe(false);
  workers[1]?.says({ type: "state", run: 3, state: "paused" });
  workers[1]?.says({ type: "stepped", id: 1 });
  await expect.poll(() => sent(1)).toEqual(["init", "prepare", "step", "resume"]);
  expect(heard).toEqual([]);
});

const found: FromLab = { type: "prepared", run: 4, data: {} as DataInfo, steps: 9 };

test("a run that was shown before is run again unheard; what is not about it need not wait", () => {
  const { bridge, workers, heard, sent } = made(null);
  bridge.replay({ ...at3, steps: null });
  void bridge.ask({ type: "freshSeed" }).catch(() => undefined);
  void bridge.ask({ type: "ask", run: 3, query: { kind: "points" } }).catch(() => undefined);
  expect(sent(0)).toEqual(["init", "prepare", "resume", "freshSeed"]);
  workers[0]?.says({ type: "done", run: 3, result: {} as Result });
  expect(sent(0)?.at(-1)).toBe("ask");
  expect(heard).toEqual([]);
});

test("a sample that is asked for at once is answered before the run begins again, and nothing else is", async () => {
  const { bridge, workers, sent } = made(null);
  const ask = (query: Query) => void bridge.ask({ type: "ask", run: 3, query }).catch(() => undefined);
  const ended = bridge.replay({ ...at3, steps: null }, true);
  ask({ kind: "predict", input: [] });
  ask({ kind: "sample", set: "test", index: 0, temperature: 1 });
  expect(sent(0)).toEqual(["init", "prepare", "ask"]);
  // Timers of one length go off in order.
  await new Promise((next) => setTimeout(next));
  expect(sent(0)).toEqual(["init", "prepare", "ask", "resume"]);
  expect(workers[0]?.sent[2]).toMatchObject({ query: { kind: "sample" } });
  ask({ kind: "sample", set: "test", index: 1, temperature: 1 });
  expect(sent(0)).toHaveLength(4);
  workers[0]?.says({ type: "done", run: 3, result: {} as Result });
  await ended;
  expect(sent(0)?.slice(4)).toEqual(["ask", "ask"]);
});

test("another run ends a replay: that one is heard, and the end of the one before is not taken for a later one's", async () => {
  const { bridge, workers, heard, sent } = made(null);
  bridge.replay({ ...at3, steps: 40 });
  bridge.send({ ...prepare, run: 4 });
  bridge.send({ type: "resume", run: 4 });
  expect(sent(0)?.slice(-2)).toEqual(["prepare", "resume"]);
  workers[0]?.says(found);
  expect(heard).toEqual(["prepared"]);
  bridge.replay({ ...at3, run: 5, steps: null });
  bridge.send({ type: "pause", run: 5 });
  workers[0]?.says({ type: "refused", id: 1, error: { code: "cancelled", path: "", message: "" } });
  // The caller that waited for the steps of the first replay has heard of it.
  await new Promise((heard) => setTimeout(heard));
  workers[0]?.says({ type: "done", run: 3, result: {} as Result });
  expect(sent(0)?.slice(-2)).toEqual(["prepare", "resume"]);
  workers[0]?.says({ type: "done", run: 5, result: {} as Result });
  expect(sent(0)?.slice(-2)).toEqual(["resume", "pause"]);
});

test("a config that makes another run ends a replay, one that is refused does not", async () => {
  const { bridge, workers, heard } = made(null);
  const ended = bridge.replay({ run: 3, config: null, steps: null });
  const question: Question = { type: "configure", base: null, partials: [], lenient: false, run: 4, held: null };
  const refused = bridge.ask(question).catch(() => undefined);
  workers[0]?.says({ type: "refused", id: 1, error: { code: "unknown_key", path: "nope", message: "" } });
  await refused;
  workers[0]?.says({ type: "state", run: 3, state: "running" });
  expect(heard).toEqual([]);
  void bridge.ask(question);
  workers[0]?.says({ type: "configured", id: 2, config: FIRST_CONFIG, problems: [], run: 4 });
  await ended;
  workers[0]?.says(found);
  expect(heard).toEqual(["prepared"]);
});

test("a worker that dies in a replay tells those who wait, and the next one is sent what comes after", async () => {
  const { bridge, workers, heard, sent } = made({ ...at3, steps: 40 });
  bridge.sleep();
  const asked = bridge.ask({ type: "freshSeed" });
  workers[1]?.says({ type: "failed", run: 3, error: { code: "panic", path: "", message: "panic" } });
  await expect(asked).rejects.toMatchObject({ code: "panic" });
  expect(heard).toEqual(["crash"]);
  bridge.send(prepare);
  expect(sent(2)).toEqual(["init", "prepare"]);
});

test("every worker has the page's data from its beginning, whatever it is to do next", () => {
  const data: SuppliedData[] = [];
  const { bridge, workers } = made({ ...at3, steps: 5 }, false, data);
  data.push({ hash: "of the data" } as SuppliedData);
  bridge.sleep();
  bridge.send({ type: "pause", run: 3 });
  expect(workers.map(({ sent }) => sent[0])).toMatchObject([{ type: "init" }, { type: "init", supplied: data }]);
  expect(workers[1]?.sent[1]).toEqual(prepare);
});

test("whoever leaves a question has the worker told, and not after its answer", async () => {
  const { bridge, workers, sent } = made(null);
  const leave = new AbortController();
  const reply = bridge.ask({ type: "fetch", config: FIRST_CONFIG }, leave.signal);
  const answered = bridge.ask({ type: "freshSeed" }, leave.signal);
  workers[0]?.says({ type: "freshSeed", id: 2, seed: 5 });
  await answered;
  leave.abort();
  expect(sent(0)).toEqual(["init", "fetch", "freshSeed", "forget"]);
  expect(workers[0]?.sent.at(-1)).toEqual({ type: "forget", asked: 1 });
  workers[0]?.says({ type: "refused", id: 1, error: { code: "cancelled", path: "", message: "" } });
  await expect(reply).rejects.toMatchObject({ code: "cancelled" });
});
