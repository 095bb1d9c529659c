import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FIRST_CONFIG, type StageView } from "../shared/engine_types";
import type { DistillError } from "../shared/errors";
import type { FromStage, ShowStage, ToStage } from "../shared/stage_protocol";
import { StageBridge, type Showing, type StageWorker, type Told } from "./stage_bridge";

class FakeWorker implements StageWorker {
  onmessage: StageWorker["onmessage"] = null;
  onerror: StageWorker["onerror"] = null;
  onmessageerror: StageWorker["onmessageerror"] = null;
  readonly heard: ToStage[] = [];
  ended = false;
  postMessage(message: ToStage): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(message: FromStage): void {
    this.onmessage?.({ data: message } as MessageEvent<FromStage>);
  }
  get shows(): ShowStage[] {
    return this.heard.filter((message) => message.type === "show");
  }
  /** Answers what was asked last. */
  show(): void {
    const { ticket, step } = this.shows.at(-1) as ShowStage;
    this.say({ type: "shown", ticket, key: "", step, trains: "all", ms: 1, view: { step } as StageView });
  }
}

const at = (step: number): Showing => ({
  config: FIRST_CONFIG,
  step,
  sample: { set: "test", index: 0 },
  temperature: 4,
  units: 8,
  data: [],
});

let workers: FakeWorker[] = [];
let told: [Told["type"], number][] = [];
let refused: [string, number][] = [];
let bridge: StageBridge;
const worker = (): FakeWorker => workers.at(-1) as FakeWorker;

beforeEach(() => {
  vi.useFakeTimers();
  [workers, told, refused] = [[], [], []];
  bridge = new StageBridge({
    create: () => {
      const made = new FakeWorker();
      workers.push(made);
      return made;
    },
    engine: () => "engine.wasm",
    onTold: ({ type }, { step }) => told.push([type, step]),
    onRefused: ({ code }: DistillError, { step }) => refused.push([code, step]),
  });
});
afterEach(() => {
  bridge.close();
  vi.useRealTimers();
});

test("of questions that come while one is answered only the newest is asked", () => {
  for (const step of [1, 2, 3, 4]) bridge.show(at(step));
  expect(worker().shows.map(({ step }) => step)).toEqual([1]);
  worker().show();
  expect(worker().shows.map(({ step }) => step)).toEqual([1, 4]);
  worker().show();
  expect(told).toEqual([
    ["shown", 1],
    ["shown", 4],
  ]);
  expect(bridge.busy).toBe(false);
});

test("an answer that takes long is given up for the newest question, and is never shown", () => {
  bridge.show(at(1));
  bridge.show(at(2));
  vi.advanceTimersByTime(200);
  expect(worker().shows.map(({ step }) => step)).toEqual([1, 2]);
  const [first, second] = worker().shows as [ShowStage, ShowStage];
  expect(second.ticket).toBeGreaterThan(first.ticket);
  worker().say({
    type: "refused",
    ticket: first.ticket,
    id: null,
    error: { code: "cancelled", path: "", message: "" },
  });
  expect([told, refused]).toEqual([[], []]);
  worker().show();
  expect(told).toEqual([["shown", 2]]);
});

test("what follows a picture holds the next question up no more", () => {
  bridge.show({ ...at(1), choice: true });
  worker().show();
  expect(bridge.busy).toBe(false);
  bridge.show(at(2));
  expect(worker().shows).toHaveLength(2);
  const [first] = worker().shows as [ShowStage];
  worker().say({ type: "choice", ticket: first.ticket, key: "", choice: { opening: 0, exam: [], taught: [] } });
  worker().show();
  expect(told).toEqual([
    ["shown", 1],
    ["shown", 2],
  ]);
});

test("a worker that dies is replaced and asked again; one that keeps dying is said", () => {
  bridge.show(at(7));
  worker().onerror?.({ message: "gone" } as ErrorEvent);
  expect(workers).toHaveLength(2);
  expect(worker().shows.map(({ step }) => step)).toEqual([7]);
  worker().onerror?.({ message: "gone" } as ErrorEvent);
  expect(refused).toEqual([]);
  worker().onerror?.({ message: "gone" } as ErrorEvent);
  expect(refused).toEqual([["worker_lost", 7]]);
  expect(workers.every(({ ended }) => ended)).toBe(true);
  // Asked once more, it starts from the beginning.
  bridge.show(at(8));
  worker().show();
  expect(told).toEqual([["shown", 8]]);
});

test("a refused question leaves the worker alive for the next one", () => {
  bridge.show(at(1));
  const [first] = worker().shows as [ShowStage];
  worker().say({
    type: "refused",
    ticket: first.ticket,
    id: null,
    error: { code: "out_of_range", path: "seed", message: "" },
  });
  expect(refused).toEqual([["out_of_range", 1]]);
  bridge.show(at(2));
  worker().show();
  expect(workers).toHaveLength(1);
  expect(told).toEqual([["shown", 2]]);
});
