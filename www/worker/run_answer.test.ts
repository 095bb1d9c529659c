import { beforeEach, expect, test } from "vitest";
import { FakeLab } from "./fake_engine";
import { CONFIG, fakeWorker, type Of } from "./fake_worker";

beforeEach(() => {
  FakeLab.alive = 0;
});

test("the last step is told while the run stands, the next one while it goes on", () => {
  const w = fakeWorker();
  const step = (id: number) => {
    w.send({ type: "ask", run: 1, id, query: { kind: "record", alone: false, layer: 1 } });
    return ((w.posted.at(-1) as Of<"answer">).value as { step: number } | null)?.step ?? null;
  };
  w.send({ type: "prepare", run: 1, config: CONFIG });
  expect(step(1)).toBeNull();
  w.send({ type: "step", run: 1, id: 2, n: 40 });
  w.finish();
  expect(step(3)).toBe(40);
  w.send({ type: "resume", run: 1 });
  w.turn();
  expect(step(4)).toBe((w.engine.labs[0]?.steps_done() ?? 0) + 1);
});

test("kept logits answer after a change of T, until the new run begins", () => {
  const w = fakeWorker();
  const sample = (id: number, run: number) => {
    w.send({ type: "ask", run, id, query: { kind: "sample", set: "test", index: 3, temperature: 4 } });
    return (w.posted.at(-1) as Of<"answer">).value as unknown as { trained: number };
  };
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "step", run: 1, id: 1, n: 500 });
  w.finish();
  const warmer = { ...CONFIG, distillation: { ...CONFIG.distillation, temperature: 4 } };
  for (const run of [2, 3]) {
    w.send({ type: "prepare", run, config: warmer });
    expect(sample(10 + run, run).trained).toBe(500);
    // Its steps were another run's.
    w.send({ type: "ask", run, id: 30 + run, query: { kind: "record", alone: false, layer: 1 } });
    expect((w.posted.at(-1) as Of<"answer">).value).toBeNull();
    expect(FakeLab.alive).toBe(2);
  }
  w.send({ type: "step", run: 3, id: 2, n: 1 });
  w.finish();
  expect(sample(20, 3).trained).toBe(1);
  expect(FakeLab.alive).toBe(1);
  w.send({ type: "prepare", run: 4, config: { ...CONFIG, seed: 2 } });
  expect(sample(21, 4).trained).toBe(0);
  expect(FakeLab.alive).toBe(1);
});

test("a question with a bad input is refused and harms nothing", () => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "ask", run: 1, id: 1, query: { kind: "predict", input: [1, 2, 3] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { path: "input" } });
  w.send({ type: "ask", run: 1, id: 2, query: { kind: "predict", input: [1, 2] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "answer", id: 2, value: { teacher: [1, 0] } });
});

test.each<[unknown, string]>([
  [undefined, "input"],
  [null, "input"],
  ["12", "input"],
  [{ 0: 1, 1: 2 }, "input"],
  [["1", 2], "input.0"],
  [[1, null], "input.1"],
  [[1, undefined], "input.1"],
  [[true, 2], "input.0"],
])("an input of %j is taken for no numbers, but refused by its place", (input, path) => {
  const w = fakeWorker();
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "ask", run: 1, id: 1, query: { kind: "predict", input: input as number[] } });
  expect(w.posted.at(-1)).toMatchObject({ type: "refused", id: 1, error: { code: "wrong_type", path } });
});

test("a finished run is given as files, an unfinished one is asked of the engine too; scripts need no run", () => {
  const w = fakeWorker();
  const template = { main: "import keras", data: "", process: "", own: {} };
  w.send({
    type: "script",
    id: 1,
    request: { config: CONFIG, link: "there", template, notebook: true, recipe: null },
  });
  expect(w.all("scripted")).toEqual([{ type: "scripted", id: 1, text: "import keras there true 1" }]);
  w.send({ type: "ask", run: 0, id: 2, query: { kind: "export", format: "csv" } });
  expect(w.all("refused").map((m) => m.id)).toEqual([2]);
  w.send({ type: "prepare", run: 1, config: CONFIG });
  w.send({ type: "resume", run: 1 });
  w.finish();
  for (const [i, format] of (["csv", "json", "safetensors"] as const).entries()) {
    w.send({ type: "ask", run: 1, id: 10 + i, query: { kind: "export", format } });
  }
  const [csv, json, weights] = w.all("answer").map((m) => m.value);
  expect(csv).toBe("model,step\n");
  expect(JSON.parse(String(json))).toMatchObject({ digest: "after 7000" });
  expect(weights).toEqual(Uint8Array.of(1, 2, 3));
});
