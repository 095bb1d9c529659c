import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Preset } from "../shared/engine_types";
import { LANGUAGES, type Strings, words } from "./strings";

const english = (await words("en")).texts;
const others = Object.keys(LANGUAGES).filter((tag) => tag !== "en");

test("there is a second language, and it is another one", async () => {
  expect(others).toContain("de");
  for (const tag of others) expect((await words(tag)).texts.title).not.toBe(english.title);
});

test("a text stands in one area alone", () => {
  const areas = import.meta.glob<Record<string, object>>("./strings/en/*.ts", { eager: true });
  const names = Object.values(areas).flatMap((area) => Object.values(area).flatMap((texts) => Object.keys(texts)));
  expect(names.sort()).toEqual(Object.keys(english).sort());
});

test.each(others)("%s has every text that English has, and no other", async (tag) => {
  const { texts } = await words(tag);
  expect(Object.keys(texts)).toEqual(Object.keys(english));
  const empty = Object.entries(texts).filter(([, text]) => text.trim() === "");
  expect(empty).toEqual([]);
  // Formulas and names may be the same; sentences are not.
  const same = Object.keys(english).filter((key) => {
    const text = english[key as keyof Strings];
    return text.split(" ").length > 3 && texts[key as keyof Strings] === text;
  });
  expect(same).toEqual([]);
});

test("a regional tag takes its language, one that is not there takes English", async () => {
  expect((await words("de-AT")).texts).toBe((await words("de")).texts);
  for (const tag of ["fr", "den", undefined]) expect((await words(tag)).texts).toBe(english);
});

/** Numbers of a text, without what a language puts between their digits. */
const numbers = (text: string): string[] => (text.match(/\d[\d.,]*/g) ?? []).map((n) => n.replace(/\D/g, "")).sort();

test.each(others)("%s has every preset and field of the engine, with the same numbers", async (tag) => {
  const { engine } = await words(tag);
  const folder = "src/config/presets";
  const presets = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Preset);
  expect(Object.keys(engine.presets).sort()).toEqual(presets.map(({ name }) => name).sort());
  for (const { name, title, why, longer } of presets) {
    expect(engine.presets[name]?.longer, name).not.toBe(longer);
    expect(numbers(engine.presets[name]?.longer ?? ""), name).toEqual(numbers(longer));
    expect(engine.presets[name]?.title).not.toBe(title);
    expect(numbers(engine.presets[name]?.why ?? ""), name).toEqual(numbers(why));
  }
  // The document is generated from the engine.
  const [documented = ""] = readFileSync("docs/config.md", "utf8").split("## Data sets");
  const rows = [...documented.matchAll(/^\| `([a-z][\w.]*)` \|.*\| ([^|]+) \|$/gm)];
  const fields = rows.map(([, path = "", doc = ""]) => ({ path, doc }));
  expect(fields.length).toBeGreaterThan(40);
  expect(Object.keys(engine.fields).sort()).toEqual(fields.map(({ path }) => path).sort());
  for (const { path, doc } of fields) {
    expect(engine.fields[path]).not.toBe(doc);
    expect(numbers(engine.fields[path] ?? ""), path).toEqual(numbers(doc));
  }
});
