/** A user's table as the reader (`table/`) tells of it: the JSON of Rust's `Report`, `Choices` and their kin. */

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];
export const COLUMN_KINDS = ["number", "category", "label", "ignored"] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];
export const MISSING = ["mean", "leave_out"] as const;

/** What is set about a reading; what is left out is guessed. */
export interface TableChoices {
  delimiter?: string;
  header?: boolean;
  decimal_comma?: boolean;
  /** The label's column, from 0. */
  label?: number;
  kinds?: Record<number, ColumnKind>;
  missing?: (typeof MISSING)[number];
}

export interface TableLayout {
  delimiter: string;
  header: boolean;
  decimal_comma: boolean;
}

export interface TableColumn {
  name: string;
  kind: ColumnKind;
  guessed: ColumnKind;
  missing: number;
  numbers: number;
  words: number;
  /** Different values; null where they are too many for classes. */
  distinct: number | null;
  note: "empty" | "constant" | "counting" | "many_words" | null;
}

export interface TableProblem {
  code: string;
  line: number;
  /** From 1; null where the row is to blame. */
  column: number | null;
  value: string;
  allowed: string;
  done: "row_left_out" | "taken_as_missing" | "renamed" | "kept";
}

export interface TableRefusal {
  code: string;
  line: number | null;
  column: number | null;
  message: string;
}

/** How a table was read, for a program that reads the same file to the same table: Rust's `Recipe`, handed on as it is. */
export interface TableRecipe {
  hash: string;
  [fact: string]: unknown;
}

export interface TableReport {
  layout: TableLayout;
  columns: TableColumn[];
  /** The first rows, each with its line. */
  preview: [line: number, fields: string[]][];
  rows: number;
  kept: number;
  features: string[];
  /** How many of the features are numbers. */
  numbers: number;
  classes: { name: string; rows: number }[];
  problems: { total: number; counts: Record<string, number>; listed: TableProblem[] };
  refusal: TableRefusal | null;
  hash: string;
  recipe: TableRecipe | null;
}
