import { expect, test } from "vitest";
import { LabError, refused, toDistillError } from "./errors";
import { inConfig, readSaved } from "./saved";

const RUN = { config: { seed: 3 }, digest: "0123456789abcdef", engine_version: "0.1.0", teacher: {} };
const told = (value: unknown): string => {
  try {
    readSaved(typeof value === "string" ? value : JSON.stringify(value));
  } catch (thrown) {
    const { path, message } = toDistillError(thrown);
    return `${path} | ${message}`;
  }
  return "read";
};

test("a run gives back its config, digest and version", () => {
  expect(readSaved(JSON.stringify(RUN))).toEqual({
    config: { seed: 3 },
    digest: "0123456789abcdef",
    engineVersion: "0.1.0",
  });
});

test.each([
  ["a list", [RUN], /^run \| run: got .*; allowed: one JSON object/],
  ["nothing", "", /^run \| run: not JSON: .*line 1 column 1/],
  ["no digest", { ...RUN, digest: undefined }, /^digest \| digest: got nothing; allowed: 16 hexadecimal digits/],
  ["a damaged digest", { ...RUN, digest: "0123456789abcdeg" }, /^digest \| digest: got "0123456789abcdeg"/],
  ["no config", { ...RUN, config: null }, /^config \| config: got null; allowed: the run's config/],
  ["a version that is a number", { ...RUN, engine_version: 1 }, /^engine_version \| engine_version: got 1/],
  ["many runs", { config: {}, runs: [RUN] }, /^runs \| runs: got .*an item of this list/],
])("%s is named, with its place", (_, value, message) => {
  expect(told(value)).toMatch(message);
});

test("a text cut short is placed by line and column", () => {
  const text = JSON.stringify(RUN, null, 2);
  expect(told(text.slice(0, text.indexOf("digest") + 9))).toMatch(/line 5 column \d+/);
});

test("the engine's word on a config gets its place in the file", () => {
  const error = new LabError({ code: "out_of_range", path: "seed", message: "seed: got -1; allowed: ..." });
  expect(inConfig(error)).toMatchObject({ path: "config.seed", message: "config.seed: got -1; allowed: ..." });
  const refusal = refused("out_of_range", "seed", -1, { kind: "integer", min: 0, max: 9 });
  expect(inConfig(refusal)).toMatchObject({
    path: "config.seed",
    got: -1,
    allowed: { kind: "integer", min: 0, max: 9 },
  });
});
