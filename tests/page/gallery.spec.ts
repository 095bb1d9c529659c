/**
 * Every panel of the gallery as it looked when its pictures were kept, in light, dark and on a narrow screen.
 * `npx playwright test gallery --update-snapshots` keeps new ones.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { GALLERY_URL } from "../../playwright.config";

/** Names, and how high a window must be to hold the panel without much white below it. */
const PANELS: Record<string, number> = {
  boundaries: 640,
  "boundaries-own": 640,
  confusion: 330,
  likeness: 330,
  "per-class": 520,
  reliability: 400,
  disagreements: 330,
  "soft-bars": 480,
  takeover: 560,
  steps: 1380,
  "steps-plane": 350,
  curves: 560,
  "soft-targets": 480,
  loss: 320,
  pipeline: 110,
  scoreboard: 300,
  repeat: 560,
  kept: 560,
  "take-home": 640,
  draw: 700,
  "sweep-chart": 400,
  "sweep-chart-partial": 400,
  "sweep-map": 460,
  "sweep-map-partial": 460,
  "own-data-empty": 420,
  "own-data-read": 900,
  "own-data-refused": 520,
  loading: 220,
  "loading-failed": 400,
  "loading-damaged": 440,
  share: 900,
};
const LOOKS = [
  { look: "light", theme: "light", width: 640 },
  { look: "dark", theme: "dark", width: 640 },
  { look: "narrow", theme: "light", width: 360 },
];
/** Fonts differ between machines, and with them where lines break. */
const TOLERANCE = { threshold: 0.1, maxDiffPixelRatio: 0.03, scale: "device" } as const;
/** Lines on white: nearly all of such a panel's pixels are paper, and a picture of few thin lines differs in fewer places. */
const SPARSE: Record<string, number> = {
  curves: 0.012,
  repeat: 0.012,
  kept: 0.012,
  pipeline: 0.012,
  "sweep-chart-partial": 0.015,
};
const toleranceOf = (panel: string) => ({
  ...TOLERANCE,
  maxDiffPixelRatio: SPARSE[panel] ?? TOLERANCE.maxDiffPixelRatio,
});
// Half as large: small files, in which the shapes count and not how a font is hinted.
test.use({ deviceScaleFactor: 0.5 });

async function open(page: Page, panel: string, theme: string): Promise<void> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${GALLERY_URL}?panel=${panel}&theme=${theme}`);
  await expect(page.locator(`main[data-panel="${panel}"]`)).toBeVisible();
  expect(errors).toEqual([]);
}

test("the gallery lists every panel that has a picture", async ({ page }) => {
  await page.goto(GALLERY_URL);
  const links = page.getByRole("link", { name: "dark" });
  const hrefs = await links.evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  expect(hrefs).toEqual(Object.keys(PANELS).map((name) => `?panel=${name}&theme=dark`));
});

/** A matrix fills a third of the others' width. */
const WIDTHS: Record<string, number> = { confusion: 380, likeness: 380, "steps-plane": 310 };
const widthOf = (panel: string, width: number): number => Math.min(width, WIDTHS[panel] ?? width);

for (const [panel, height] of Object.entries(PANELS)) {
  for (const { look, theme, width } of LOOKS) {
    test(`${panel} looks as it did, ${look}`, async ({ page }) => {
      await page.setViewportSize({ width: widthOf(panel, width), height });
      await open(page, panel, theme);
      // Nothing is wider than the screen.
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await expect(page).toHaveScreenshot(`${panel}-${look}.png`, toleranceOf(panel));
    });
  }
  test(`a page that lacks ${panel} is not taken for it`, async ({ page }) => {
    await page.setViewportSize({ width: widthOf(panel, 640), height });
    await open(page, panel, "light");
    await page.addStyleTag({ content: "main > :not(h1), main dialog { visibility: hidden }" });
    await expect(page).not.toHaveScreenshot(`${panel}-light.png`, toleranceOf(panel));
  });
}

const CHECKED = ["boundaries-own", "takeover", "steps", "sweep-chart", "sweep-map", "sweep-map-partial"];
for (const panel of [...CHECKED, "loading", "loading-failed", "loading-damaged"]) {
  for (const theme of ["light", "dark"]) {
    test(`${panel} breaks no rule of accessibility, ${theme}`, async ({ page }) => {
      await open(page, panel, theme);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
    });
  }
}
