// One visit to a page's first screen: opened, waited for until it stands still, counted, and left by the Tab key.
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { PNG } from "pngjs";
import { keepWriting, look } from "./look.mjs";

export const SCREEN = { width: 1280, height: 720 };
const PHONE = { width: 360, height: 740 };
/** The page stands when this many looks in a row, a fixed time apart, count the same and a picture is among it. */
const LOOKS = 5;
const BETWEEN_MS = 500;
const AT_MOST_MS = 60_000;
/** Side of the squares by which ink is counted, in pixels. */
const CELL = 8;
/** How far a colour's channel may be off and the colour be the same. */
const SAME = 4;
const MOST_STOPS = 400;
const TYPES = {
  script: "text/javascript",
  stylesheet: "text/css",
  document: "text/html",
  font: "font/woff2",
};

/**
 * Requests to other hosts are answered from `folder`/HOST/PATH; what lies not there is refused and named in `missing`.
 * @param {import("@playwright/test").BrowserContext} context
 */
async function answerFrom(context, folder, missing) {
  await context.route(
    (url) => url.hostname !== "127.0.0.1" && url.protocol.startsWith("http"),
    async (route) => {
      const { hostname, pathname } = new URL(route.request().url());
      const file = join(folder, hostname, decodeURIComponent(pathname));
      if (!existsSync(file) || !statSync(file).isFile()) {
        missing.add(hostname + pathname);
        return route.abort();
      }
      const contentType = extname(file) === ".wasm" ? "application/wasm" : TYPES[route.request().resourceType()];
      const headers = { "access-control-allow-origin": "*", ...(contentType && { "content-type": contentType }) };
      return route.fulfill({ headers, body: readFileSync(file) });
    },
  );
}

/** Looks until nothing changes any more; what was counted last. */
async function standing(page) {
  let last = null;
  let same = 0;
  for (const end = Date.now() + AT_MOST_MS; Date.now() < end; await page.waitForTimeout(BETWEEN_MS)) {
    const seen = await page.evaluate(look);
    const text = JSON.stringify(seen);
    same = text === last && seen.pictures.length > 0 ? same + 1 : 1;
    last = text;
    if (same === LOOKS) return { ...seen, still: true };
  }
  return { ...JSON.parse(last), still: false };
}

/** Which squares of the screen lie in one of the boxes, by their middles; for each box a list of their corners. */
function cellsOf([left, top, right, bottom]) {
  const cells = [];
  const first = (from) => Math.max(0, Math.ceil(from / CELL - 0.5));
  for (let y = first(top) * CELL; y + CELL / 2 < bottom && y + CELL <= SCREEN.height; y += CELL)
    for (let x = first(left) * CELL; x + CELL / 2 < right && x + CELL <= SCREEN.width; x += CELL) cells.push([x, y]);
  return cells;
}

/**
 * The shares of the screen that are picture and that are inked, 0 to 1. A square is inked that is not, in all its pixels, of the one
 * colour that is commonest within the picture. A picture without ink is none.
 * @param {Buffer} screenshot as PNG, of the whole screen and in CSS pixels
 * @param {number[][]} boxes of the pictures
 */
export function shares(screenshot, boxes) {
  const { data, width } = PNG.sync.read(screenshot);
  const [picture, ink] = [new Set(), new Set()];
  for (const box of boxes) {
    const cells = cellsOf(box);
    const colours = new Map();
    const pixels = ([x, y], visit) => {
      for (let row = y; row < y + CELL; row++)
        for (let column = x; column < x + CELL; column++) if (visit(4 * (row * width + column))) return true;
      return false;
    };
    for (const cell of cells)
      pixels(cell, (at) => {
        const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        colours.set(colour, (colours.get(colour) ?? 0) + 1);
      });
    const commonest = [...colours].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
    const plain = [commonest >> 16, (commonest >> 8) & 255, commonest & 255];
    const inked = cells.filter((cell) =>
      pixels(cell, (at) => plain.some((channel, k) => Math.abs(data[at + k] - channel) > SAME)),
    );
    if (inked.length === 0) continue;
    for (const [x, y] of cells) picture.add(y * width + x);
    for (const [x, y] of inked) ink.add(y * width + x);
  }
  const all = Math.floor(SCREEN.width / CELL) * Math.floor(SCREEN.height / CELL);
  return { picture: picture.size / all, ink: ink.size / all };
}

/** Presses Tab until the page is left or begins again: the stops that were in sight before the first press, and all of them. */
async function tabStops(page) {
  await page.evaluate(() => {
    window.censusStops = new Set();
    getSelection()?.removeAllRanges();
    document.activeElement?.blur?.();
  });
  for (let press = 0; press < MOST_STOPS; press++) {
    await page.keyboard.press("Tab");
    const again = await page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      if (!at || at === document.body || window.censusStops.has(at)) return true;
      window.censusStops.add(at);
      return false;
    });
    if (again) break;
  }
  return page.evaluate(() => {
    const stops = [...window.censusStops];
    return { stops: stops.filter((stop) => window.censusSeen.has(stop)).length, allStops: stops.length };
  });
}

/** The width that the page takes in a window as wide as a phone, in pixels. */
async function onPhone(page) {
  await page.setViewportSize(PHONE);
  await page.reload({ waitUntil: "load" });
  await standing(page);
  return page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
}

/**
 * @typedef {{ controls: number, stops: number, allStops: number, hands: number, words: number, numbers: number, picture: number,
 *   ink: number, phone: number }} Census
 */

/**
 * The census of the page at `url`.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} url
 * @param {{ outside?: string, picture?: string }} options a folder that stands for other hosts; where to keep the screenshot
 * @returns {Promise<{ counts: Census, still: boolean, missing: string[] }>}
 */
export async function visit(browser, url, { outside, picture } = {}) {
  const context = await browser.newContext({
    viewport: SCREEN,
    deviceScaleFactor: 1,
    locale: "en-US",
    colorScheme: "light",
    serviceWorkers: "block",
  });
  const missing = new Set();
  if (outside) await answerFrom(context, outside, missing);
  const page = await context.newPage();
  await page.addInitScript(keepWriting);
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const { still, pictures, ...seen } = await standing(page);
  const screenshot = await page.screenshot({ path: picture });
  const counts = { ...seen, ...(await tabStops(page)), ...shares(screenshot, pictures), phone: await onPhone(page) };
  await context.close();
  return { counts, still, missing: [...missing] };
}
