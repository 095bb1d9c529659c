// What a panel owes to the page that holds it, asked of one page at one width. Each check is a sentence and a function that
// returns undefined, or what it found instead.

/** A frame that shows a panel: its address holds one. */
const isPanel = (frame) => frame.parentFrame() !== null && /[?&]view=/.test(frame.url());

/** The page's panel, loaded and ready; `view` chooses among several. */
export async function panelOf(page, view = "soft-targets") {
  let found;
  const look = () => {
    found = page.frames().find((frame) => isPanel(frame) && frame.url().includes(`view=${view}`));
    return found !== undefined;
  };
  while (!look()) await page.waitForEvent("framenavigated", { timeout: 30_000 });
  await found.waitForSelector("main.single", { timeout: 30_000 });
  await found.evaluate(() => window.distillLab.ready);
  return found;
}

/** What the panel is set to: what its address asked for, and its panel. */
export const state = (panel) =>
  panel.evaluate(async () => {
    const { preset, distillation } = await window.distillLab.config();
    return `${preset}, T = ${distillation.temperature}, ${new URLSearchParams(location.search).get("view")}`;
  });

/** Where the host stands: what has its focus, and how far it is scrolled. */
export const place = (page) =>
  page.evaluate(() => {
    const name = (element) => element?.id || element?.tagName;
    const scrolled = [...document.querySelectorAll("*")].map((element) => element.scrollTop).filter((top) => top !== 0);
    return `${name(document.activeElement)} in focus, scrolled ${scrolled.join(",") || 0}`;
  });

/** In a frame: whether it is as high as its panel, within what a host may put around it. */
export const TOLD = () => Math.abs(innerHeight - document.getElementById("app").getBoundingClientRect().height) <= 24;

/** A run that the host asks for, to its end. */
const train = (panel) => panel.evaluate(async () => (await window.distillLab.run()).digest);

/** What every example asks for. */
export const SETTINGS = (view = "soft-targets") => `fifty-digits, T = 4, ${view}`;

const same = (found, wanted) => (found === wanted ? undefined : `${found}, not ${wanted}`);

/** Takes the frame out of the page and puts it back, as a host does that loads and unloads its content. */
export async function reinsert(page, element) {
  const gone = page.waitForEvent("framedetached");
  await element.evaluate((frame) => {
    const { parentNode, nextSibling } = frame;
    frame.remove();
    window.putBack = () => parentNode.insertBefore(frame, nextSibling);
  });
  await gone;
  await page.evaluate(() => void window.putBack());
}

/**
 * A slide on and back: reveal.js unloads the frames of a slide that is left. On a phone it lays the slides below each other and
 * keeps their frames: there it is the page that is loaded again.
 */
async function leaveSlide(page, view) {
  if (await page.evaluate(() => document.querySelector(".reveal-scroll") !== null)) return page.reload();
  const panel = await panelOf(page, view);
  const gone = page.waitForEvent("framenavigated", (frame) => frame === panel && !isPanel(frame));
  await page.keyboard.press("ArrowRight");
  await gone;
  await page.keyboard.press("ArrowLeft");
}

/**
 * The checks of a host. `digest` is what the command line finds for the same configuration; `height` is "fixed" or "told";
 * `slides` says that the keyboard turns slides.
 */
export const CHECKS = [
  [
    "takes neither focus nor scroll while it loads",
    async ({ page, view, arrived }) => {
      await panelOf(page, view);
      return same(await place(page), arrived);
    },
  ],
  [
    "shows what its address asks for",
    async ({ page, view }) => same(await state(await panelOf(page, view)), SETTINGS(view)),
  ],
  [
    "trains to the command line's digest",
    async ({ page, digest, view }) => same(await train(await panelOf(page, view)), digest),
  ],
  [
    "takes neither focus, scroll nor keys while it trains",
    async ({ page, slides, view }) => {
      const panel = await panelOf(page, view);
      if (!slides) {
        await page.evaluate(() => {
          const heading = document.querySelector("h1, h3");
          heading.id = "the-heading";
          heading.tabIndex = -1;
          heading.focus({ preventScroll: true });
          scrollTo(0, 40);
        });
      }
      const before = await place(page);
      await panel.evaluate(() => {
        window.heard = 0;
        window.distillLab.on("configchange", () => (window.heard += 1));
      });
      // A key that reaches the panel may end its run.
      const trained = train(panel).then(
        () => undefined,
        (thrown) => thrown.message.split("\n")[0],
      );
      for (const key of ["r", "+", "-"]) await page.keyboard.press(key);
      const ended = await trained;
      const heard = await panel.evaluate(() => window.heard);
      return (
        same(await place(page), before) ?? ended ?? (heard === 0 ? undefined : `${heard} changes by keys of the host`)
      );
    },
  ],
  [
    "has the right height",
    async ({ page, height, view }) => {
      const panel = await panelOf(page, view);
      const sizes = () => panel.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
      if (height === "told") await panel.waitForFunction(TOLD, undefined, { timeout: 10_000 });
      const [content, frame] = await sizes();
      return content <= frame ? undefined : `content of ${content} px in a frame of ${frame} px`;
    },
  ],
  [
    "fits the width",
    async ({ page, view }) => {
      const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      const [host, panel] = [await page.evaluate(over), await (await panelOf(page, view)).evaluate(over)];
      return host <= 0 && panel <= 0 ? undefined : `the page is ${host} px too wide, the panel ${panel} px`;
    },
  ],
  [
    "comes back as it was after its frame was unloaded",
    async ({ page, slides, view }) => {
      const element = (await page.$("distill-lab")) ?? (await page.$("iframe"));
      await (slides ? leaveSlide(page, view) : reinsert(page, element));
      return same(await state(await panelOf(page, view)), SETTINGS(view));
    },
  ],
];
