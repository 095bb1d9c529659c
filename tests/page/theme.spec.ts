import { expect, type Page, test } from "@playwright/test";

const QUICK = encodeURIComponent(JSON.stringify({ teacher: { steps: 100 }, student: { steps: 100 } }));

/** Colours of the curves' canvas, by how often they occur; edges are smoothed and left out. */
async function colours(page: Page): Promise<string[]> {
  await expect(page.getByText(/^Done/)).toBeVisible({ timeout: 30_000 });
  return page
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const found = new Map<string, number>();
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] !== 255) continue;
        const colour = [...data.subarray(i, i + 3)].join();
        found.set(colour, (found.get(colour) ?? 0) + 1);
      }
      const often = [...found].filter(([, count]) => count > 300);
      return often.map(([colour]) => colour).sort();
    });
}

test("a chart has the dark theme's colours, whether the system or the address asks for it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`/?view=curves&c=${QUICK}`);
  const bySystem = await colours(page);
  expect(bySystem.length).toBeGreaterThan(1);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`/?view=curves&theme=dark&c=${QUICK}`);
  expect(await colours(page)).toEqual(bySystem);
  await page.goto(`/?view=curves&c=${QUICK}`);
  expect(await colours(page)).not.toEqual(bySystem);
});
