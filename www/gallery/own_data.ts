/** A user's table as its panel shows it: not given yet, read, refused. */
import type { TableReport } from "../shared/table";
import { en } from "../ui/strings/en";

const nothing = (): void => undefined;
const column = (name: string, kind: TableReport["columns"][number]["kind"], missing = 0) => ({
  name,
  kind,
  guessed: kind,
  missing,
  numbers: kind === "number" ? 240 - missing : 0,
  words: kind === "number" ? 0 : 240 - missing,
  distinct: kind === "number" ? null : 3,
  note: kind === "ignored" ? ("counting" as const) : null,
});

const REPORT: TableReport = {
  layout: { delimiter: ",", header: true, decimal_comma: false },
  columns: [
    column("number", "ignored"),
    column("weight_g", "number"),
    column("sweetness", "number", 5),
    column("colour", "category", 1),
    column("fruit", "label"),
  ],
  preview: [
    [2, ["1", "207", "14.1", "green", "pear"]],
    [3, ["2", "184", "10.1", "red", "apple"]],
    [4, ["3", "205", "11.9", "green", "pear"]],
  ],
  rows: 240,
  kept: 239,
  features: ["weight_g", "sweetness", "colour = green", "colour = red", "colour = yellow"],
  numbers: 2,
  classes: [
    { name: "apple", rows: 109 },
    { name: "pear", rows: 130 },
  ],
  problems: {
    total: 3,
    counts: { missing: 1, not_a_number: 1, ragged: 1 },
    listed: [
      {
        code: "missing",
        line: 42,
        column: 3,
        value: "",
        allowed: "a number",
        done: "taken_as_missing",
      },
      {
        code: "not_a_number",
        line: 88,
        column: 2,
        value: "about 8",
        allowed: "a number such as 1.5 or -2e3, or nothing",
        done: "taken_as_missing",
      },
      {
        code: "ragged",
        line: 200,
        column: null,
        value: "4 fields",
        allowed: "5 fields, as most rows have",
        done: "row_left_out",
      },
    ],
  },
  refusal: null,
  hash: "0123456789abcdef",
  recipe: null,
};

export const OWN_DATA_EMPTY = {
  t: en,
  controls: true,
  state: "empty" as const,
  file: "",
  share: 0,
  report: null,
  refusal: null,
  layout: null,
  choices: {},
  turn: 0,
  wanted: { file: "fruit.csv", hash: "0123456789abcdef", shape: [239, 5, 2, 2] },
  used: false,
  refused: "",
  onfile: nothing,
  ontext: nothing,
  onsample: nothing,
  onchoose: nothing,
  oncancel: nothing,
  onuse: nothing,
};
export const OWN_DATA_READ = {
  ...OWN_DATA_EMPTY,
  state: "read" as const,
  file: "fruit.csv",
  report: REPORT,
  wanted: null,
};
export const OWN_DATA_REFUSED = {
  ...OWN_DATA_EMPTY,
  state: "refused" as const,
  file: "broken.csv",
  wanted: null,
  layout: REPORT.layout,
  refusal: {
    code: "unclosed_quote",
    line: 14,
    column: 2,
    message:
      "line 14, column 2: a quote is opened here and never closed; allowed: a field in quotes ends with a quote, and a quote within it is written twice",
  },
};
