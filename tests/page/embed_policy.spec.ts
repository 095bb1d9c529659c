import type { AddressInfo } from "node:net";
import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import { SITE_POLICY } from "../../vite/policy";
import { serve } from "../../scripts/serve.mjs";
import { VIEWS } from "../../www/shared/view";
import { CHAPTERS } from "../../www/ui/lesson/chapters";
import { allPictures } from "./pictures";

let base = "";
test.beforeAll(async () => {
  const port: AddressInfo["port"] = await serve("dist", 0, (_: IncomingMessage, response: ServerResponse) => {
    response.setHeader("content-security-policy", SITE_POLICY);
    response.setHeader("referrer-policy", "no-referrer");
    return false;
  });
  base = `http://127.0.0.1:${port}/`;
});

/** What breaks the policy, asks another host or is said on the console, from now on. */
async function complaints(page: Page, own = base): Promise<string[]> {
  const said: string[] = [];
  await page.exposeBinding("complain", (_, text: string) => void said.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { complain } = window as unknown as { complain(text: string): void };
      complain(
        `${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      );
    });
  });
  page.on("console", (message) => {
    if (message.type() === "error") said.push(message.text());
  });
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(own)) said.push(`asked for ${request.url()}`);
  });
  return said;
}

const finished = (page: Page) =>
  page.waitForFunction(() => window.distillLab.ready.then(() => window.distillLab.run()));

test("the whole page works under a policy without anything inline, every view and chapter", async ({ page }) => {
  const said = await complaints(page);
  await page.goto(`${base}?preset=notebook-repaired`);
  await finished(page);
  for (const view of VIEWS) {
    const preset = view === "boundary" ? "spirals" : "notebook-repaired";
    await page.goto(`${base}?preset=${preset}&view=${view}&autorun=0`);
    await page.evaluate(() => window.distillLab.ready);
    if (view !== "boundary") await finished(page);
    await expect(page.locator("h2").first()).toBeVisible();
  }
  await page.goto(`${base}?preset=notebook-repaired&takeover=1&take=1&kept=1&pairs=1&table=1&theme=dark&lesson=1`);
  await finished(page);
  let formulas = 0;
  for (const { id } of CHAPTERS) {
    await page.goto(`${base}?lesson=${id}&autorun=0`);
    await expect(page.locator(".lesson h2, .lesson h3").first()).toBeVisible();
    formulas += await page.locator("math").count();
  }
  expect(formulas).toBeGreaterThan(0);
  expect(await page.context().cookies()).toEqual([]);
  expect(said).toEqual([]);
});

test("every chart is saved as SVG and PNG under that policy", async ({ page }) => {
  const said = await complaints(page);
  for (const { name, png } of await allPictures(page, base)) {
    expect(png.subarray(1, 4).toString(), name).toBe("PNG");
  }
  expect(said).toEqual([]);
});

test("and by the single file under its own policy", async ({ page, baseURL }) => {
  const said = await complaints(page, baseURL);
  await allPictures(page, `${baseURL}distill-lab.html`);
  expect(said).toEqual([]);
});

test("the test hears a violation", async ({ page }) => {
  const said = await complaints(page);
  await page.goto(`${base}?autorun=0`);
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<p style="color: red">x</p>'));
  await expect.poll(() => said.length).toBeGreaterThan(0);
});
