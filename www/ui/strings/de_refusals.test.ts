import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inEnglish, type PageAllowed } from "../../shared/allowed";
import { type DistillError, LabError, refused } from "../../shared/errors";
import { refusalInGerman } from "./de_refusals";

/** One of each kind that the engine knows; a test in Rust writes and holds them. */
const ENGINE = JSON.parse(readFileSync("tests/fixtures/refusals.json", "utf8")) as DistillError[];

/** One of each kind that the page knows: one that is left out does not compile. */
const PAGE: { [K in PageAllowed["kind"]]: Extract<PageAllowed, { kind: K }> } = {
  plain: { kind: "plain" },
  model: { kind: "model" },
  parts: { kind: "parts", max: 65_536 },
  depth: { kind: "depth", max: 8 },
  function: { kind: "function" },
  any_number: { kind: "any_number" },
  feature_numbers: { kind: "feature_numbers" },
  value_lists: { kind: "value_lists" },
  ask: { kind: "ask", keys: ["over", "values"] },
  trainings: { kind: "trainings", seeds: 3, points: 4, max: 10 },
  seeds: { kind: "seeds", max: 10_000 },
  each_seed_once: { kind: "each_seed_once" },
  seeds_from: { kind: "seeds_from", first: 7, max: 9 },
  result: { kind: "result" },
  saved: { kind: "saved", part: "engine_version" },
  parameter: { kind: "parameter", meant: "T" },
  words: { kind: "words", words: ["teacher", "student_alone"] },
  language: { kind: "language", languages: ["en", "de"] },
  over: { kind: "over" },
  sweep_values: { kind: "sweep_values", example: "1..64 x7 log" },
  link_form: { kind: "link_form", form: 1 },
  newer_browser: { kind: "newer_browser" },
  whole_link: { kind: "whole_link" },
};

const ENGLISH = /\b(got|allowed|at most|the|of|or|and|with|numbers?|list)\b/;

test.each([...ENGINE, ...Object.values(PAGE).map((allowed) => refused("out_of_range", "x", 12, allowed).toJSON())])(
  "German knows: $message",
  (error) => {
    const { allowed } = error;
    const german = refusalInGerman(error);
    expect(german).not.toBe(error.message);
    // Paths, and a reader's reason, stay in their own words.
    const own = german.replace(error.path, "");
    expect(allowed?.kind === "json" ? own.replace(allowed.why, "") : own).not.toMatch(ENGLISH);
    expect(german).not.toMatch(/undefined|null|\[object/);
  },
);

test.each([
  [
    "distillation.temperature: got 0.05; allowed: a number from 0.1 to 100",
    "distillation.temperature: gegeben 0,05; erlaubt: eine Zahl von 0,1 bis 100",
  ],
  [
    'seed: got "1.5 x"; allowed: a whole number from 0 to 99',
    'seed: gegeben "1.5 x"; erlaubt: eine ganze Zahl von 0 bis 99',
  ],
  ["values: got 201 values; allowed: 1 to 200", "values: gegeben 201 Werte; erlaubt: 1 bis 200"],
  [
    "transfer.labelled: got 90; allowed: at most 50 (transfer.size)",
    "transfer.labelled: gegeben 90; erlaubt: höchstens 50 (transfer.size)",
  ],
  [
    "student.hidden: got a network of 9000000 parameters; allowed: at most 4000000",
    "student.hidden: gegeben ein Netz mit 9000000 Parametern; erlaubt: höchstens 4000000",
  ],
  [
    "data.points.2: got [0,2.5,1]; allowed: x and y from -1.25 to 1.25",
    "data.points.2: gegeben [0; 2,5; 1]; erlaubt: x und y von -1,25 bis 1,25",
  ],
  [
    "transfer.omit_classes: got [1,1]; allowed: each class once, and at most 9 of the 10",
    "transfer.omit_classes: gegeben [1; 1]; erlaubt: jede Klasse einmal und höchstens 9 der 10",
  ],
])("%s", (english, german) => {
  const error = ENGINE.find(({ message }) => message === english);
  expect(error && refusalInGerman(error)).toBe(german);
});

test("an error of which no value is to blame stays as it says it", () => {
  const error = { code: "panic", path: "", message: "The engine stopped unexpectedly: x" };
  expect(refusalInGerman(error)).toBe(error.message);
});

test("a refusal says in German what it says in English after any way between windows", () => {
  const error = refused("wrong_type", "seeds", [1, 2, 3, 4, 5, { six: 6 }], PAGE.seeds);
  const sent = JSON.parse(JSON.stringify(error)) as DistillError;
  expect(refusalInGerman(new LabError(sent))).toBe(refusalInGerman(error));
  expect(refusalInGerman(error)).toContain('gegeben [1; 2; 3; 4; "..."]; erlaubt');
});

test("what the page refuses as the engine does it says in the engine's English", () => {
  const common = ["integer", "number", "choice", "object", "keys", "json", "count", "results", "axes"] as const;
  const theirs = ENGINE.filter(({ allowed }) => common.some((kind) => kind === allowed?.kind));
  // Of numbers of things the page counts only bytes and values.
  const counted = ({ allowed }: DistillError) => allowed?.kind !== "count" || ["bytes", "values"].includes(allowed.of);
  for (const { path, got, allowed, message } of theirs.filter(counted)) {
    expect(inEnglish(path, got, allowed as Parameters<typeof inEnglish>[2])).toBe(message);
  }
});
