/**
 * Links that were handed out, kept in tests/fixtures/links.json with what they opened when they were: they open it still. A
 * field that came later has whatever its preset gives it; a field that was there keeps its value.
 */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { parseAddress } from "../shared/address";
import { toConfigText } from "../shared/json";
import type { Config } from "../shared/engine_types";
import { unpacked } from "../shared/short_link";
import type { ViewSettings } from "../shared/view";
import { type Engine, loadEngine } from "./engine";
import { layOver } from "./lay_over";

interface Link {
  /** The version that handed it out. */
  version: string;
  /** Why it is kept. */
  what: string;
  search: string;
  hash: string;
  config: Config;
  view: Partial<ViewSettings>;
}

const LINKS = JSON.parse(readFileSync("tests/fixtures/links.json", "utf8")) as Link[];
let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(Uint8Array.from(readFileSync("pkg/distill_lab_bg.wasm")).buffer, async () =>
    readFileSync("pkg/digits.bin"),
  );
});

test.each(LINKS)("$version: $what", async ({ search, hash, config, view }) => {
  const address = await unpacked(parseAddress(search, hash));
  const laid = layOver(
    engine.normalise,
    null,
    address.parameters.map(({ partial }) => toConfigText(partial)),
  );
  expect([...address.problems, ...laid.problems.filter((problem) => problem !== null)]).toEqual([]);
  expect(laid.config).toMatchObject(config);
  expect(address.view).toMatchObject(view);
});
