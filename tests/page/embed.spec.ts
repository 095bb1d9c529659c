import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DistillLab } from "../../www/api";
import type { Result } from "../../www/shared/engine_types";
import { expect, type FrameLocator, type Page, test } from "@playwright/test";

const finished = (page: Page | FrameLocator) =>
  expect(page.locator('[data-model="student_distilled"] .accuracy')).toHaveText(/^\d+\.\d$/);

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
    const why = (given: unknown) => (given as Promise<unknown>).catch((e: Error) => ({ ...e, said: e.message }));
    const input = Float32Array.from({ length: 10 }, (_, i) => i / 10);
    const [list, typed] = [await a?.predict([...input]), await a?.predict(input)];
    const events: string[] = [];
    const off = a?.on("configchange", ({ seed }) => events.push(`${seed}`));
    await a?.configure({ seed: 5 });
    off?.();
    await a?.configure({ seed: 6 });
    // What the other side ignores without a word is said here.
    const unheard = await Promise.all([
      why(a?.predict(new Map() as never)),
      why(a?.configure({ seed: () => 1 } as never)),
      why(a?.predict(new Float32Array(1e5))),
      why(a?.step("3" as never)),
    ]);
    const waiting = why(b?.run());
    b?.remove();
    const gone = [await waiting, await why(b?.config())];
    if (b) document.body.append(b);
    return {
      same: list?.teacher.length === 2 && JSON.stringify(list) === JSON.stringify(typed),
      events,
      unheard,
      gone,
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
  expect(told).toMatchObject({
    same: true,
    events: ["5"],
    unheard: [
      { code: "wrong_type", path: "input", said: expect.stringContaining("got Map") },
      { code: "wrong_type", path: "seed", said: expect.stringContaining("got Function") },
      { code: "too_large", path: "input", said: expect.stringContaining("at most 65536") },
      { code: "wrong_type", path: "n", said: 'n: got "3"; allowed: a whole number from 1 to 9007199254740991' },
    ],
    gone: [
      { code: "removed", path: "" },
      { code: "detached", path: "" },
    ],
  });
  const panel = page.frameLocator("#a iframe");
  await expect(panel.locator("h1")).toHaveCount(0);
  await expect(panel.getByRole("combobox", { name: "Curves" })).toHaveValue("test-loss");
});
