import { expect, test } from "vitest";
import { LANGUAGES, strings, type Strings } from "./strings";

const english = await strings("en");
const others = Object.keys(LANGUAGES).filter((tag) => tag !== "en");

test("there is a second language, and it is another one", async () => {
  expect(others).toContain("de");
  for (const tag of others) expect((await strings(tag)).title).not.toBe(english.title);
});

test.each(others)("%s has every text that English has, and no other", async (tag) => {
  const texts = await strings(tag);
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
  expect(await strings("de-AT")).toBe(await strings("de"));
  for (const tag of ["fr", "den", undefined]) expect(await strings(tag)).toBe(english);
});
