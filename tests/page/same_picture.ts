/**
 * Compares a picture of the page with the one that is kept, region by region: a button that has changed fills one region, while
 * another version of the browser may draw the edges of letters a little differently in all of them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** Edge of a region, in pixels: as high as a button. */
const REGION = 32;
/** How many pixels of a region may differ, of 1,024. */
export const MOST = 24;
/** Distance of two colours that are still the same, 1 being black from white. */
const THRESHOLD = 0.1;
/** What the system draws: a picture shows where these are, not how they look. */
const NATIVE = "select, progress, input:not([type=text], :not([type]))";

export interface Difference {
  /** Pixels that differ in the region with most of them; all of it where the sizes differ. */
  worst: number;
  /** A picture of what differs. */
  shown: Buffer | null;
}

export function difference(kept: Buffer, now: Buffer): Difference {
  const [a, b] = [PNG.sync.read(kept), PNG.sync.read(now)];
  const { width, height } = a;
  if (width !== b.width || height !== b.height) return { worst: REGION ** 2, shown: null };
  const shown = new PNG({ width, height });
  const options = { threshold: THRESHOLD, windowSize: REGION };
  const worst = pixelmatch(a.data, b.data, shown.data, width, height, options);
  return { worst, shown: worst > MOST ? PNG.sync.write(shown) : null };
}

/** A picture of the page that the next one equals. */
export async function picture(page: Page): Promise<Buffer> {
  const take = () =>
    page.screenshot({
      fullPage: true,
      animations: "disabled",
      mask: [page.locator(NATIVE)],
      maskColor: "#888888",
      style: "textarea { resize: none !important }",
    });
  for (let last = await take(); ;) {
    const next = await take();
    if (next.equals(last)) return next;
    last = next;
  }
}

/** The page looks as in the picture that is kept under this name; `--update-snapshots` keeps the page's. */
export async function expectPicture(page: Page, name: string): Promise<void> {
  const { config } = test.info();
  const path = test.info().snapshotPath(`${name}.png`);
  let now = await picture(page);
  if (config.updateSnapshots === "all" || config.updateSnapshots === "changed") {
    const same = existsSync(path) && difference(readFileSync(path), now).worst <= MOST;
    if (same && config.updateSnapshots === "changed") return;
    mkdirSync(dirname(path), { recursive: true });
    return writeFileSync(path, now);
  }
  expect(existsSync(path), `${path} is missing: --update-snapshots keeps one`).toBe(true);
  const kept = readFileSync(path);
  let found = difference(kept, now);
  // What a panel draws late, on a machine that is busy.
  for (const until = Date.now() + 5_000; found.worst > MOST && Date.now() < until;) {
    now = await picture(page);
    found = difference(kept, now);
  }
  if (found.worst > MOST) {
    const attach = (which: string, body: Buffer) =>
      test.info().attach(`${name}-${which}.png`, { body, contentType: "image/png" });
    await attach("expected", kept);
    await attach("actual", now);
    if (found.shown) await attach("diff", found.shown);
  }
  expect(found.worst, `${name}: pixels that differ in the region with most of them`).toBeLessThanOrEqual(MOST);
}
