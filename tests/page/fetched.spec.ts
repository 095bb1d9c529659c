/** Parts of the page that cannot be fetched: it is said in their place, which stays as high as it was, with the way to them. */
import { expect, type Locator, type Page, test } from "@playwright/test";

interface Part {
  /** The start of its file's name. */
  chunk: string;
  query?: string;
  /** What fetches it, where a click does. */
  ask?: string;
  /** Where it is said. */
  place: string;
  /** Lines of text that its room is as high as, at least. */
  room?: number;
  /** What is there when it has come. */
  there: string;
}
const section = (name: string) => `section[aria-labelledby=h-${name}]`;
const PARTS: Readonly<Record<string, Part>> = {
  "the loss panel": { chunk: "LossPanel", place: section("loss"), room: 20, there: `${section("loss")} table` },
  "the settings": { chunk: "Settings", place: section("set"), there: "[id='set-student.hidden']" },
  "the sweep": { chunk: "Sweep", place: section("sweep"), room: 49, there: "[data-sweep]" },
  "the boundaries": {
    ...{ chunk: "Boundaries", query: "preset=spirals", place: section("boundaries"), room: 24 },
    there: "[data-world]",
  },
  "the repetition": { chunk: "Repeat", query: "view=repeat", place: section("pairs"), there: '[data-do="repeat-n"]' },
  "the lesson": { chunk: "Lesson", query: "lesson=1", place: ".lesson", there: "[data-chapter]" },
  "the stage": { chunk: "OnStage", query: "view=stage", place: "main", room: 40, there: "[data-on-stage]" },
  "an opened panel": {
    ...{ chunk: "TakeOver", ask: "takeover", place: section("takeover"), room: 24 },
    there: `${section("takeover")} [data-summary]`,
  },
  "the share dialog": { chunk: "Share", ask: "share", place: "main", there: "[data-dialog=share]" },
};

async function open(page: Page, part: Part, more = ""): Promise<Locator> {
  await page.route(new RegExp(`/${part.chunk}-[^/]*\\.js$`), (route) => route.abort());
  await page.goto(`/?autorun=0&${part.query ?? ""}${more}`);
  await page.evaluate(() => window.distillLab.ready);
  if (part.ask) await page.locator(`[data-do="${part.ask}"]`).click();
  return page.locator(part.place).getByRole("alert");
}

for (const [name, part] of Object.entries(PARTS)) {
  test(`${name}: that it cannot be fetched is said in its place, and loading the page again brings it`, async ({
    page,
  }) => {
    const alert = await open(page, part);
    await expect(alert).toContainText("A part of this page could not be fetched.");
    const room = await alert.locator("..").evaluate((place) => place.getBoundingClientRect().height);
    expect(room).toBeGreaterThanOrEqual(16 * (part.room ?? 1));
    await expect(page.locator(part.there)).toHaveCount(0);
    await page.unrouteAll();
    await Promise.all([page.waitForEvent("load"), alert.getByRole("button", { name: "Reload" }).click()]);
    // What is open is in the address; a dialog is not.
    if (part.ask === "share") await page.locator('[data-do="share"]').click();
    await expect(page.locator(part.there).first()).toBeVisible();
    await expect(alert).toHaveCount(0);
  });
}

test("a part that cannot be fetched says so in the page's language, to a reader by keyboard too", async ({ page }) => {
  const alert = await open(page, PARTS["the share dialog"]!, "&lang=de");
  await expect(alert).toHaveText(/^Ein Teil dieser Seite ließ sich nicht laden\./);
  // Where the reader looks: the foot is at the page's end, and so is what it says.
  await expect(alert).toBeInViewport();
  await page.unrouteAll();
  await Promise.all([page.waitForEvent("load"), alert.getByRole("button", { name: "Neu laden" }).press("Enter")]);
  await expect(alert).toHaveCount(0);
});
