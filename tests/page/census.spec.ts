/** The census of first screens counts what a small page is known to have, and holds its table against new counts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { differences, merged, rowsOf, table } from "../../scripts/census/table.mjs";
import { visit } from "../../scripts/census/visit.mjs";
import { serve } from "../../scripts/serve.mjs";

test("a page of known parts is counted as it is known to be", async ({ browser }) => {
  const port = await serve("tests/fixtures", 0);
  const { counts, still, missing } = await visit(browser, `http://127.0.0.1:${port}/census.html`);
  expect(still).toBe(true);
  expect(missing).toEqual([]);
  expect(counts).toEqual({
    // Press, Link, Field, Choice, Shadow, one, two, and the checkbox under a hand.
    controls: 8,
    // The radio buttons are one stop, of which the label is in sight.
    stops: 7,
    // The scroller's button, Low and Far as well.
    allStops: 10,
    hands: 1,
    // Three words here, shown, off, T=4 mnist1d, marked, Press Link apples chosen Shadow, one two, pointed, visible, drawn.
    words: 18,
    // 1,234.5, 4, 75 and 100, 12, and the canvas's 7.
    numbers: 6,
    picture: 0.25,
    // The canvas's upper two fifths, in which the other picture's ink lies.
    ink: 0.1,
    // The canvas ends there.
    phone: 1280,
  });
});

test("what a page asks of other hosts is answered from a folder, and what is not there is named", async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "census-"));
  mkdirSync(join(folder, "page"));
  mkdirSync(join(folder, "outside/elsewhere.test/lib"), { recursive: true });
  const page = `<!doctype html><canvas width="64" height="64"></canvas><script src="https://elsewhere.test/lib/draw.js?v=2"></script>
    <script src="https://elsewhere.test/none.js"></script>`;
  writeFileSync(join(folder, "page/index.html"), page);
  const draw = `document.querySelector("canvas").getContext("2d").fillRect(0, 0, 32, 32); document.body.append("two words")`;
  writeFileSync(join(folder, "outside/elsewhere.test/lib/draw.js"), draw);
  const port = await serve(join(folder, "page"), 0);
  const { counts, missing } = await visit(browser, `http://127.0.0.1:${port}/`, { outside: join(folder, "outside") });
  expect(counts.words).toBe(2);
  expect(missing).toEqual(["elsewhere.test/none.js"]);
  rmSync(folder, { recursive: true });
});

const row = {
  name: "a page",
  controls: 10,
  stops: 9,
  allStops: 30,
  hands: 4,
  words: 100,
  numbers: 20,
  picture: 0.253,
  ink: 0.1,
  phone: 360,
};

test("the table is written between its markers, read again, and keeps rows that are not counted this time", () => {
  const empty = "before\n<!-- census -->\n<!-- /census -->\nafter\n";
  const once = merged(empty, [row]);
  expect(once).toMatch(
    /^before\n[^]*\| a page \| 10 \| 9 \| 30 \| 4 \| 100 \| 20 \| 25 % \| 10 % \| 360 \|[^]*\nafter\n$/,
  );
  const other = { ...row, name: "another", words: 5 };
  const twice = merged(once, [other]);
  expect(rowsOf(twice)).toEqual([
    { ...row, picture: 0.25 },
    { ...other, picture: 0.25 },
  ]);
  expect(merged(twice, [other])).toBe(twice);
  expect(table([row]).split("\n")).toHaveLength(3);
  expect(() => merged("no markers", [row])).toThrow(/no place for the table/);
});

test("a count that is off by more than a little is named, with what the table says", () => {
  expect(differences([row], [{ ...row, controls: 11, words: 109, picture: 0.26 }])).toEqual([]);
  expect(differences([row], [{ ...row, controls: 12, picture: 0.2, phone: 361 }])).toEqual([
    "a page, controls: 12; the table says 10",
    "a page, picture: 20; the table says 25",
    "a page, px wide at 360: 361; the table says 360",
  ]);
  expect(differences([], [row])).toEqual(["a page: the table has no such row"]);
});
