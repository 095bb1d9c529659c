// The notebook in JupyterLab: the panel shown by IFrame, and the widget, whose run is a value in Python.
import { panelOf, place, reinsert, SETTINGS, state, TOLD } from "./checks.mjs";
import { serveJupyter } from "./servers.mjs";

/** In a frame: how much wider and higher its panel is. */
const OVER = () => {
  const { scrollWidth, clientWidth, scrollHeight } = document.documentElement;
  return [scrollWidth - clientWidth, scrollHeight - innerHeight];
};

/** Opens the notebook of `folder`, runs all of it, and returns what does not hold; `narrow` is the least width of a panel. */
export async function jupyter(page, folder, digest, narrow) {
  const server = await serveJupyter(folder);
  const problems = [];
  const expect = (sentence, found, wanted) => {
    if (found !== wanted) problems.push(`${sentence}: ${found}, not ${wanted}`);
  };
  try {
    await page.goto(`${server.url}/lab/tree/panel.ipynb?reset`);
    const code = page.locator(".jp-Notebook .jp-CodeCell");
    await code.first().waitFor({ timeout: 60_000 });
    await page.locator("#jp-main-statusbar", { hasText: "| Idle" }).waitFor({ timeout: 60_000 });
    for (const cell of [0, 1]) {
      await code.nth(cell).locator(".cm-content").click();
      await page.keyboard.press("Shift+Enter");
      await code.nth(cell).locator(".jp-InputPrompt", { hasText: /\d/ }).waitFor({ timeout: 30_000 });
    }

    const panel = await panelOf(page);
    expect("what IFrame shows", await state(panel), SETTINGS());
    const widget = await panelOf(page, "compare");
    expect("what the widget shows", await state(widget), SETTINGS("compare"));
    const focus = await page.evaluate(() => document.activeElement?.tagName);
    if (focus === "IFRAME") problems.push("a frame took the focus while it was loaded");

    // What is out of sight is not laid out.
    const frame = await widget.frameElement();
    await frame.scrollIntoViewIfNeeded();
    await widget.waitForFunction(TOLD, undefined, { timeout: 10_000 });
    // JupyterLab itself needs far more than 320 px: it is its output that is narrow, as beside another notebook.
    for (const one of [panel, widget]) {
      const element = await one.frameElement();
      await element.scrollIntoViewIfNeeded();
      await element.evaluate((frame, px) => (frame.style.width = `${px}px`), narrow);
      await one.waitForFunction((px) => innerWidth === px, narrow);
      if (one === widget) await one.waitForFunction(TOLD, undefined, { timeout: 10_000 });
      const [wide, high] = await one.evaluate(OVER);
      if (wide > 0 || high > 0) problems.push(`a panel of ${narrow} px is ${wide} px too wide, ${high} px too high`);
      await element.evaluate((frame) => (frame.style.width = "100%"));
    }
    await frame.scrollIntoViewIfNeeded();
    await widget.waitForFunction(TOLD, undefined, { timeout: 10_000 });
    const before = await place(page);
    expect("the widget's digest", await widget.evaluate(async () => (await window.distillLab.run()).digest), digest);
    expect("the notebook's focus and scroll after a run", await place(page), before);
    const last = code.last();
    await last.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await last.locator(".jp-OutputArea-output", { hasText: digest }).waitFor({ timeout: 20_000 });

    // A notebook takes outputs that are far from sight out of the page.
    for (const view of ["soft-targets", "compare"]) {
      await reinsert(page, await (await panelOf(page, view)).frameElement());
      expect("after its frame was unloaded", await state(await panelOf(page, view)), SETTINGS(view));
    }
  } finally {
    server.stop();
  }
  return problems;
}
