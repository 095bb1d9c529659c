/** A lab worker without a thread, on a fake engine: tasks run when the test says so. */
import { FIRST_CONFIG } from "../shared/engine_types";
import type { FromLab, ToLab } from "../shared/protocol";
import { type FakePlan, fakeEngine } from "./fake_engine";
import type { Net } from "./mnist10k";
import { LabRunner } from "./runner";

export type Of<T extends FromLab["type"]> = Extract<FromLab, { type: T }>;

export const CONFIG = FIRST_CONFIG;
export const PLAN: FakePlan = { steps: [3_000, 4_000, 0], cost: () => 0.05 };

/** A change of the config that changes nothing and makes no run. */
export const configure: Omit<Extract<ToLab, { type: "configure" }>, "id"> = {
  type: "configure",
  base: null,
  partials: [],
  lenient: true,
  run: null,
  held: null,
};

export function fakeWorker(plan: FakePlan = PLAN, net?: Net) {
  const engine = fakeEngine(plan);
  const posted: FromLab[] = [];
  const tasks: (() => void)[] = [];
  const runner = new LabRunner(engine, {
    post: (message) => posted.push(structuredClone(message)),
    now: engine.clock.now,
    nextTask: (task) => tasks.push(task),
    ...(net && { net }),
  });
  const all = <T extends FromLab["type"]>(type: T) => posted.filter((m): m is Of<T> => m.type === type);
  return {
    engine,
    posted,
    all,
    send: (message: ToLab) => runner.receive(message),
    /** Runs one task; false when none waits. */
    turn(): boolean {
      const task = tasks.shift();
      task?.();
      return task !== undefined;
    },
    /** Runs tasks until none waits. */
    finish(): void {
      let turns = 0;
      while (this.turn()) if (++turns > 100_000) throw new Error("There is no end of tasks.");
    },
    /** Steps of all points that were posted. */
    steps: () => all("progress").flatMap((m) => [...m.points.step]),
  };
}
