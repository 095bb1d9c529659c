import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "../strings";
import type { ChapterWords } from "./model";
import { directions, parts } from "./model";
import { lessonIn } from "./words";

const english = await lessonIn("en");
const others = await Promise.all(
  Object.keys(LANGUAGES)
    .filter((tag) => tag !== "en")
    .map(lessonIn),
);

/** Every text of a chapter that is plain or has live parts, by where it stands. */
const said = ({ title, predict, run, text, check }: ChapterWords): Record<string, string> => ({
  title,
  "predict.ask": predict.ask,
  "run.label": run.label,
  "check.ask": check.ask,
  "check.why": check.why,
  ...Object.fromEntries(predict.options.map((one, i) => [`predict.options ${i}`, one])),
  ...Object.fromEntries(check.options.map((one, i) => [`check.options ${i}`, one])),
  ...Object.fromEntries(text.map((one, i) => [`text ${i}`, one])),
});
/** What may stand in any language: numbers, signs and letters for numbers, such as `T = 8`. */
const hasWords = (text: string) => /\p{L}{3,}/u.test(text);
/** The ones of `these` that another language leaves as they are. */
const left = (these: Record<string, string>, those: Record<string, string>) =>
  Object.keys(these).filter((at) => hasWords(these[at] ?? "") && these[at] === those[at]);
const live = (text: string) =>
  parts(text)
    .filter(({ kind }) => kind !== "text")
    .map(({ kind, value }) => `${kind}:${value}`)
    .sort();
/** Numbers outside live parts, without what a language puts between their digits; `1/T` and a figure's sign have none. */
const numbers = (text: string) =>
  parts(text)
    .filter(({ kind }) => kind === "text")
    .flatMap(({ value }) => value.match(/\d(?:[.,\u202f]?\d)*/g) ?? [])
    .map((n) => n.replace(/\D/g, ""))
    .sort();

test("every language of the page has the lesson", () => {
  expect(others.map(({ language }) => language)).toEqual(Object.keys(LANGUAGES).filter((tag) => tag !== "en"));
});
test("a regional tag takes its language, one that is not there takes English", async () => {
  expect((await lessonIn("de-AT")).language).toBe("de");
  for (const tag of ["fr", "den", ""]) expect(await lessonIn(tag)).toBe(english);
});

describe.each(others)("in $language", ({ language, chapters, glossary, labels }) => {
  const pairs = chapters.map((chapter, i) => ({
    title: english.chapters[i]?.title,
    chapter,
    first: english.chapters[i],
  }));

  test("there are the same chapters", () => {
    expect(chapters.map(({ id }) => id)).toEqual(english.chapters.map(({ id }) => id));
  });
  describe.each(pairs)("$title", ({ chapter, first }) => {
    if (!first) throw new Error("a chapter too many");
    test("says as much as in English, and no text is left in it", () => {
      expect(Object.keys(said(chapter))).toEqual(Object.keys(said(first)));
      for (const text of Object.values(said(chapter))) expect(text.trim()).not.toBe("");
      expect(left(said(chapter), said(first))).toEqual([]);
    });
    test("does the same, by the same sources", () => {
      const done = ({ id, minutes, run, check, sources }: typeof chapter) => ({
        ...{ id, minutes, run: { ...run, label: "" } },
        ...{ answer: check.answer, sources },
      });
      expect(done(chapter)).toEqual(done(first));
    });
    test("has the same live parts and the same numbers", () => {
      expect(chapter.text.map(live)).toEqual(first.text.map(live));
      expect(chapter.text.map(directions)).toEqual(first.text.map(directions));
      for (const [at, text] of Object.entries(said(first)))
        expect(numbers(said(chapter)[at] ?? ""), at).toEqual(numbers(text));
    });
    test("shows words of the field as its own", () => {
      for (const part of chapter.text.flatMap(parts).filter(({ kind }) => kind === "term")) {
        expect(part.shown, part.value).toBeDefined();
        // A name may be the same, such as a seed's; it is a noun at least, which begins otherwise.
        expect(part.shown, part.value).not.toBe(part.value);
      }
    });
  });
  test("explains every word of the field, and its labels are its own", () => {
    expect(Object.keys(glossary)).toEqual(Object.keys(english.glossary));
    expect(left(glossary, english.glossary)).toEqual([]);
    expect(Object.keys(labels)).toEqual(Object.keys(english.labels));
    expect(left(labels, english.labels)).toEqual([]);
  });
  test("has every formula that holds words in its own", () => {
    const formulas: Record<string, string> = JSON.parse(readFileSync("www/ui/lesson/formulas.json", "utf8"));
    for (const [name, tex] of Object.entries(formulas)) {
      if (!name.includes(" ") && tex.includes("\\text{")) expect(formulas).toHaveProperty([`${name} ${language}`]);
    }
  });
});
