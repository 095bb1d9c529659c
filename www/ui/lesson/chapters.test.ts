import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CHAPTERS } from "./chapters";
import { FIGURES } from "./figures";
import { GLOSSARY } from "./glossary";
import { directions, parts } from "./model";

const folder = "src/config/presets";
const claims = new Set(
  Object.entries(FIGURES).flatMap(([preset, figures]) => figures.map(({ label }) => `${preset}/${label}`)),
);
const presets = new Set<string>();
for (const file of readdirSync(folder).filter((f) => f.endsWith(".json"))) {
  const preset = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
  presets.add(preset.name);
}
const formulas = JSON.parse(readFileSync("www/ui/lesson/formulas.json", "utf8"));

describe.each(CHAPTERS)("chapter $id, $title", (chapter) => {
  const live = chapter.text.flatMap(parts);

  test("claims nothing that the effects test does not measure", () => {
    for (const part of live.filter((p) => p.kind === "claim")) expect(claims, part.value).toContain(part.value);
  });
  test("uses words and formulas that are explained", () => {
    for (const part of live.filter((p) => p.kind === "term")) expect(GLOSSARY).toHaveProperty([part.value]);
    for (const part of live.filter((p) => p.kind === "math")) expect(formulas).toHaveProperty([part.value]);
  });
  test("runs a preset that exists, and its check has the answer it says", () => {
    expect(presets).toContain(chapter.run.set.preset);
    expect(chapter.check.options[chapter.check.answer]).toBeDefined();
    expect(chapter.predict.options.length).toBeGreaterThan(2);
  });
});

interface Sentence {
  id: string;
  now: string;
  tenfold: string;
}
const sentences: Sentence[] = JSON.parse(readFileSync("tests/effects/sentences.json", "utf8"));

test("every direction that is said is measured, and every one that is measured is said", () => {
  const said = CHAPTERS.flatMap(({ text }) => text.flatMap(directions));
  expect([...new Set(said)].sort()).toEqual(sentences.map(({ id }) => id).sort());
});
test("the teacher's kit says no direction that is not measured, and names the steps of those that more steps turn", () => {
  const kit = readFileSync("scripts/teaching/teaching.md", "utf8").split("\n");
  const turned = new Set(sentences.filter(({ now, tenfold }) => now !== tenfold).map(({ id }) => id));
  for (const line of kit) {
    for (const [, id = ""] of line.matchAll(/<!-- says: ([\w-]+) -->/g)) {
      expect(sentences.map((one) => one.id)).toContain(id);
      if (turned.has(id)) expect(line).toMatch(/\d steps|,000/);
    }
  }
});
test("a text whose direction a run of ten times the steps turns names its steps", () => {
  const turned = new Set(sentences.filter(({ now, tenfold }) => now !== tenfold).map(({ id }) => id));
  for (const text of CHAPTERS.flatMap((chapter) => chapter.text)) {
    if (directions(text).some((id) => turned.has(id))) expect(text).toMatch(/\d steps/);
  }
});

test("a term stands as the sentence has it", () => {
  expect(parts("{term:soft targets|weichen Zielen}")).toEqual([
    { kind: "term", value: "soft targets", shown: "weichen Zielen" },
  ]);
});
test("a direction shows nothing", () => {
  expect(parts("It gains{says:some-gain}.")).toEqual([{ kind: "text", value: "It gains." }]);
  expect(directions("It gains{says:some-gain}, and loses{says:other}.")).toEqual(["some-gain", "other"]);
});
test("a text is cut at its live parts and nowhere else", () => {
  expect(parts("a {term:seed} {b} {claim:x/y, z}.")).toEqual([
    { kind: "text", value: "a " },
    { kind: "term", value: "seed" },
    { kind: "text", value: " {b} " },
    { kind: "claim", value: "x/y, z" },
    { kind: "text", value: "." },
  ]);
});
