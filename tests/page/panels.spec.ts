/** Manners that every panel has, by the list of views: a new view is tested as soon as it is listed. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { VIEWS, type ViewName } from "../../www/shared/view";

/** Trains in a blink. */
const QUICK = encodeURIComponent(
  JSON.stringify({ teacher: { steps: 200, hidden: [16] }, student: { steps: 200, hidden: [8] } }),
);
/** Panels whose data must be of a kind. */
const PRESETS: Partial<Record<ViewName, string>> = { boundary: "spirals" };
/** Panels that must be brought to show something. */
const BRING: Partial<Record<ViewName, (page: Page) => Promise<void>>> = {
  stage: (page) => page.locator("[data-figures] summary").click(),
  curves: (page) => page.getByRole("checkbox", { name: "Table" }).check(),
  kept: (page) => page.locator('[data-do="keep"]').click(),
  "own-data": (page) => page.locator('[data-do="table-sample"]').click(),
};

async function open(page: Page, view: ViewName, more = ""): Promise<void> {
  const preset = PRESETS[view] ?? "fifty-digits";
  await page.goto(`/?view=${view}&preset=${preset}&seed=3&c=${QUICK}${more}`);
  await page.evaluate(() => window.distillLab.ready);
  await expect(page.getByText(/^Done/)).toBeVisible();
}
const panels = (page: Page) => page.locator(".bench > section, .bench > .grid section");
async function complaints(page: Page): Promise<unknown[]> {
  const axe = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]);
  return (await axe.analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

/** The share of two pictures' pixels (PNG, base64) that differ clearly: how an edge is smoothed is the browser's own affair. */
async function difference(page: Page, one: string, other: string): Promise<number> {
  if (one === other) return 0;
  return page.evaluate(
    async (pictures) => {
      const decode = async (png: string) => {
        const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      };
      const [a, b] = [await decode(pictures[0]), await decode(pictures[1])];
      if (a.width !== b.width || a.height !== b.height) return 1;
      let clear = 0;
      for (let i = 0; i < a.data.length; i++) if (Math.abs(a.data[i]! - b.data[i]!) > 48) clear += 1;
      return clear / a.data.length;
    },
    [one, other] as const,
  );
}

for (const view of VIEWS) {
  test.describe(view, () => {
    test("opens alone, under a name, with a summary in words and a table", async ({ page }) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      await open(page, view);
      expect(errors).toEqual([]);
      // Alone: neither the page's title nor its foot.
      await expect(page.locator("h1, main > footer")).toHaveCount(0);
      const names = await panels(page).evaluateAll((all) =>
        all.map((one) => document.getElementById(one.getAttribute("aria-labelledby") ?? "")?.textContent.trim() ?? ""),
      );
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        expect(name).not.toBe("");
        await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
      }
      // In words: a text, or the name of a picture that holds one.
      const words = page.locator(
        'section [data-summary], section [role="img"][aria-label], section [role="application"][aria-label]',
      );
      const said = () =>
        words.evaluateAll((all) =>
          all
            .map((one) => one.getAttribute("aria-label") ?? one.textContent ?? "")
            .filter((text) => text.trim() !== ""),
        );
      await expect.poll(said).not.toEqual([]);
      await BRING[view]?.(page);
      await expect(panels(page).getByRole("table").first()).toBeVisible();
      expect(await panels(page).locator("th").count()).toBeGreaterThan(1);
    });

    test("every control is reached by Tab, shows it, and lets go", async ({ page }) => {
      await open(page, view);
      const controls = await panels(page).evaluateAll((all) => {
        const can = "button:not(:disabled), input:not(:disabled), select, summary, textarea, a[href], [tabindex='0']";
        const found = all.flatMap((one) => [...one.querySelectorAll<HTMLElement>(can)]);
        // Of those that arrows go through, one is a stop.
        const stops = found.filter((one) => one.tabIndex >= 0);
        const visible = stops.filter((one) => one.checkVisibility({ visibilityProperty: true }));
        visible.forEach((one, i) => {
          one.dataset["stop"] = String(i);
        });
        return visible.length;
      });
      const reached = new Set<string>();
      for (let k = 0; k < controls + 20; k++) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const on = document.activeElement as HTMLElement;
          const { outlineStyle, boxShadow } = getComputedStyle(on);
          return {
            stop: on.dataset["stop"],
            body: on === document.body,
            seen: outlineStyle !== "none" || boxShadow !== "none",
          };
        });
        if (at.stop !== undefined) {
          expect(at.seen).toBe(true);
          reached.add(at.stop);
        }
        if (at.body && reached.size > 0) break;
      }
      expect(reached.size).toBe(controls);
    });

    for (const colorScheme of ["light", "dark"] as const) {
      test(`axe finds nothing to complain of, ${colorScheme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await open(page, view);
        await BRING[view]?.(page);
        expect(await complaints(page)).toEqual([]);
      });
    }

    test("fits 360 px, where axe finds nothing either", async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await open(page, view);
      await BRING[view]?.(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(await complaints(page)).toEqual([]);
    });

    test("the same address gives the same text and the same picture", async ({ page }) => {
      const look = async () => {
        // What the machine's clock says is another text each time.
        await page
          .locator("[data-timed]")
          .evaluateAll((all) => all.forEach((timed) => ((timed as HTMLElement).style.display = "none")));
        return {
          text: (await panels(page).allInnerTexts()).join("\n"),
          picture: (await panels(page).first().screenshot()).toString("base64"),
        };
      };
      await open(page, view);
      // What comes after the run, such as an image asked for, has come when two looks agree.
      let first = await look();
      await expect(async () => {
        const again = await look();
        const settled = again.picture === first.picture && again.text === first.text;
        first = again;
        expect(settled).toBe(true);
      }).toPass();
      await open(page, view);
      await expect.poll(async () => (await look()).text).toBe(first.text);
      await expect.poll(async () => difference(page, first.picture, (await look()).picture)).toBeLessThan(0.001);
    });
  });
}

/** Without controls: what helps to read, and the one click that starts. Whatever else can be pressed, chosen or typed is a setting. */
const AIDS = [
  "[data-do=run], [data-do=sweep], [data-do=repeat-n], [data-do=compare]",
  // Stations that lead to a panel, curves, and panels that open.
  "ol .name, [data-legend], [aria-label=Curves], label:has-text('Table') input, label:has-text('log axis') input",
  "[data-do=take], [data-do=takeover], [data-do=steps], [data-do=versus]",
  // Which sample, layer, model is read; a drawing is a question to the models, a file leaves them as they are.
  "input[type=range], input[type=number], [data-kind], [data-part] button, [data-model-shown], [data-pick]",
  // The stage: which sample is read, and when; its dial only looks then.
  "[data-do=stage-play], [data-pace], [data-thumb], [data-true-scale]",
  "[data-tool=pen], [data-tool=rubber], .mine [data-do], [data-file] button",
].join();
/** The click that starts where it is not Run, and what says that it has been done. */
const STARTS: Partial<Record<ViewName, [start: string, done: string]>> = {
  stage: ['[data-do="stage-play"]', '[data-on-stage="done"]'],
  sweep: ['[data-do="sweep"]', '[data-seeds]:has-text("1 of 1 seeds")'],
  versus: ['[data-do="compare"]', "[data-versus-verdict=one_seed]"],
  repeat: ['[data-do="repeat-n"]', "[data-pairs-verdict]:has-text('12 of 12')"],
};
/** Panels that show nothing of a run. */
const EMPTY: readonly ViewName[] = ["kept", "own-data"];

test("without controls every panel can be started, keeps its readouts, and has no setting", async ({ page }) => {
  const settings = page.locator(`main :is(button, select, textarea, input):visible`).and(page.locator(`:not(${AIDS})`));
  await page.goto("/?view=curves&controls=0&autorun=0");
  for (const [i, view] of VIEWS.entries()) {
    const preset = PRESETS[view] ?? "fifty-digits";
    // One page for all, as the back button would have it; another seed is another run.
    await page.evaluate(
      (query) => {
        history.pushState(null, "", query);
        window.dispatchEvent(new PopStateEvent("popstate"));
      },
      `?view=${view}&controls=0&autorun=0&seeds=1&values=1,4&preset=${preset}&seed=${i + 10}&c=${QUICK}`,
    );
    await expect.poll(() => page.evaluate(() => window.distillLab.config().seed)).toBe(i + 10);
    const [start, done] = STARTS[view] ?? ['[data-do="run"]', ".start [role=status]:has-text('Done')"];
    await page.locator(start).click();
    await expect(page.locator(done), view).toBeVisible();
    expect(await settings.evaluateAll((all) => all.map((one) => one.outerHTML)), view).toEqual([]);
    if (EMPTY.includes(view)) await expect(panels(page).locator("[data-summary]"), view).not.toBeEmpty();
    else if (view === "stage") await expect(page.locator('[data-stage="done"]')).toBeVisible();
    else if (view === "curves") await expect(page.locator(".uplot")).toBeVisible();
    else await expect(panels(page).getByRole("table").first(), view).toBeVisible();
  }
  // A point of a sweep is read, and sets nothing.
  await page.goto(`/?view=sweep&controls=0&autorun=0&seeds=1&values=1,4&c=${QUICK}`);
  await page.locator('[data-do="sweep"]').click();
  await expect(page.locator("[data-seeds]")).toContainText("1 of 1 seeds");
  await page.locator("[data-sweep-chart]").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-sweep-readout]")).toContainText("T 1 (1 seeds)");
  await expect(page.locator("[data-taken]")).not.toContainText("T 1");
  // The whole page likewise; what its address opens is there, a way to open more is not.
  await page.goto(`/?controls=0&autorun=0&draw=1&c=${QUICK}`);
  await page.locator('[data-do="run"]').click();
  await expect(page.locator("footer code")).toBeVisible();
  await expect(page.locator("[data-pad]")).toBeVisible();
  expect(await settings.evaluateAll((all) => all.map((one) => one.outerHTML))).toEqual([]);
});

test("the three models are told apart by people who see fewer colours, as Chromium simulates it", async ({ page }) => {
  await open(page, "draw");
  const cdp = await page.context().newCDPSession(page);
  const keys = page.locator(".answers thead i");
  await expect(keys).toHaveCount(3);
  const boxes = await keys.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
  /** The colours of the models' keys, as they come out on the screen. */
  const colours = async (): Promise<number[][]> => {
    const shot = (await page.screenshot()).toString("base64");
    return page.evaluate(
      async ([png, places]) => {
        const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
        context.drawImage(image, 0, 0);
        return places.map(({ x, y, width, height }) => [
          ...context.getImageData(Math.round(x + width / 2), Math.round(y + height / 2), 1, 1).data.slice(0, 3),
        ]);
      },
      [shot, boxes] as const,
    );
  };
  const distance = (a: number[], b: number[]) => Math.hypot(...a.map((v, i) => v - (b[i] ?? 0)));
  const usual = await colours();
  for (const type of ["deuteranopia", "protanopia", "tritanopia", "achromatopsia"] as const) {
    await cdp.send("Emulation.setEmulatedVisionDeficiency", { type });
    const [teacher = [], alone = [], distilled = []] = await colours();
    expect([teacher, alone, distilled]).not.toEqual(usual);
    for (const [a, b] of [
      [teacher, alone],
      [teacher, distilled],
      [alone, distilled],
    ] as const)
      expect([type, distance(a, b) > 15]).toEqual([type, true]);
  }
});
