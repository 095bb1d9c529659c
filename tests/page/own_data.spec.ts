/** Data of one's own, as a person gives it: read, corrected, used, linked to; and every kind of damage gets its message. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const SMALL = '{"teacher":{"steps":200},"student":{"steps":300}}';

/** Twelve rows of two classes that a line tells apart. */
const plain = (delimiter = ",", end = "\n"): string =>
  ["x,y,label", ...Array.from({ length: 12 }, (_, i) => `${i}.5,${(i * 5) % 7},${i < 6 ? "low" : "high"}`)]
    .join(end)
    .replaceAll(",", delimiter);

async function open(page: Page, more = ""): Promise<string[]> {
  const outside: string[] = [];
  const home = new URL(test.info().project.use.baseURL ?? "").origin;
  page.on("pageerror", (error) => outside.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== home) outside.push(request.url());
    if (request.method() !== "GET" || request.postData() !== null) outside.push(`sent: ${request.url()}`);
  });
  await page.goto(`/?autorun=0&own-data=1&c=${SMALL}${more}`);
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.locator('[data-do="table-file"]')).toBeVisible();
  return outside;
}
const state = (page: Page) => page.locator("[data-state]");
const give = (page: Page, name: string, content: string | Buffer) =>
  page
    .locator('[data-do="table-file"]')
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.isBuffer(content) ? content : Buffer.from(content) });
const kind = (page: Page, column: number) => page.locator(`[data-column="${column}"] select`);
const config = (page: Page) => page.evaluate(() => window.distillLab.config());

test("a file is read, used, and trains; nothing leaves the page", async ({ page }) => {
  const outside = await open(page);
  await give(page, "mine.csv", plain());
  await expect(state(page)).toHaveAttribute("data-state", "read");
  await expect(state(page)).toContainText("12 of 12 rows, 2 features, 2 classes");
  await expect(page.locator("[data-classes]")).toContainText("high (6), low (6)");
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("footer code")).toHaveText(/^[0-9a-f]{16}$/);
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "true");
  const { data } = await config(page);
  expect(data).toMatchObject({ name: "table", train: 9, test: 3, table: { file: "mine.csv", shape: [12, 2, 2, 2] } });
  // The teacher's answer is about the table's own classes and features.
  await expect(page.locator("[data-features]")).toContainText("x");
  await expect(page.getByRole("row", { name: /^high/ }).first()).toBeVisible();
  expect(outside).toEqual([]);
});

test("what is guessed is shown and can be corrected with the keyboard alone", async ({ page }) => {
  await open(page);
  await give(page, "semi.csv", plain(";").replaceAll(".5", ",5"));
  await expect(page.locator('[data-do="delimiter"]')).toHaveValue(";");
  await expect(page.locator('[data-do="decimal-comma"]')).toBeChecked();
  await expect(page.locator('[data-do="header"]')).toBeChecked();
  await expect(kind(page, 3)).toHaveValue("label");
  await expect(kind(page, 1)).toHaveValue("number");
  // The second column becomes the label; the third is what it would be otherwise.
  await kind(page, 2).focus();
  await page.keyboard.type("label");
  await expect(kind(page, 2)).toHaveValue("label");
  await expect(kind(page, 3)).toHaveValue("category");
  await expect(state(page)).toContainText("7 classes");
  await page.locator('[data-do="header"]').press("Space");
  await expect(state(page)).toContainText("of 13 rows");
  await page.locator('[data-do="delimiter"]').selectOption("|");
  await expect(page.locator("[data-refusal]")).toHaveAttribute("data-refusal", "one_column");
  await page.locator('[data-do="delimiter"]').selectOption(";");
  await page.locator('[data-do="header"]').check();
  await expect(state(page)).toHaveAttribute("data-state", "read");
  await expect(kind(page, 3)).toHaveValue("label");
});

