/** The language of the page, and the browser's own. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { CHAPTERS } from "../../www/ui/lesson/chapters";
import { german } from "../../www/ui/lesson/german";
import { de } from "../../www/ui/strings/de";
import { deEngine } from "../../www/ui/strings/de_engine";
import { en } from "../../www/ui/strings/en";

test("a browser whose language is no language starts the page all the same", async ({ page }) => {
  // What WebKitGTK says under the locale C.UTF-8.
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "language", { configurable: true, get: () => "C" }),
  );
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.locator(".uplot")).toBeVisible();
});

const heading = (page: Page) => page.locator("h1");
const root = (page: Page) => page.locator("html");
/** The German texts come when `release` is called. */
async function held(page: Page): Promise<{ asked: Promise<void>; release: () => void }> {
  let [ask, release] = [(): void => {}, (): void => {}];
  const asked = new Promise<void>((done) => (ask = done));
  const free = new Promise<void>((done) => (release = done));
  await page.route(/\/assets\/de-[^/]*\.js$/, async (route) => {
    ask();
    await free;
    await route.continue();
  });
  return { asked, release };
}

test("the first script holds no German, and an English page asks for none", async ({ page, request }) => {
  const asked: string[] = [];
  page.on("request", (one) => asked.push(one.url()));
  await page.goto("/?autorun=0&take=1&kept=1&lesson=1");
  await page.evaluate(() => window.distillLab.ready);
  await expect(heading(page)).toHaveText(en.title);
  await expect(page.locator("article")).toBeVisible();
  const html = await (await request.get("/")).text();
  // With whatever it brings along: the page is one script, which a test of its size can hold to account.
  const first = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, path]) => path ?? "");
  expect(first).toHaveLength(1);
  const script = await (await request.get(`/${first[0]}`)).text();
  const sentences = (texts: object) => Object.values(texts).filter((text) => /^[\w ,.]{25,}$/.test(text));
  // English ones are found so, German ones are not.
  expect(sentences(en).filter((text) => script.includes(text)).length).toBeGreaterThan(20);
  expect(sentences(de).filter((text) => script.includes(text))).toEqual([]);
  expect(sentences(de).length).toBeGreaterThan(20);
  expect(asked.filter((url) => /\/(de|german)-[^/]*\.js/.test(url))).toEqual([]);
});

