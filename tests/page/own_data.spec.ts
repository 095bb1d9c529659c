/** Data of one's own, as a person gives it: read, corrected, used, linked to; and every kind of damage gets its message. */
import { readFileSync, writeFileSync } from "node:fs";
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

test("a quantity taken for classes is doubted in words, and can be used all the same", async ({ page }) => {
  await open(page);
  const doubt = page.locator("[data-doubt]");
  const lines = Array.from({ length: 28 }, (_, i) => `${(i * 37) % 101}.3,${i % 2 ? "yes" : "no"},${i * 3}.25`);
  await give(page, "prices.csv", ["weight,ripe,price", ...lines].join("\n"));
  // Of what could be classes the words are guessed, and nothing is to be said of them.
  await expect(kind(page, 2)).toHaveValue("label");
  await expect(doubt).toBeEmpty();
  await kind(page, 3).selectOption("label");
  await expect(doubt).toHaveText(
    "28 of 28 classes have a single row: this looks like a number, not a class; choose another column as label.",
  );
  await expect(state(page)).not.toContainText("nothing was amiss");
  await expect(page.locator('[data-do="table-use"]')).toHaveAttribute("aria-disabled", "false");
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

test("a repeat and a sweep are run on the table, by their buttons", async ({ page }) => {
  await open(page, "&over=distillation.temperature&values=1%2C%204&seeds=2");
  await page.locator('[data-do="table-sample"]').click();
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("footer code")).toHaveText(/^[0-9a-f]{16}$/);
  await page.locator('[data-do="repeat"]').click();
  await expect(page.locator("[data-verdict]")).toHaveAttribute("data-verdict", /\w/);
  await expect(page.locator("[data-verdict]")).toContainText("12 seeds");
  await page.locator('[data-do="sweep"]').click();
  await expect(page.locator("[data-seeds]")).toContainText("2 of 2");
  const swept = await page.evaluate(() =>
    window.distillLab.sweep({ over: "distillation.temperature", values: [1, 4], seeds: [1, 2] }),
  );
  expect(swept.points[0]?.summary.teacher?.["accuracy"]?.mean).toBeGreaterThan(0.5);
});

test("a link's table that was not given is asked for by a repeat and by scripts too", async ({ page }) => {
  await open(page, "&take=1");
  await page.locator('[data-do="table-sample"]').click();
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("footer code")).toHaveText(/^[0-9a-f]{16}$/);
  await expect(page.locator('[data-file="keras"] [data-size]')).toContainText("KB");
  await page.reload();
  await page.evaluate(() => window.distillLab.ready);
  const take = page.locator("section[aria-labelledby=h-take]");
  await expect(take).toContainText("give the table first");
  await page.locator('[data-do="repeat"]').click();
  await expect(page.locator(".repeat [role=alert]")).toContainText("fruit.csv");
});

test("scripts read the table as the page did", async ({ page }) => {
  await open(page, "&take=1");
  await give(page, "it's mine.csv", plain(";").replaceAll(".5", ",5"));
  await page.locator('[data-do="missing"]').selectOption("leave_out");
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("footer code")).toHaveText(/^[0-9a-f]{16}$/);
  const { data } = await config(page);
  for (const file of ["keras", "pytorch", "notebook"]) {
    const waiting = page.waitForEvent("download");
    await page.locator(`[data-file="${file}"] button`).click();
    const text = readFileSync(await (await waiting).path(), "utf8").replaceAll('\\"', '"');
    for (const line of [
      `"it's mine.csv"`,
      'NAMES = ["high","low"]',
      "LABEL, NUMBER_COLUMNS, CATEGORY_COLUMNS = 2, [0, 1], []",
      `CONTENT = 0x${data.table.hash}`,
      'delimiter=";"',
      'field.replace(",", ".", 1)',
      "used &= ~gaps",
    ]) {
      expect(text, file).toContain(line);
    }
  }
});

/** As large as a table may be: its reading takes long enough to be given up. */
function large(): string {
  const row = (k: number): string =>
    [...Array.from({ length: 200 }, (_, i) => `${(i * 7 + k * 13) % 101}.${k}${i % 10}`), k % 2 ? "odd" : "even"].join(
      ",",
    );
  const ten = Array.from({ length: 10 }, (_, k) => row(k)).join("\n");
  return Array.from({ length: 4_999 }, () => ten).join("\n");
}

