/** The gallery's pages: one panel each, with fixed data. */
import { expect, type Page } from "@playwright/test";
import { GALLERY_URL } from "../../playwright.config";

/** Opens a panel, and waits until it is whole; what the page throws meanwhile fails the test. */
export async function openPanel(page: Page, panel: string, theme: "light" | "dark" = "light"): Promise<void> {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${GALLERY_URL}?panel=${panel}&theme=${theme}`);
  await expect(page.locator(`main[data-panel="${panel}"]`)).toBeVisible();
  // A long panel comes in parts, one with each frame: what is read before the last one is there misses some.
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  expect(errors).toEqual([]);
}

/** Names of all panels. */
export async function panelNames(page: Page): Promise<string[]> {
  await page.goto(GALLERY_URL);
  const links = page.getByRole("link", { name: "dark" });
  await expect(links).not.toHaveCount(0);
  return links.evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).searchParams.get("panel")!));
}
