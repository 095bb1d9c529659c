import { expect, type Page, test } from "@playwright/test";
import type { DistillLabElement } from "../../www/embed/element";

const PRESET = "notebook-repaired";

async function host(page: Page, body: string): Promise<void> {
  await page.route("**/host.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><meta charset="utf-8"><title>host</title><script type="module" src="./distill-lab.js"></script>${body}`,
    }),
  );
  await page.goto("/host.html");
  await page.evaluate(() => customElements.whenDefined("distill-lab"));
}
const panels = (n: number, more = "") =>
  Array.from(
    { length: n },
    (_, i) => `<distill-lab id="p${i}" preset="${PRESET}" view="curves" ${more}></distill-lab>`,
  ).join("");
const alive = (page: Page) => page.workers().length;

test("of twenty panels only those in sight have workers; a removed one leaves none behind", async ({ page }) => {
  await host(page, panels(20));
  await expect.poll(() => alive(page)).toBeGreaterThan(0);
  const inSight = 3; // 720 px over panels of some 400
  await expect.poll(() => alive(page)).toBeLessThanOrEqual(inSight);
  for (const i of [5, 12, 19]) {
    await page.locator(`#p${i}`).scrollIntoViewIfNeeded();
    await page.frameLocator(`#p${i} iframe`).locator('[data-do="run"]').waitFor();
    await expect.poll(() => alive(page)).toBeGreaterThan(0);
  }
  // Those that were passed give theirs away.
  await expect.poll(() => alive(page)).toBeLessThanOrEqual(inSight);
  await page.evaluate(() => document.querySelectorAll("distill-lab").forEach((panel) => panel.remove()));
  await expect.poll(() => alive(page)).toBe(0);
});

test("panels that are scrolled past are not woken, the one that is stopped at is", async ({ page }) => {
  const some = 8;
  // The panels' own time goes slowly: where the machine halts the wheel for a moment, no panel has stood still meanwhile.
  await page.addInitScript(() => {
    const real = window.setTimeout.bind(window);
    window.setTimeout = ((work: () => void, ms = 0) => real(work, 4 * ms)) as typeof window.setTimeout;
  });
  await host(page, panels(some));
  for (let i = 0; i < some; i++) {
    await page.locator(`#p${i}`).scrollIntoViewIfNeeded();
    await page.frameLocator(`#p${i} iframe`).locator('[data-do="run"]').waitFor();
  }
  await expect.poll(() => alive(page)).toBeLessThanOrEqual(2);
  let woken = 0;
  page.on("worker", () => (woken += 1));
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const session = await page.context().newCDPSession(page);
  // From the end to the beginning, in the margin beside the panels.
  await session.send("Input.synthesizeScrollGesture", { x: 3, y: 300, yDistance: height, speed: 3_000 });
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  // It may still have had its worker: then it was not woken, and works all the same.
  const first = page.frameLocator("#p0 iframe");
  await first.locator('[data-do="run"]').click();
  await expect(first.locator(".status")).toContainText("Done");
  expect(woken).toBeLessThanOrEqual(3);
});

test("a panel that was out of sight goes on where it was, with the same figures", async ({ page }) => {
  await host(page, `${panels(1)}<p style="height: 4000px">far down</p><p id="end">end</p>`);
  const panel = page.locator("#p0");
  const digest = await panel.evaluate(async (lab: DistillLabElement) => (await lab.run()).digest);
  const results = await page.evaluateHandle(() => {
    const heard: string[] = [];
    document.addEventListener("distill-lab-result", (event) => heard.push(event.detail.digest));
    return heard;
  });
  const before = await panel.evaluate((lab: DistillLabElement) => lab.predict(Array.from({ length: 10 }, () => 0.5)));
  await page.locator("#end").scrollIntoViewIfNeeded();
  await expect.poll(() => alive(page)).toBe(0);
  // Asked where nobody sees it, it wakes, trains the same again, and answers the same.
  const after = await panel.evaluate((lab: DistillLabElement) => lab.predict(Array.from({ length: 10 }, () => 0.5)));
  expect(after).toEqual(before);
  await expect.poll(() => alive(page)).toBe(0);
  await panel.scrollIntoViewIfNeeded();
  await expect.poll(() => alive(page)).toBe(1);
  expect(await results.jsonValue()).toEqual([]);
  expect(await panel.evaluate(async (lab: DistillLabElement) => (await lab.run()).digest)).toBe(digest);
});

