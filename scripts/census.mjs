// npm run census: what is in sight on a page's first screen: controls, words, numbers, picture. docs/comparison.md has the table
// and says what each count is.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { differences, merged, rowsOf, table } from "./census/table.mjs";
import { visit } from "./census/visit.mjs";
import { launch } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { build, fail, given, root } from "./setup.mjs";

const USAGE = `npm run census -- [--check | --write] [--outside FOLDER] [--pictures FOLDER] [NAME=URL_OR_FOLDER...]
  NAME=...    another page beside ours: its address, or a folder with an index.html, served under / and under /FOLDER'S NAME/
  --outside   answers requests to other hosts from FOLDER/HOST/PATH, and no others; for machines without a network
  --pictures  keeps a screenshot of each page in FOLDER
  --write     writes the rows into docs/comparison.md; rows of pages that are not named stay
  --check     fails where ours are not as docs/comparison.md says`;

/** Our own first screens, by the address after the page's. */
const OURS = { "distill-lab": "", "distill-lab, the stage alone": "?view=stage" };
const DOCUMENT = join(root, "docs/comparison.md");

const flag = { type: "boolean" };
const text = { type: "string" };
const options = { check: flag, write: flag, outside: text, pictures: text };
const { check, write, outside, pictures, positionals } = given(USAGE, options, true);
if (check && write) fail(`--check and --write exclude each other\n\n${USAGE}`);
if (outside && !existsSync(outside)) fail(`--outside: there is no folder ${outside}`);

/** The address at which a page opens that is named by an address or a folder. */
async function address(place) {
  if (/^https?:/.test(place)) return place;
  const folder = resolve(place);
  if (!existsSync(join(folder, "index.html")) || !statSync(folder).isDirectory())
    fail(`${place} is neither an address nor a folder with an index.html`);
  const under = `/${basename(folder)}/`;
  return `http://127.0.0.1:${await serve({ [under]: folder, "/": folder }, 0)}${under}`;
}

const others = positionals.map((pair) => {
  const [, name, place] = /^([^=|]+)=(.+)$/.exec(pair) ?? fail(`got ${pair}; allowed: NAME=URL_OR_FOLDER\n\n${USAGE}`);
  return { name: name.trim(), place };
});
build("build:page");
const own = `http://127.0.0.1:${await serve(join(root, "dist"), 0)}/`;
const pages = Object.entries(OURS).map(([name, query]) => ({ name, url: own + query }));
for (const { name, place } of others) pages.push({ name, url: await address(place) });

if (pictures) mkdirSync(pictures, { recursive: true });
const browser = await launch("--disable-lcd-text");
const rows = [];
for (const { name, url } of pages) {
  const picture = pictures && join(pictures, `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.png`);
  const { counts, still, missing } = await visit(browser, url, { outside, picture });
  rows.push({ name, ...counts });
  if (!still) console.error(`${name} did not stand still within a minute; counted as it was then`);
  for (const asked of missing) console.error(`${name} asked for ${asked}, which is not in ${outside}`);
}
await browser.close();

console.log(table(rows));
const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "";
if (write) writeFileSync(DOCUMENT, merged(document, rows));
const wrong = check ? differences(rowsOf(document), rows.slice(0, Object.keys(OURS).length)) : [];
for (const line of wrong) console.log(`FAILS  ${line}`);
process.exit(wrong.length === 0 ? 0 : 1);
