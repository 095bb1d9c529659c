/** What is shown where scripts are off: the page's own words, and figures that `npm run test:teaching` holds the engine to. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "./ui/strings/en";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const still = /<noscript>([\s\S]*)<\/noscript>/.exec(read("../index.html"))?.[1]?.replaceAll(/\s+/g, " ") ?? "";

test("the page without scripts says what the page says, in a still picture with the engine's figures and a link", () => {
  expect(still).toContain(`<h1>${en.title}</h1>`);
  expect(still).toContain(en.what);
  expect(still).toContain("<a href=");
  const figures = still.match(/\d+\.\d ± \d\.\d/g) ?? [];
  expect(figures).toHaveLength(4);
  const engine = read("../docs/teaching.md");
  for (const figure of figures) expect(engine).toContain(figure);
  // The policy allows nothing that is written into an element.
  expect(still).not.toMatch(/ style=|<style|<script| on\w+=/);
});