test("a run pauses out of sight and goes on in sight; the page's focus, scroll and keys stay its own", async ({
  page,
}) => {
  // Listening before the panel is there: on a quick machine its run begins, and ends, before this test's next word.
  await page.addInitScript(() => {
    const heard: string[] = [];
    document.addEventListener("distill-lab-status", (event) => heard.push(event.detail.state));
    Object.assign(window, { heard });
  });
  await host(
    page,
    `<input id="field">${panels(1).replace(PRESET, "fifty-digits").replace("view=", 'autorun="1" view=')}<p style="height: 4000px"></p><p id="end">end</p>`,
  );
  await page.locator("#field").focus();
  const states = await page.evaluateHandle(() => (window as unknown as { heard: string[] }).heard);
  await expect.poll(() => states.jsonValue()).toContain("running");
  expect(await page.evaluate(() => [document.activeElement?.id, window.scrollY])).toEqual(["field", 0]);
  await page.keyboard.type("s r");
  await expect(page.locator("#field")).toHaveValue("s r");
  await page.locator("#end").scrollIntoViewIfNeeded();
  await expect.poll(async () => ["paused", "done"].includes((await states.jsonValue()).at(-1) ?? "")).toBe(true);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect.poll(async () => (await states.jsonValue()).at(-1)).toBe("done");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("field");
});

test("without controls one click still starts, and the readouts stay", async ({ page }) => {
  for (const view of ["curves", "compare", "temperature", "soft-targets", "loss"]) {
    await host(page, `<distill-lab preset="${PRESET}" view="${view}" controls="0"></distill-lab>`);
    const frame = page.frameLocator("iframe");
    await expect(frame.locator("h2").first()).toBeVisible();
    await frame.locator('[data-do="run"]').click();
    await expect(frame.locator('[role="status"]').first()).toContainText("Done");
    await expect(frame.locator('[data-do="reset"], select[name="preset"]')).toHaveCount(0);
  }
});

test("attributes and properties are one; another address is another frame, and no step back for the host", async ({
  page,
}) => {
  await host(
    page,
    `<distill-lab id="p" preset="${PRESET}" view="curves"><a href="figure.html">still figure</a></distill-lab>`,
  );
  const panel = page.locator("#p");
  await panel.evaluate((lab: DistillLabElement) => lab.ready());
  const length = await page.evaluate(() => history.length);
  const read = await panel.evaluate(async (lab: DistillLabElement) => {
    const given = lab.config();
    lab.t = "3";
    lab.setAttribute("view", "compare");
    const refused = await given.then(
      () => "answered",
      (error: Error) => error.message,
    );
    return {
      attribute: lab.getAttribute("t"),
      view: lab.view,
      refused,
      T: (await lab.config()).distillation.temperature,
    };
  });
  expect(read).toMatchObject({ attribute: "3", view: "compare", T: 3 });
  expect(await page.evaluate(() => history.length)).toBe(length);
  const removed = await panel.evaluate((lab: DistillLabElement) => {
    const waiting = lab.run().catch((error: Error) => error.message);
    lab.remove();
    return waiting;
  });
  expect(removed).toBe("The element was removed.");
});

test("on paper and without script there is what stands inside", async ({ page, browser }) => {
  const body = `<distill-lab id="p" view="curves"><a id="still" href="figure.html">still figure</a></distill-lab>`;
  await host(page, body);
  await expect(page.locator("#still")).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#still")).toBeVisible();
  await expect(page.locator("#p iframe")).toBeHidden();
  const still = await browser.newPage({ javaScriptEnabled: false });
  await still.setContent(body);
  await expect(still.locator("#still")).toBeVisible();
  await still.close();
});
