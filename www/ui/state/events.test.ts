import { expect, test, vi } from "vitest";
import type { LabEvent, LabEvents } from "../../shared/page_api";
import { Emitter } from "./events";
import { FIRST_CONFIG } from "../../shared/engine_types";

test("what a handler writes into its detail neither the lab nor another handler sees", () => {
  const emitter = new Emitter();
  const config = structuredClone(FIRST_CONFIG);
  const seen: LabEvents["configchange"][] = [];
  emitter.on("configchange", (detail) => {
    detail.distillation.temperature = 99;
    detail.student.hidden.push(7);
  });
  emitter.on("configchange", (detail) => void seen.push(detail));
  emitter.emit("configchange", config);
  expect(seen).toEqual([FIRST_CONFIG]);
  expect(config).toEqual(FIRST_CONFIG);
});

test("copies nothing where nobody listens", () => {
  const copy = vi.spyOn(globalThis, "structuredClone");
  const emitter = new Emitter();
  emitter.on("status", () => undefined)();
  emitter.emit("status", { state: "idle", phase: "teacher", step: 0, steps: 1 });
  expect(copy).not.toHaveBeenCalled();
  copy.mockRestore();
});

test("refuses events that there are not, and what is no handler", () => {
  const emitter = new Emitter();
  const on = (event: unknown, handler: unknown) => () => emitter.on(event as LabEvent, handler as () => void);
  expect(on("nosuch", () => undefined)).toThrow(expect.objectContaining({ code: "unknown_event", path: "event" }));
  expect(on("nosuch", () => undefined)).toThrow('event: got "nosuch"; allowed: one of status, progress, result');
  expect(on("status", 5)).toThrow(expect.objectContaining({ code: "wrong_type", path: "handler" }));
});
