import { expect, test } from "vitest";
import { linesOf, short } from "./category_label";

test("a name is put in lines that have room, and turned up where a word has none", () => {
  expect(linesOf("The teacher's labels (control)", 80)).toEqual(["The", "teacher's", "labels", "(control)"]);
  expect(linesOf("The teacher's labels (control)", 200)).toEqual(["The teacher's labels (control)"]);
  expect(linesOf("Soft targets", 30)).toBeNull();
  expect(linesOf("a b c d e f", 6)).toBeNull();
});

test("a name that is turned up loses the end that has no room", () => {
  expect(short("Soft targets")).toBe("Soft targets");
  expect(short("The teacher's labels (control)")).toBe("The teacher's la…");
});
