// The table of first screens in docs/comparison.md: written, read again, and held against new counts.

/** Heads of the columns, in their order: the count, how far a new one may be off, and whether it is a share. */
const COLUMNS = [
  { key: "controls", head: "controls", slack: () => 1 },
  { key: "stops", head: "Tab stops", slack: () => 1 },
  { key: "allStops", head: "Tab stops of the page", slack: (was) => Math.max(2, was / 10) },
  { key: "hands", head: "pointer only", slack: () => 2 },
  { key: "words", head: "words", slack: (was) => Math.max(3, was / 10) },
  { key: "numbers", head: "numbers", slack: (was) => Math.max(3, was / 10) },
  { key: "picture", head: "picture", share: true, slack: () => 2 },
  { key: "ink", head: "inked", share: true, slack: () => 4 },
  { key: "phone", head: "px wide at 360", slack: () => 0 },
];
const MARKERS = ["<!-- census -->", "<!-- /census -->"];
const FIRST = "first screen";

/** A count as the table says it: whole, shares as percentages. */
const said = ({ share }, value) => (share ? Math.round(100 * value) : value);

/** @param {({ name: string } & import("./visit.mjs").Census)[]} rows */
export function table(rows) {
  const lines = rows.map((row) => [
    row.name,
    ...COLUMNS.map((column) => `${said(column, row[column.key])}${column.share ? " %" : ""}`),
  ]);
  const head = [FIRST, ...COLUMNS.map(({ head }) => head)];
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const parts = (document) => {
  const [from, to] = MARKERS.map((marker) => document.indexOf(marker));
  if (from < 0 || to < from)
    throw new Error(`docs/comparison.md has no place for the table, between ${MARKERS.join(" and ")}`);
  return [
    document.slice(0, from + MARKERS[0].length),
    document.slice(from + MARKERS[0].length, to),
    document.slice(to),
  ];
};

/** The rows that a document's table has; none where it is empty. */
export function rowsOf(document) {
  return parts(document)[1]
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith(`| ${FIRST} `) && !line.startsWith("| ---"))
    .map((line) => {
      const [name, ...cells] = line.slice(2, -2).split(" | ");
      const value = ({ share }, cell) => (share ? Number.parseFloat(cell) / 100 : Number(cell));
      return { name, ...Object.fromEntries(COLUMNS.map((column, i) => [column.key, value(column, cells[i])])) };
    });
}

/** The document with these rows in its table, in the place of those of the same names. */
export function merged(document, rows) {
  const [before, , after] = parts(document);
  const all = new Map([...rowsOf(document), ...rows].map((row) => [row.name, row]));
  return `${before}\n\n${table([...all.values()])}\n\n${after}`;
}

/** What new counts say that the table does not, in words; nothing where each is near enough. */
export function differences(known, rows) {
  return rows.flatMap((row) => {
    const was = known.find(({ name }) => name === row.name);
    if (!was) return [`${row.name}: the table has no such row`];
    return COLUMNS.flatMap((column) => {
      const [now, then] = [said(column, row[column.key]), said(column, was[column.key])];
      const slack = column.slack(then);
      return Math.abs(now - then) <= slack ? [] : [`${row.name}, ${column.head}: ${now}; the table says ${then}`];
    });
  });
}
