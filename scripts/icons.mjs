// npm run icons: the installed page's icons as PNG, drawn by Chromium from the SVG beside them; kept in the repository.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { chromium, FLAGS } from "./chromium.mjs";
import { packages, root } from "./setup.mjs";

packages();
const folder = join(root, "www/public/icons");
/** Maskable: what a phone cuts into its own shape. */
const ICONS = [
  ["icon.svg", "icon-192.png", 192],
  ["icon.svg", "icon-512.png", 512],
  ["maskable.svg", "maskable-512.png", 512],
  ["maskable.svg", "apple-touch-icon.png", 180],
];
const browser = await playwright.launch({ executablePath: chromium(), args: FLAGS });
for (const [from, to, size] of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = readFileSync(join(folder, from), "utf8").replace("<svg ", `<svg width="${size}" height="${size}" `);
  await page.setContent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: join(folder, to), omitBackground: true });
  await page.close();
}
await browser.close();
console.log(`${ICONS.length} icons in www/public/icons/`);