test("a German page speaks no English first, and nothing moves when its words come", async ({ page }) => {
  const { asked, release } = await held(page);
  await page.addInitScript(() => {
    const seen = window as unknown as { shifts: number; headings: string[] };
    [seen.shifts, seen.headings] = [0, []];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
    new MutationObserver(() => {
      const text = document.querySelector("h1")?.textContent;
      if (text && text !== seen.headings.at(-1)) seen.headings.push(text);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto("/?lang=de-AT&autorun=0");
  await asked;
  // The lab is there before the words are.
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.locator("main")).toHaveCount(0);
  release();
  await expect(heading(page)).toHaveText(de.title);
  await expect(root(page)).toHaveAttribute("lang", "de-AT");
  await expect(page.locator('[data-do="sweep"]')).toBeVisible();
  const seen = await page.evaluate(() => {
    const { shifts, headings } = window as unknown as { shifts: number; headings: string[] };
    return { shifts, headings };
  });
  expect(seen.headings).toEqual([de.title]);
  expect(seen.shifts).toBeLessThan(0.01);
});

test("a page that is to speak another language keeps its own until that is there", async ({ page }) => {
  const { asked, release } = await held(page);
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  await page.evaluate(() => {
    history.pushState(null, "", "?lang=de&autorun=0");
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  await asked;
  await expect(heading(page)).toHaveText(en.title);
  await expect(root(page)).toHaveAttribute("lang", "en");
  release();
  await expect(heading(page)).toHaveText(de.title);
  await expect(root(page)).toHaveAttribute("lang", "de");
  await page.goBack();
  await expect(heading(page)).toHaveText(en.title);
});

test("a page that cannot have the texts speaks English", async ({ page }) => {
  await page.route(/\/assets\/de-[^/]*\.js$/, (route) => route.abort());
  await page.goto("/?lang=de&autorun=0");
  await expect(heading(page)).toHaveText(en.title);
  await expect(root(page)).toHaveAttribute("lang", "en");
});

test("the single file and a panel in a page of another's speak German too", async ({ page }) => {
  await page.goto("/distill-lab.html?lang=de&autorun=0");
  await expect(heading(page)).toHaveText(de.title);
  await page.goto("/distill-lab.html?lang=de&autorun=0&lesson=1");
  await expect(page.locator("article")).toContainText(german.chapters.why.title);
  const body = `<iframe src="/?view=compare&lang=de" width="700" height="500"></iframe>`;
  await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto("/host.html");
  await expect(page.frameLocator("iframe").locator("#h-compare")).toHaveText(de.compare);
});

test("presets and settings are explained in the page's language, and named as in every config", async ({ page }) => {
  await page.goto("/?lang=de&autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  const preset = page.locator(".preset select");
  await expect(preset.locator("option:checked")).toHaveText(deEngine.presets["fifty-digits"]?.title ?? "");
  await preset.selectOption("unseen-digit");
  await expect(page.locator(".why")).toContainText(deEngine.presets["unseen-digit"]?.why ?? "");
  const seed = page.locator(".field", { has: page.getByLabel("seed", { exact: true }) });
  await expect(seed).toContainText(deEngine.fields["seed"] ?? "");
  // What the engine refuses is said in it too.
  await page.getByLabel("seed", { exact: true }).fill("-1");
  await page.getByLabel("seed", { exact: true }).blur();
  await expect(seed).toContainText("erlaubt: eine ganze Zahl von 0 bis");
});

const article = (page: Page) => page.locator("article");
/** As the address would, without a new page. */
const speak = (page: Page, query: string) =>
  page.evaluate((asked) => {
    history.pushState(null, "", asked);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }, query);

test("the lesson is in the page's language, with the same figures, and goes with it when that changes", async ({
  page,
}) => {
  await page.goto("/?lang=de-AT&autorun=0&lesson=4");
  await expect(article(page)).toHaveAttribute("lang", "de");
  await expect(article(page).locator("h2")).toContainText(`4. ${german.chapters.loss.title}`);
  await expect(page.getByRole("navigation", { name: german.labels.chapters })).toContainText(
    Object.values(german.chapters)
      .map(({ title }, i) => `${i + 1}. ${title}`)
      .join(""),
  );
  await expect(article(page).locator("math").first()).toContainText("Lehrer");
  // English are the sources alone, and marked so.
  expect(await article(page).locator('[lang="en"]').allInnerTexts()).toEqual(
    await article(page).locator("a").allInnerTexts(),
  );
  await article(page).getByRole("radio", { name: "nichts", exact: true }).check();
  await page.locator('[data-do="lesson-run"]').click();
  await expect(page.locator("[data-outcome]")).toContainText(
    /Vorhergesagt: nichts\. Dieser Lauf, Seed 1: allein (\d+,\d %), destilliert \1\./,
  );
  const checked = article(page).locator("fieldset [role=status]");
  await article(page).getByRole("radio", { name: german.chapters.loss.check.options[0] }).check();
  await expect(checked).toHaveText(`${german.labels.wrong} ${german.chapters.loss.check.why}`);
  await article(page).getByRole("radio", { name: german.chapters.loss.check.options[2] }).check();
  await expect(checked).toHaveText(`${german.labels.right} ${german.chapters.loss.check.why}`);
  await article(page).getByRole("button", { name: "KL-Divergenz" }).click();
  await expect(article(page).getByRole("note")).toContainText(german.glossary["KL divergence"]);
  await page.locator('[data-do="next-chapter"]').click();
  await expect(article(page).locator("h2")).toContainText(`5. ${german.chapters.refine.title}`);
  await expect(article(page).locator("h2")).toBeFocused();
  const claims = article(page).locator("[data-claim]");
  await expect(claims.first()).toHaveText(/^\d+,\d ± \d+,\d %$/);
  const figures = (await claims.allInnerTexts()).map((text) => text.replaceAll(",", ".").replace("Punkte", "points"));
  await speak(page, "?autorun=0&lesson=5");
  await expect(article(page)).toHaveAttribute("lang", "en");
  await expect(article(page).locator("h2")).toContainText("5. Refine");
  expect(await claims.allInnerTexts()).toEqual(figures);
  await page.goBack();
  await expect(article(page).locator("h2")).toContainText(`5. ${german.chapters.refine.title}`);
  // What was answered stays so.
  await page.goto("/?lang=de&autorun=0&lesson=6");
  await article(page).getByRole("radio").nth(1).check();
  await speak(page, "?autorun=0&lesson=6");
  await expect(page.locator("[data-outcome]")).toHaveText("You said: no gain, or a small loss.");
});

test("a lesson that cannot have its words is in English, and says so to whoever has it read aloud", async ({
  page,
}) => {
  await page.route(/\/assets\/german-[^/]*\.js$/, (route) => route.abort());
  await page.goto("/?lang=de&autorun=0&lesson=1");
  await expect(heading(page)).toHaveText(de.title);
  await expect(article(page)).toHaveAttribute("lang", "en");
  await expect(page.locator(".lesson nav")).toHaveAttribute("lang", "en");
  await expect(root(page)).toHaveAttribute("lang", "de");
});

for (const [width, height] of [
  [1280, 720],
  [360, 740],
] as const) {
  test(`every German chapter fits ${width} px, and axe finds nothing`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const { id } of CHAPTERS) {
      await page.goto(`/?lang=de&autorun=0&lesson=${id}`);
      await expect(article(page)).toHaveAttribute("data-chapter", id);
      await expect(article(page)).toHaveAttribute("lang", "de");
      expect(await page.evaluate(() => document.documentElement.scrollWidth), id).toBeLessThanOrEqual(width);
      const axe = new AxeBuilder({ page }).include(".lesson").withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
      expect((await axe.analyze()).violations.map((one) => [one.id, one.nodes.map((node) => node.html)])).toEqual([]);
    }
  });
}
