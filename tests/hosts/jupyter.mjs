// The notebook in JupyterLab: the panel shown by IFrame, and the widget, whose run is a value in Python.
import { panelOf, TOLD } from "./checks.mjs";
import { serveJupyter } from "./servers.mjs";

const temperature = (panel) => panel.evaluate(async () => (await window.distillLab.config()).distillation.temperature);
const tooWide = (panel) =>
  panel.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

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
    expect("T of IFrame", await temperature(panel), 4);
    const widget = await panelOf(page, "compare");
    expect("T of the widget", await temperature(widget), 4);
    const focus = await page.evaluate(() => document.activeElement?.tagName);
    if (focus === "IFRAME") problems.push("a frame took the focus while it was loaded");

    // What is out of sight is not laid out.
    await (await widget.frameElement()).scrollIntoViewIfNeeded();
    await widget.waitForFunction(TOLD, undefined, { timeout: 10_000 });
    // JupyterLab itself needs far more than 320 px: it is its output that is narrow, as beside another notebook.
    const frame = await widget.frameElement();
    await frame.evaluate((element, px) => (element.style.width = `${px}px`), narrow);
    await widget.waitForFunction((px) => innerWidth === px, narrow);
    await widget.waitForFunction(TOLD, undefined, { timeout: 10_000 });
    const pixels = await tooWide(widget);
    if (pixels > 0) problems.push(`a panel of ${narrow} px is ${pixels} px too wide`);
    await frame.evaluate((element) => (element.style.width = "100%"));
    expect("the widget's digest", await widget.evaluate(async () => (await window.distillLab.run()).digest), digest);
    const last = code.last();
    await last.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await last.locator(".jp-OutputArea-output", { hasText: digest }).waitFor({ timeout: 20_000 });
  } finally {
    server.stop();
  }
  return problems;
}
