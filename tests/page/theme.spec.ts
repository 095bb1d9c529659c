import { expect, type Page, test } from "@playwright/test";

const QUICK = encodeURIComponent(JSON.stringify({ teacher: { steps: 100 }, student: { steps: 100 } }));

/** Colours of the curves' canvas, by how often they occur; edges are smoothed and left out. */
async function colours(page: Page): Promise<string[]> {
  await expect(page.getByText(/^Done/)).toBeVisible();
  return page
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const found = new Map<string, number>();
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] !== 255) continue;
        const colour = [...data.subarray(i, i + 3)].join();
        found.set(colour, (found.get(colour) ?? 0) + 1);
      }
      const often = [...found].filter(([, count]) => count > 300);
      return often.map(([colour]) => colour).sort();
    });
}

/** What is drawn by a background alone, with the colour it has now: neither paper nor a control. */
const drawn = (page: Page) =>
  page.locator("main").evaluate((main) => {
    const probe = main.appendChild(document.createElement("i"));
    const bare = ["--paper", "--panel"].map((name) => {
      probe.style.background = `var(${name})`;
      return getComputedStyle(probe).backgroundColor;
    });
    probe.remove();
    const found = new Set<string>();
    for (const element of main.querySelectorAll("*")) {
      if (element.matches("button, input, select, textarea, progress")) continue;
      const { backgroundColor: colour, backgroundImage: image } = getComputedStyle(element);
      const name = element.getAttribute("class")?.replace(/ ?svelte-\w+/, "") || element.localName;
      const where = `${element.closest("section")?.getAttribute("aria-labelledby") ?? "head"} ${name}`;
      const plain = bare.includes(colour) || /^rgba\(.* 0\)$/.test(colour);
      if (!plain || image !== "none") found.add(where);
    }
    return [...found].sort();
  });

test("what is drawn by backgrounds is there where the system forces its own colours", async ({ page }) => {
  // White pictures stand out from the dark theme's paper only.
  await page.emulateMedia({ colorScheme: "dark" });
  for (const [query, least] of [
    ["view=soft-targets", 2],
    ["view=compare", 3],
    ["view=takeover", 5],
    ["view=steps", 7],
    ["view=draw", 4],
    ["view=boundary&preset=spirals", 1],
  ] as const) {
    await page.goto(`/?${query}&c=${QUICK}`);
    await expect(page.getByText(/^Done/)).toBeVisible();
    await expect.poll(async () => (await drawn(page)).length).toBeGreaterThanOrEqual(least);
    const usual = await drawn(page);
    await page.emulateMedia({ forcedColors: "active" });
    expect(await drawn(page)).toEqual(usual);
    // Its background says that it comes first; no paper is put behind its words.
    await expect(page.locator('[data-do="run"]')).toHaveCSS("forced-color-adjust", "none");
    await page.emulateMedia({ forcedColors: "none" });
  }
});

test("a chart has the dark theme's colours, whether the system or the address asks for it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(`/?view=curves&c=${QUICK}`);
  const bySystem = await colours(page);
  expect(bySystem.length).toBeGreaterThan(1);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`/?view=curves&theme=dark&c=${QUICK}`);
  expect(await colours(page)).toEqual(bySystem);
  await page.goto(`/?view=curves&c=${QUICK}`);
  const light = await colours(page);
  expect(light).not.toEqual(bySystem);
  // Paper is white, whatever the screen was.
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  expect(await colours(page)).toEqual(light);
});

test("on paper are the figures, the text and a link, and nothing to press", async ({ page }) => {
  await page.goto(`/?lesson=3&soft-T=2&theme=dark&c=${QUICK}`);
  await expect(page.getByText(/^Done/)).toBeVisible();
  const bar = page.locator('section[aria-labelledby="h-soft"] td[aria-hidden] span').first();
  const controls = page.locator('button, input, summary, [aria-labelledby="h-set"]').filter({ visible: true });
  const told = page.locator("[data-printed] a");
  await expect(told).toHaveCount(0);
  await page.emulateMedia({ media: "print" });
  // What is left of them says something: a station, a curve's name, a figure of the text; a value that was chosen.
  const words = 'ol .name, [data-legend], article p [title], [type="radio"], [type="number"]';
  await expect(controls.and(page.locator(`:not(${words})`))).toHaveCount(0);
  await expect(controls.and(page.locator("article p [title]")).first()).toBeVisible();
  await expect(bar).toHaveCSS("background-color", "rgb(0, 114, 178)");
  await expect(bar).toHaveCSS("print-color-adjust", "exact");
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await expect(told).toHaveAttribute("href", /lesson=3.*soft-T=2|soft-T=2.*lesson=3/);
  await expect(told).toHaveText((await told.getAttribute("href")) ?? "");
  await page.emulateMedia({ media: "screen" });
  await expect(told).toHaveCount(0);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
