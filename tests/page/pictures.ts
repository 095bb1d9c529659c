/** Every chart that can be saved as a picture, brought onto the page and saved as a person saves it. */
import { readFileSync } from "node:fs";
import { type Download, expect, type Page } from "@playwright/test";

const SMALL = encodeURIComponent('{"teacher":{"steps":60},"student":{"steps":150}}');
const ADDRESSES = [
  `?kept=1&pairs=1&autorun=0&values=1,4,20&seeds=2&c=${SMALL}`,
  `?view=sweep&autorun=0&over=distillation.temperature,distillation.alpha&values=1,4,20;0.5,1&seeds=2&c=${SMALL}`,
];

export interface Pictures {
  name: string;
  svg: string;
  png: Buffer;
}

/** Both kinds of every chart of the page at `base`, whose address may say more by `more`. */
export async function allPictures(page: Page, base: string, more = ""): Promise<Pictures[]> {
  const [whole, map] = ADDRESSES;
  await page.goto(base + whole + more);
  await page.evaluate(() => window.distillLab.ready.then(() => window.distillLab.run()));
  // Two runs that are told apart by their number and their dashes.
  await page.locator('[data-do="keep"]').click();
  await page.evaluate(() => window.distillLab.configure({ student: { hidden: [8] } }));
  await page.evaluate(() => window.distillLab.run());
  await page.locator('[data-do="keep"]').click();
  await page.locator("[data-n]").selectOption("6");
  await page.locator('[data-do="repeat-n"]').click();
  await expect(page.locator("[data-pairs] .pair")).toHaveCount(6);
  await sweep(page);
  const found: Pictures[] = [];
  for (const name of ["curves", "soft-targets", "pairs", "sweep", "kept"]) found.push(await both(page, name));
  await page.goto(base + map + more);
  await page.evaluate(() => window.distillLab.ready);
  await sweep(page);
  return [...found, await both(page, "sweep-map")];
}

async function sweep(page: Page): Promise<void> {
  await page.locator('[data-do="sweep"]').click();
  await expect(page.locator("[data-seeds]")).toHaveText("2 of 2 seeds");
}

async function both(page: Page, name: string): Promise<Pictures> {
  const save = async (kind: "svg" | "png"): Promise<Buffer> => {
    const chart = page.locator(`[data-save="${name}"]`);
    await chart.locator("summary").click();
    const [download]: [Download, unknown] = await Promise.all([
      page.waitForEvent("download"),
      chart.locator(`[data-do="${kind}"]`).click(),
    ]);
    return readFileSync(await download.path());
  };
  return { name, svg: (await save("svg")).toString(), png: await save("png") };
}
