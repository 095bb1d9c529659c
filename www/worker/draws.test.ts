/** What a seed means natively it means in the browser: tests/fixtures/draws.json, which tests/draws.rs writes and is held to. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Engine, loadEngine } from "./engine";

const RUNS = JSON.parse(readFileSync("tests/fixtures/draws.json", "utf8")) as {
  config: { data: { name: string } };
  digest: string;
}[];
let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(Uint8Array.from(readFileSync("pkg/distill_lab_bg.wasm")).buffer, async () =>
    readFileSync("pkg/digits.bin"),
  );
});

test.each(RUNS)("a seed means the same draws in the browser: $config.data.name", ({ config, digest }) => {
  const lab = engine.lab(engine.normalise(null, JSON.stringify(config)));
  while (!lab.run_for(100).done);
  expect(lab.result().digest).toBe(digest);
  lab.free();
});
