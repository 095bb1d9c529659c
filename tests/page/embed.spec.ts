import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DistillLab } from "../../www/api";
import type { Result } from "../../www/shared/model";
import { expect, type FrameLocator, type Page, test } from "@playwright/test";

const finished = (page: Page | FrameLocator) =>
  expect(page.locator('[data-model="student_distilled"] .accuracy')).toHaveText(/^\d+\.\d$/, { timeout: 45_000 });

test("the single file opens from a disk and gives the site's digest", async ({ page }) => {
  await page.goto("/");
  await finished(page);
  const digest = await page.locator("footer code").textContent();
  const folder = mkdtempSync(join(tmpdir(), "distill-lab-"));
  copyFileSync("dist/distill-lab.html", join(folder, "page.html"));
  await page.goto(pathToFileURL(join(folder, "page.html")).href);
  await finished(page);
  expect(await page.locator("footer code").textContent()).toBe(digest);
});

test("the single file works in a sandboxed frame, on a call from its host", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "distill-lab-"));
  copyFileSync("dist/distill-lab.html", join(folder, "page.html"));
  writeFileSync(
    join(folder, "host.html"),
    '<!doctype html><iframe sandbox="allow-scripts" src="page.html?preset=notebook-repaired" width="900" height="900"></iframe>',
  );
  await page.goto(pathToFileURL(join(folder, "host.html")).href);
  const frame = page.frameLocator("iframe");
  await frame.locator('[data-do="run"]').click();
  await finished(frame);
});

test("the element wraps a panel: calls, events, height, several on a page", async ({ page }) => {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><script type="module" src="./distill-lab.js"></script><distill-lab id="a" preset="notebook-repaired" view="curves" curve="test-loss"></distill-lab><distill-lab id="b" preset="spirals" t="3" view="compare"></distill-lab>',
    }),
  );
  await page.goto("/host.html");
  const told = await page.evaluate(async () => {
    await customElements.whenDefined("distill-lab");
    const [a, b] = ["a", "b"].map((id) => document.getElementById(id) as HTMLElement & DistillLab);
    const event = new Promise<Result>((done) =>
      document.addEventListener("distill-lab-result", (e) => done((e as CustomEvent).detail), { once: true }),
    );
    const result = await a?.run();
    const config = await b?.config();
    const refused = await b?.configure({ distillation: { temperature: 0 } }).catch((e: { path: string }) => e.path);
    return {
      digest: result?.digest,
      event: (await event).digest,
      temperature: config?.distillation.temperature,
      preset: config?.preset,
      refused,
    };
  });
  expect(told.digest).toHaveLength(16);
  expect(told).toMatchObject({
    event: told.digest,
    temperature: 3,
    preset: "spirals",
    refused: "distillation.temperature",
  });
  const panel = page.frameLocator("#a iframe");
  await expect(panel.locator("h1")).toHaveCount(0);
  await expect(panel.getByRole("combobox", { name: "Curves" })).toHaveValue("test-loss");
});
