/** The share dialog as a person uses it: by keyboard, with and without a clipboard, on a phone, in the dark. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { SITE_POLICY } from "../../vite/policy";
import { serve } from "../../scripts/serve.mjs";
import { VIEWS } from "../../www/shared/view";

const open = async (page: Page, query = "", site = "/"): Promise<void> => {
  await page.goto(`${site}?autorun=0${query}`);
  await page.evaluate(() => window.distillLab.ready);
  await page.locator('[data-do="share"]').click();
  await expect(page.getByRole("dialog")).toBeVisible();
};
const text = (page: Page, name: string) => page.locator(`[data-text="${name}"]`);
const set = (page: Page, name: string) => page.locator(`[data-share="${name}"]`);

test("the link opens the state that was shared, in the panel and the language that were chosen", async ({ page }) => {
  await open(page, "&preset=spirals&seed=5");
  const wanted = await page.evaluate(() => {
    const about = (x: number) => Math.round(x * 100) / 100;
    const points = Array.from({ length: 24 }, (_, i) => [about(Math.cos(i) / 2), about(Math.sin(i) / 3), i % 2]);
    return window.distillLab.configure({ data: { name: "points", points }, student: { activation: "tanh" } } as never);
  });
  await set(page, "what").selectOption("boundary");
  await set(page, "controls").uncheck();
  await set(page, "theme").selectOption("dark");
  await set(page, "lang").selectOption("de");
  await set(page, "start").selectOption("click");
  await expect(text(page, "link")).toHaveValue(/c=1\..*view=boundary/);
  const link = await text(page, "link").inputValue();
  // Points of one's own are what makes links long.
  const plain = await page.evaluate(() => location.href);
  expect(link.length).toBeLessThan(plain.length * 0.6);
  await page.goto(link);
  await page.evaluate(() => window.distillLab.ready);
  expect(await page.evaluate(() => window.distillLab.config())).toEqual(wanted);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Grenzen" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // Nothing but what starts it.
  await expect(page.getByRole("toolbar")).toHaveCount(0);
  await expect(page.locator('[data-do="run"]')).toBeVisible();
});

test("panels go by their names, and the link to one has nothing of what is open beside it", async ({ page }) => {
  await open(page, "&take=1&draw=1&steps=1&own-data=1");
  await expect(text(page, "link")).toHaveValue(/take=1.*steps=1.*draw=1.*own-data=1/);
  const names = await set(page, "what").locator("option").allTextContents();
  expect(names).toHaveLength(VIEWS.length + 1);
  for (const name of names) expect(VIEWS).not.toContain(name);
  await set(page, "what").selectOption("loss");
  await expect(text(page, "link")).toHaveValue(/\?view=loss&autorun=0$/);
});

test("that the link was copied is said until the state is another, or for a while", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.clock.install();
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  const copy = page.locator('[data-do="copy"]');
  const said = page.locator("[data-copied]");
  await copy.click();
  await expect(copy).toHaveAccessibleName("Link copied");
  await expect(said).toHaveText("Link copied");
  await page.evaluate(() => window.distillLab.configure({ seed: 9 }));
  await expect(said).toBeEmpty();
  await expect(copy).toHaveAccessibleName("Copy link");
  await copy.click();
  await expect(said).toHaveText("Link copied");
  await page.clock.fastForward(5_000);
  await expect(said).toBeEmpty();
});

test("each host's code carries the link and the size, and the preview shows it", async ({ page }) => {
  await open(page);
  await set(page, "what").selectOption("curves");
  await set(page, "width").fill("500");
  await set(page, "height").fill("333");
  const link = await text(page, "link").inputValue();
  for (const host of ["iframe", "element", "quarto", "myst", "reveal", "mkdocs", "jupyter"]) {
    await set(page, "host").selectOption(host);
    const code = await text(page, "code").inputValue();
    expect(code, host).toContain(link.replaceAll("&", host === "myst" || host === "jupyter" ? "&" : "&amp;"));
    if (host !== "element") expect(code, host).toMatch(/500/);
  }
  const frame = page.locator("[data-preview] iframe");
  await expect(frame).toHaveJSProperty("offsetWidth", 500);
  await expect(frame).toHaveJSProperty("offsetHeight", 333);
  const inside = page.frameLocator("[data-preview] iframe");
  await expect(inside.getByRole("heading", { name: "Curves" })).toBeVisible();
  await expect(inside.locator("h1")).toHaveCount(0);
  // A size that is none is said, and the preview keeps the last one.
  await set(page, "height").fill("12");
  await expect(page.locator("#share-height-note")).toContainText("150");
  await expect(set(page, "height")).toHaveAttribute("aria-invalid", "true");
  await expect(frame).toHaveJSProperty("offsetHeight", 333);
});

test("the embed code, pasted into a page, shows the panel", async ({ page }) => {
  await open(page, "&seed=4");
  await set(page, "what").selectOption("compare");
  await set(page, "host").selectOption("element");
  await expect(text(page, "code")).toHaveValue(/<distill-lab/);
  const code = await text(page, "code").inputValue();
  await page.route("**/host.html", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Host</title>${code}` }),
  );
  await page.goto("/host.html");
  const panel = page.frameLocator("distill-lab iframe");
  await expect(panel.getByRole("heading", { name: "Scoreboard" })).toBeVisible();
  await expect(panel.locator("h1")).toHaveCount(0);
});

