/** For tests of how text is laid out: letters of one width on every machine, whatever fonts it has. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

const FONT = "node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2";

/** Every page that is opened from now on has the test's font before its first text. */
export async function bringLetters(page: Page): Promise<void> {
  await page.addInitScript((font) => {
    const bytes = Uint8Array.from(atob(font), (c) => c.charCodeAt(0));
    document.fonts.add(new FontFace("Letters", bytes, { weight: "200 900" }));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { font-family: Letters, sans-serif !important }");
    document.adoptedStyleSheets = [sheet];
  }, readFileSync(FONT).toString("base64"));
}
