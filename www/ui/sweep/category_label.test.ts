import { expect, test } from "vitest";
import { labelsOf, linesOf, short } from "./category_label";

test("a name is put in lines that have room, and turned up where a word has none", () => {
  expect(linesOf("The teacher's labels (control)", 80)).toEqual(["The", "teacher's", "labels", "(control)"]);
  expect(linesOf("The teacher's labels (control)", 200)).toEqual(["The teacher's labels (control)"]);
  expect(linesOf("Soft targets", 30)).toBeNull();
  expect(linesOf("a b c d e f", 6)).toBeNull();
});

test("where one name has no room all are turned, and else the most lines decide the height", () => {
  expect(labelsOf(["Soft targets", "Decoupled"], 30).turned).toBe(true);
  const { turned, height } = labelsOf(["Soft targets", "The teacher's labels (control)"], 80);
  expect([turned, height - labelsOf(["Hints"], 80).height]).toEqual([false, 3 * 13]);
});

test("a name that is turned up loses the end that has no room", () => {
  expect(short("Soft targets")).toBe("Soft targets");
  expect(short("The teacher's labels (control)")).toBe("The teacher's la…");
});
