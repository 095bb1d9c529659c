// npm run worksheet: docs/worksheet.html printed by Chromium to docs/worksheet.pdf, on A4.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium as driver } from "@playwright/test";
import { chromium, FLAGS } from "./chromium.mjs";
import { packages, root } from "./setup.mjs";

packages();
const browser = await driver.launch({ executablePath: chromium(), args: FLAGS });
const page = await browser.newPage();
await page.goto(pathToFileURL(join(root, "docs/worksheet.html")).href);
const path = join(root, "docs/worksheet.pdf");
await page.pdf({ path, preferCSSPageSize: true, printBackground: true, tagged: true });
await browser.close();
console.log(path);
