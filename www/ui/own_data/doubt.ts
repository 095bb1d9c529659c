/** Whether the label of a table is one: a quantity, or a name for each row, has hardly two rows of a class. */
import type { TableReport } from "../../shared/table";

export interface Doubt {
  /** Classes of a single row, of how many. */
  single: number;
  classes: number;
  /** What the column looks like instead. */
  like: "number" | "name";
}

/** null: nothing speaks against it. The table can be used all the same. */
export function doubtOf({ classes, columns }: Pick<TableReport, "classes" | "columns">): Doubt | null {
  const single = classes.filter(({ rows }) => rows === 1).length;
  const label = columns.find(({ kind }) => kind === "label");
  if (label === undefined || 2 * single <= classes.length) return null;
  return { single, classes: classes.length, like: label.numbers > label.words ? "number" : "name" };
}
