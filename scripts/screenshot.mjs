// npm run screenshot: pictures of the built page, after its first run: docs/page.png, and others given a folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium as driver } from "@playwright/test";
import { chromium, FLAGS } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { root, site } from "./setup.mjs";

const SIZES = {
  page: [1280, 720, "light"],
  dark: [1280, 720, "dark"],
  narrow: [360, 740, "light"],
  whole: [1280, 2400, "light"],
};
const folder = process.argv[2];
site();
const port = await serve(join(root, "dist"), 0);
const browser = await driver.launch({ executablePath: chromium(), args: FLAGS });
for (const [name, [width, height, colorScheme]] of Object.entries(SIZES)) {
  if (folder === undefined && name !== "page") continue;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.locator('[data-model="student_distilled"] .accuracy', { hasText: /\d/ }).waitFor();
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder ?? join(root, "docs"), `${name}.png`) });
  await page.close();
}
await browser.close();
process.exit(0);
