// What Chromium draws for the repository, kept in it: npm run screenshot, npm run icons, npm run worksheet.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { build, fail, root } from "./setup.mjs";

const SIZES = {
  page: [1280, 720, "light"],
  dark: [1280, 720, "dark"],
  narrow: [360, 740, "light"],
  whole: [1280, 2400, "light"],
};
/** Maskable: what a phone cuts into its own shape. */
const ICONS = [
  ["icon.svg", "icon-192.png", 192],
  ["icon.svg", "icon-512.png", 512],
  ["maskable.svg", "maskable-512.png", 512],
  ["maskable.svg", "apple-touch-icon.png", 180],
];

const PICTURES = {
  /** The built page after its first run: docs/page.png, and the other sizes too where a folder is given. */
  async screenshot(browser, folder) {
    build("build:page");
    const port = await serve(join(root, "dist"), 0);
    if (folder) mkdirSync(folder, { recursive: true });
    for (const [name, [width, height, colorScheme]] of Object.entries(SIZES)) {
      if (!folder && name !== "page") continue;
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.locator('[data-model="student_distilled"] .accuracy', { hasText: /\d/ }).waitFor();
      await page.screenshot({ path: join(folder ?? join(root, "docs"), `${name}.png`) });
    }
  },
  /** The installed page's icons as PNG, from the SVG beside them. */
  async icons(browser) {
    const folder = join(root, "www/public/icons");
    for (const [from, to, size] of ICONS) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      const svg = readFileSync(join(folder, from), "utf8").replace("<svg ", `<svg width="${size}" height="${size}" `);
      await page.setContent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`);
      await page.screenshot({ path: join(folder, to), omitBackground: true });
    }
  },
  /** docs/worksheet.html printed to docs/worksheet.pdf, on A4. */
  async worksheet(browser) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(root, "docs/worksheet.html")).href);
    const path = join(root, "docs/worksheet.pdf");
    await page.pdf({ path, preferCSSPageSize: true, printBackground: true, tagged: true });
  },
};

const [what, ...more] = process.argv.slice(2);
if (!Object.hasOwn(PICTURES, what ?? "")) fail(`allowed: one of ${Object.keys(PICTURES).join(", ")}`);
const browser = await launch();
await PICTURES[what](browser, ...more);
await browser.close();
process.exit(0);
