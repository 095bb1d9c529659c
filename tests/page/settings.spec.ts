/** Settings as people type them: in their own numbers, mistyped, put right by another way. */
import { expect, type Page, test } from "@playwright/test";

const QUICK = encodeURIComponent('{"teacher":{"steps":40},"student":{"steps":40}}');
const input = (page: Page, path: string) => page.locator(`[id="set-${path}"]`);
const said = (page: Page, path: string) => page.locator(`[id="set-${path}-doc"]`);
async function open(page: Page, more = ""): Promise<void> {
  await page.goto(`/?autorun=0&c=${QUICK}${more}`);
  await page.evaluate(() => window.distillLab.ready);
}
async function type(page: Page, path: string, text: string): Promise<void> {
  await input(page, path).fill(text);
  await input(page, path).press("Enter");
}
const temperature = (page: Page) => page.evaluate(() => window.distillLab.config().distillation.temperature);
const [T, HIDDEN] = ["distillation.temperature", "student.hidden"];

test("a refusal quotes what was typed, and goes when the field or the preset has become another", async ({ page }) => {
  await open(page);
  await type(page, T, "hot");
  await expect(said(page, T)).toHaveText(`${T}: got "hot"; allowed: a number from 0.1 to 100`);
  await type(page, HIDDEN, "8, a");
  await expect(said(page, HIDDEN)).toContainText('got [8,"a"]');
  // Another way to another value: the error goes, and what was typed with it; the other field's stays.
  await page.evaluate(() => window.distillLab.configure({ distillation: { temperature: 4 } }));
  await expect(input(page, T)).toHaveValue("4");
  await expect(said(page, T)).not.toHaveRole("alert");
  await expect(said(page, HIDDEN)).toHaveRole("alert");
  await page.evaluate(() => window.distillLab.configure({ distillation: { temperature: 20 } }));
  await expect(said(page, T)).not.toHaveRole("alert");
  // Another preset, though its value is the same.
  await page.locator(".preset select").selectOption("unseen-digit");
  await expect(said(page, HIDDEN)).not.toHaveRole("alert");
  await expect(input(page, HIDDEN)).toHaveValue("32");
});

test("a decimal comma is read, and what could be thousands is not guessed at", async ({ page }) => {
  await open(page);
  await type(page, T, "2,5");
  await expect(input(page, T)).toHaveValue("2.5");
  expect(await temperature(page)).toBe(2.5);
  await type(page, "transfer.size", "1,000");
  await expect(said(page, "transfer.size")).toContainText('got "1,000"');
  await open(page, "&lang=de");
  await type(page, T, "2,5");
  await expect.poll(() => temperature(page)).toBe(2.5);
  await expect(input(page, T)).toHaveValue("2,5");
  await expect(page).toHaveURL(/T=2\.5/);
  await type(page, T, "0,05");
  await expect(said(page, T)).toHaveText(`${T}: gegeben 0,05; erlaubt: eine Zahl von 0,1 bis 100`);
});