test("rows with gaps are named, and kept or left out as is chosen", async ({ page }) => {
  await open(page);
  await give(page, "gaps.csv", `${plain()}\n,3,low\n4,five,low\n5,6,\n7,8\n`);
  const problems = page.locator("[data-problems]");
  await expect(problems).toHaveAttribute("data-problems", "4");
  for (const text of [
    "Line 14, x: nothing there; allowed: a number",
    "Line 15, y: “five”; allowed: a number such as",
    "Line 16, label: nothing there; allowed: a class",
    "Line 17: “2 fields”; allowed: 3 fields",
  ]) {
    await expect(problems).toContainText(text);
  }
  await expect(state(page)).toContainText("14 of 16 rows");
  await page.locator('[data-do="missing"]').selectOption("leave_out");
  await expect(state(page)).toContainText("12 of 16 rows");
});

const rows = (line: (i: number) => string, count = 200): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const DAMAGE: [name: string, content: string | Buffer, message: RegExp][] = [
  ["an empty file", "", /the file is empty/],
  ["blank lines alone", "\n \n\t\r\n", /the file is empty/],
  ["a header alone", "a,b,label\n", /no rows below the header/],
  ["a spreadsheet's binary", Buffer.from([0x50, 0x4b, 3, 4, 10, 0, 0, 1]), /line 2, column 1: a byte 0/],
  ["UTF-16", Buffer.from(`\ufeff${plain()}`, "utf16le"), /UTF-16/],
  ["Latin-1", Buffer.from("a,b\n1,caf\xe9\n", "latin1"), /line 2: byte 0xe9 at character 6/],
  ["a quote never closed", `${plain()}\n9,"9,low\n1,2,low`, /line 14, column 2: a quote is opened here/],
  ["text after a quote", `${plain()}\n"9"9,9,low`, /Line 14, x: “99”; allowed: after a closing quote/],
  ["too many columns", rows(() => Array(1000).fill("1").join(","), 5), /1000 columns; allowed: at most 256/],
  ["too many rows", rows((i) => `${i % 7},${i % 2}`, 50_001), /line 50001: a row more than 50000/],
  ["one column", "a\nb\na\nb\nc\n", /one column alone/],
  ["ragged rows", "a,b\n1,2\n1\n1,2,3\n1,2,3,4\n1\n1,2,3,4,5", /do not have \d fields/],
  ["a short row", `${plain()}\n9,9`, /Line 14: “2 fields”/],
  ["a long row", `${plain()}\n9,9,low,9`, /Line 14: “4 fields”/],
  ["one class", rows((i) => `${i % 9}.5,same`).replace(/^/, "x,label\n"), /one class alone/],
  ["a quantity as label", rows((i) => `${i % 9}.5,${i * 1.7}`).replace(/^/, "x,label\n"), /a regression/],
  [
    "a name for each row",
    rows((i) => `${i % 9}.5,word${i}`).replace(/^/, "x,label\n"),
    /more than 100 different labels/,
  ],
  ["constant columns", rows((i) => `5,6,${i % 2}`).replace(/^/, "x,y,label\n"), /no column is left to learn from/],
  ["the same name twice", plain().replace("x,y", "x,x"), /Line 1, x \(2\): “x”; allowed: a name of its own/],
  ["infinity", `${plain()}\ninf,9,low`, /Line 14, x: “inf”; allowed: a finite number/],
  ["1e999", `${plain()}\n1e999,9,low`, /Line 14, x: “1e999”; allowed: a finite number/],
  ["NaN", `${plain()}\nNaN,9,low`, /Line 14, x: “NaN”; allowed: a number/],
  ["a word among numbers", `${plain()}\nmuch,9,low`, /Line 14, x: “much”; allowed: a number/],
  ["no label in a row", `${plain()}\n9,9,`, /Line 14, label: nothing there; allowed: a class/],
  ["a huge field", `${plain()}\n${"z".repeat(70_000)},9,low`, /Line 14, x: “z+…”; allowed: at most 65536 bytes/],
  ["two rows", "x,label\n1,a\n2,b\n", /2 rows can be used; allowed: at least 4/],
];