test("keyboard: opens, stays inside, closes with Escape, and focus returns", async ({ page }) => {
  await page.goto("/?autorun=0");
  await page.evaluate(() => window.distillLab.ready);
  const opener = page.locator('[data-do="share"]');
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Share or embed" })).toBeVisible();
  await expect(page.locator("dialog :focus")).toHaveCount(1);
  // What lies behind cannot be reached.
  const behind = await page.evaluate(() => {
    document.querySelector<HTMLElement>('[data-do="run"]')?.focus();
    return document.activeElement?.closest("dialog") !== null;
  });
  expect(behind).toBe(true);
  await page.keyboard.press("Escape");
  // Gone, not only hidden: it tells the page that it is closed a moment after it has given the focus back.
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await page.locator('[data-do="share-close"]').press("Enter");
  await expect(opener).toBeFocused();
});

test("copying says so; where it is forbidden the text is selected, and that is said", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await page.locator('[data-copy="link"]').click();
  await expect(page.locator('[data-said="link"]')).toHaveText("Copied");
  const link = await text(page, "link").inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await open(page);
  await page.locator('[data-copy="code"]').click();
  await expect(page.locator('[data-said="code"]')).toContainText("Ctrl+C");
  const selected = await text(page, "code").evaluate((field) => {
    const { selectionStart, selectionEnd, value } = field as HTMLTextAreaElement;
    return document.activeElement === field && value.slice(selectionStart, selectionEnd) === value;
  });
  expect(selected).toBe(true);
  // The page's own short way opens the dialog then.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
});

for (const [look, width, colorScheme] of [
  ["wide", 1280, "light"],
  ["phone", 360, "light"],
  ["dark", 1280, "dark"],
] as const) {
  test(`nothing is wider than the screen and axe finds nothing, ${look}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 740 });
    await open(page);
    await expect(page.locator("[data-qr]")).toBeVisible();
    const over = await page.getByRole("dialog").evaluate((dialog) => {
      const wide = [...dialog.querySelectorAll("*")].filter((one) => !one.closest("[data-preview]"));
      return wide.filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth).length;
    });
    expect(over).toBe(0);
    const { violations } = await new AxeBuilder({ page })
      .include("dialog")
      .exclude("iframe")
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)])).toEqual([]);
  });
}

test("a short link of a newer form is said, and the rest of the link applies", async ({ page }) => {
  await page.goto("/?autorun=0&seed=6&c=2.abc");
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.getByRole("alert")).toContainText("reload");
  expect(await page.evaluate(() => window.distillLab.config().seed)).toBe(6);
});

test("the dialog breaks nothing of a strict policy", async ({ page }) => {
  const port = await serve("dist", 0, (_request, response) => {
    response.setHeader("content-security-policy", SITE_POLICY);
    return false;
  });
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) refused.push(message.text());
  });
  await open(page, "", `http://127.0.0.1:${port}/`);
  await expect(page.locator("[data-qr]")).toBeVisible();
  await set(page, "width").fill("640");
  await expect(page.locator("[data-preview] iframe")).toHaveJSProperty("offsetWidth", 640);
  await expect(page.frameLocator("[data-preview] iframe").locator("h1")).toBeVisible();
  expect(refused).toEqual([]);
});
