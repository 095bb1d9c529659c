/**
 * Panels of the gallery as they looked when their pictures were kept; what drawings say is compared as numbers by
 * gallery_drawings.spec.ts. `npx playwright test gallery --update-snapshots` keeps new pictures.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { openPanel, panelNames } from "./gallery_page";
import { difference, expectPicture, MOST, picture } from "./same_picture";

const LOOKS = {
  light: { theme: "light", width: 640 },
  dark: { theme: "dark", width: 640 },
  narrow: { theme: "light", width: 360 },
  wide: { theme: "light", width: 1280 },
  "wide-dark": { theme: "dark", width: 1280 },
} as const;
/** Dark where a panel draws with colours of its own, narrow where it lays itself out in another way. */
const PICTURES: Record<string, (keyof typeof LOOKS)[]> = {
  "boundaries-own": ["light", "dark", "narrow"],
  takeover: ["light"],
  confusion: ["dark"],
  disagreements: ["narrow"],
  "soft-bars": ["narrow"],
  steps: ["light", "dark", "narrow"],
  "steps-plane": ["light"],
  curves: ["light", "dark", "narrow"],
  "soft-targets": ["light", "narrow"],
  loss: ["light", "narrow"],
  pipeline: ["light", "narrow"],
  scoreboard: ["light", "narrow"],
  repeat: ["light", "dark"],
  versus: ["light", "dark", "narrow"],
  kept: ["light", "narrow"],
  "take-home": ["light"],
  draw: ["light", "narrow"],
  "sweep-chart": ["light", "dark"],
  "sweep-chart-partial": ["light"],
  "sweep-chart-words": ["light", "narrow"],
  "sweep-map": ["light", "dark"],
  "sweep-map-partial": ["narrow"],
  "own-data-empty": ["light"],
  "own-data-read": ["light", "narrow"],
  "own-data-refused": ["dark"],
  loading: ["light"],
  "loading-failed": ["light"],
  "loading-damaged": ["narrow"],
  share: ["light", "narrow"],
  stage: ["wide", "wide-dark", "narrow"],
  "stage-taught": ["wide", "narrow"],
  "stage-veiled": ["wide"],
  "stage-empty": ["wide"],
  "stage-line": ["wide"],
  "stage-plane": ["wide-dark"],
  "stage-table": ["wide"],
  "stage-many": ["wide"],
  "stage-teacher": ["light", "dark"],
  "stage-pipe-decoupled": ["light"],
  "stage-pipe-label_smoothing": ["light"],
  "stage-race-tried": ["wide"],
};
/** A dialog is as high as the window lets it be; any other panel makes its page as high as it is. */
const HEIGHTS: Record<string, number> = { share: 1000, pipeline: 150 };

for (const [panel, looks] of Object.entries(PICTURES)) {
  for (const look of looks) {
    test(`${panel} looks as it did, ${look}`, async ({ page }) => {
      const { theme, width } = LOOKS[look];
      await page.setViewportSize({ width, height: HEIGHTS[panel] ?? 220 });
      await openPanel(page, panel, theme);
      await expectPicture(page, `${panel}-${look}`);
    });
  }
}

test("no panel is wider than a phone, and every letter comes from the gallery's fonts", async ({ page }) => {
  const names = await panelNames(page);
  expect(names).toEqual(expect.arrayContaining(Object.keys(PICTURES)));
  await page.setViewportSize({ width: 360, height: 740 });
  for (const name of names) {
    await openPanel(page, name);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
    expect(await systemFonts(page), name).toEqual([]);
  }
});

/** Texts of the page that are drawn, in whole or in part, in a font of the system's. */
async function systemFonts(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { nodes } = await session.send("DOM.getFlattenedDocument", { depth: -1 });
  const found: string[] = [];
  for (const { nodeId, nodeType, nodeValue } of nodes) {
    if (nodeType !== 3 || nodeValue.trim() === "") continue;
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    for (const { isCustomFont, familyName } of fonts) if (!isCustomFont) found.push(`${familyName}: ${nodeValue}`);
  }
  await session.detach();
  return found;
}

/** Changes that a picture must not outlive, each to one part of a panel; and none. */
const CHANGES: [string, string, (part: HTMLElement) => void][] = [
  ["a button's word", '[data-do="table-sample"]', (part) => (part.textContent = "Try a smaller example")],
  ["a letter of a button", '[data-do="table-sample"]', (part) => (part.textContent = "Try a small exemple")],
  ["a button's border", '[data-do="table-sample"]', (part) => (part.style.borderColor = "var(--ink-soft)")],
  ["a button's place", '[data-do="table-sample"]', (part) => (part.style.translate = "0 2px")],
  ["a file button's height", "input[type=file]", (part) => (part.style.height = "44px")],
  ["a digit of a hash", "code", (part) => (part.textContent = "0123456789abcdee")],
];
for (const [what, selector, change] of CHANGES) {
  test(`a picture is refused that differs in ${what}`, async ({ page }) => {
    await page.setViewportSize({ width: 640, height: 220 });
    await openPanel(page, "own-data-empty");
    const kept = await picture(page);
    expect(difference(kept, await picture(page)).worst).toBe(0);
    await page.locator(selector).first().evaluate(change);
    expect(difference(kept, await picture(page)).worst).toBeGreaterThan(MOST);
  });
}

const CHECKED = ["boundaries-own", "takeover", "steps", "sweep-chart", "sweep-map", "sweep-map-partial", "versus"];
for (const panel of [...CHECKED, "loading", "loading-failed", "loading-damaged"]) {
  for (const theme of ["light", "dark"] as const) {
    test(`${panel} breaks no rule of accessibility, ${theme}`, async ({ page }) => {
      await openPanel(page, panel, theme);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
    });
  }
}