test("every kind of damage gets its message, and the page lives", async ({ page }) => {
  const outside = await open(page);
  expect(DAMAGE.length).toBeGreaterThanOrEqual(20);
  for (const [name, content, message] of DAMAGE) {
    await give(page, "damaged.csv", content);
    await expect(page.locator("section[aria-labelledby=h-own-data]"), name).toContainText(message, {
      useInnerText: true,
    });
    await page.locator('[data-do="table-sample"]').click();
    await expect(state(page), name).toContainText("fruit.csv: 239 of 240 rows");
  }
  expect((await config(page)).data.name).toBe("digits");
  expect(outside).toEqual([]);
});

test("what is harmless is read as it is meant", async ({ page }) => {
  await open(page);
  for (const [name, content] of [
    ["a byte-order mark", `\ufeff${plain()}`],
    ["CRLF", plain(",", "\r\n")],
    ["CR", plain(",", "\r")],
    ["empty lines", plain(",", "\n\n")],
    ["tabs", plain("\t")],
    ["spaces", plain(" , ")],
  ] as const) {
    await page.locator('[data-do="table-sample"]').click();
    await expect(state(page)).toContainText("fruit.csv");
    await page.locator('[data-do="table-text"]').fill(content);
    if (name === "CR" || name === "CRLF") await give(page, "pasted text", content);
    else await page.locator('[data-do="table-read"]').click();
    await expect(state(page), name).toContainText(
      "pasted text: 12 of 12 rows, 2 features, 2 classes · nothing was amiss",
    );
  }
});

test("a link names its table, and takes it where it is opened", async ({ page }) => {
  await open(page);
  await give(page, "mine.csv", plain());
  await page.locator('[data-do="table-use"]').click();
  const digest = page.locator("footer code");
  await expect(digest).toHaveText(/^[0-9a-f]{16}$/);
  const before = await digest.textContent();
  await expect(page).toHaveURL(/table/);
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  await page.locator('[data-do="run"]').click();
  await expect(page.locator("[data-wanted]")).toContainText("mine.csv");
  // Another table is another data set.
  await give(page, "other.csv", plain().replaceAll("low", "deep"));
  await expect(state(page)).toContainText("other.csv: 12 of 12");
  await expect(page.locator("[data-wanted]")).toBeVisible();
  await give(page, "mine.csv", plain());
  await expect(state(page)).toContainText("mine.csv: 12 of 12");
  await page.locator('[data-do="table-use"]').click();
  await expect(digest).toHaveText(before ?? "");
  await expect(page.locator("[data-wanted]")).toHaveCount(0);
});

test("sweeps and repeats work on the table; a script says why there is none", async ({ page }) => {
  await open(page, "&take=1");
  await page.locator('[data-do="table-sample"]').click();
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("footer code")).toHaveText(/^[0-9a-f]{16}$/);
  const swept = await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.temperature", values: [1, 4], seeds: [1, 2] }),
  );
  expect(swept.points.map(({ seeds }) => seeds)).toEqual([2, 2]);
  expect(swept.points[0]?.summary.teacher?.["accuracy"]?.mean).toBeGreaterThan(0.5);
  await expect(page.locator("section[aria-labelledby=h-take]")).toContainText("no script for a table of one's own");
});

test("another data set follows the table, with counts of its own", async ({ page }) => {
  await open(page);
  await page.locator('[data-do="table-sample"]').click();
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "true");
  const back = await page.evaluate(() => window.distillLab.configure({ data: { name: "digits" } }));
  expect(back.data).toMatchObject({ name: "digits", train: 1000, test: 797 });
});

for (const theme of ["light", "dark"]) {
  test(`the panel breaks no rule of accessibility, ${theme}`, async ({ page }) => {
    await open(page, `&view=own-data&theme=${theme}`);
    await page.locator('[data-do="table-sample"]').click();
    await expect(state(page)).toHaveAttribute("data-state", "read");
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  });
}

test("on a narrow screen nothing is wider than it", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "&view=own-data");
  await page.locator('[data-do="table-sample"]').click();
  await expect(state(page)).toHaveAttribute("data-state", "read");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
