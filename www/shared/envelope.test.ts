import fc from "fast-check";
import { expect, test } from "vitest";
import { readEnvelope } from "./envelope";

test("takes the contract's envelope, with or without arguments", () => {
  expect(readEnvelope({ "distill-lab": 1, id: 7, call: "run" })).toEqual({ id: 7, call: "run", args: [] });
  const args = [{ distillation: { temperature: 4 } }];
  expect(readEnvelope({ "distill-lab": 1, id: "a", call: "configure", args })?.args).toEqual(args);
});

test("ignores what is too large, circular, deep, or no plain data", () => {
  const circular: unknown[] = [];
  circular.push(circular);
  const many = Array.from({ length: 1e6 }, () => 0);
  for (const arg of [circular, "x".repeat(1e5), many, new Map(), new Uint8Array(4), new Date()]) {
    expect(readEnvelope({ "distill-lab": 1, id: 1, call: "run", args: [arg] })).toBeNull();
  }
});

test("a hundred thousand random messages are ignored, quickly and without throwing", () => {
  const near = fc.record(
    { "distill-lab": fc.constantFrom(1, 2, "1"), id: fc.anything(), call: fc.anything(), args: fc.anything() },
    { requiredKeys: [] },
  );
  const messages = fc.sample(fc.oneof(fc.anything(), near), 2_000);
  for (let round = 0; round < 50; round++) {
    for (const message of messages) {
      const envelope = readEnvelope(message);
      if (envelope !== null) expect((message as Record<string, unknown>)["distill-lab"]).toBe(1);
    }
  }
});