test("a large file given up in the middle leaves what was there before", async ({ page }) => {
  await open(page);
  await give(page, "mine.csv", plain());
  await page.locator('[data-do="missing"]').selectOption("leave_out");
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "true");
  const before = await config(page);
  const file = test.info().outputPath("large.csv");
  writeFileSync(file, large());
  await page.locator('[data-do="table-file"]').setInputFiles(file);
  const bar = state(page).locator("progress");
  await expect.poll(() => bar.evaluate((one: HTMLProgressElement) => one.value)).toBeGreaterThan(0.1);
  await page.locator('[data-do="table-cancel"]').click();
  await expect(state(page)).toContainText("mine.csv: 12 of 12 rows");
  await expect(page.locator('[data-do="missing"]')).toHaveValue("leave_out");
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "true");
  expect(await config(page)).toEqual(before);
  // It can still be read otherwise.
  await page.locator('[data-do="header"]').press("Space");
  await expect(state(page)).toContainText("of 13 rows");
});

test("a file is dropped anywhere on the panel, and text is pasted", async ({ page, context }) => {
  await open(page);
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.csv"));
    return transfer;
  }, plain());
  const summary = page.locator("section[aria-labelledby=h-own-data] [data-summary]");
  for (const event of ["dragover", "drop"]) await summary.dispatchEvent(event, { dataTransfer: dropped });
  await expect(state(page)).toContainText("dropped.csv: 12 of 12 rows");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), plain("\t").replaceAll("low", "deep"));
  await page.locator('[data-do="table-text"]').focus();
  await page.keyboard.press("ControlOrMeta+V");
  await page.locator('[data-do="table-read"]').click();
  await expect(state(page)).toContainText("pasted text: 12 of 12 rows");
  await expect(page.locator("[data-classes]")).toContainText("deep (6), high (6)");
});

test("a second table takes the first one's place, and Back takes the first one up without asking", async ({ page }) => {
  await open(page);
  const digest = page.locator("footer code");
  await give(page, "one.csv", plain());
  await page.locator('[data-do="table-use"]').click();
  await expect(digest).toHaveText(/^[0-9a-f]{16}$/);
  // Another setting, so that the address has an entry to come back to.
  const first = await page.evaluate(async () => {
    await window.distillLab.configure({ distillation: { temperature: 5 } });
    return (await window.distillLab.run()).digest;
  });
  await give(page, "two.csv", plain().replaceAll("low", "deep"));
  await expect(state(page)).toContainText("two.csv");
  // Read is not used.
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "false");
  expect((await config(page)).data.table.file).toBe("one.csv");
  await page.locator('[data-do="table-use"]').click();
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "true");
  await expect(page.locator("[data-features]")).toContainText("x");
  await expect(page.getByRole("row", { name: /^deep/ }).first()).toBeVisible();
  expect((await config(page)).data.table.file).toBe("two.csv");
  // The address is written a moment after a change that follows another one closely.
  await expect(page).toHaveURL(/two\.csv/);
  await page.goBack();
  await expect.poll(async () => (await config(page)).data.table.file).toBe("one.csv");
  await page.locator('[data-do="run"]').click();
  await expect(digest).toHaveText(first);
  await expect(page.locator("[data-wanted]")).toHaveCount(0);
});

test("from paste to result with the keyboard alone", async ({ page }) => {
  await open(page, "&view=own-data");
  const tabTo = async (selector: string): Promise<void> => {
    for (let presses = 0; presses < 100; presses++) {
      await page.keyboard.press("Tab");
      if (await page.locator(selector).evaluate((one) => one === document.activeElement)) return;
    }
    throw new Error(`Tab does not lead to ${selector}`);
  };
  await tabTo('[data-do="table-text"]');
  await page.keyboard.insertText(plain());
  await tabTo('[data-do="table-read"]');
  await page.keyboard.press("Enter");
  await expect(state(page)).toContainText("pasted text: 12 of 12 rows");
  await tabTo('[data-do="table-use"]');
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-used]")).toHaveAttribute("data-used", "true");
  expect((await config(page)).data.table.file).toBe("pasted text");
  await expect(page.getByText(/^Done/)).toBeVisible();
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
