// The notebook in JupyterLab: the panel shown by IFrame, and the widget, whose run is a value in Python.
import { panelOf, TOLD } from "./checks.mjs";
import { serveJupyter } from "./servers.mjs";

const temperature = (panel) => panel.evaluate(async () => (await window.distillLab.config()).distillation.temperature);
const tooWide = (panel) =>
  panel.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Opens the notebook of `folder`, runs all of it, and returns what does not hold at each of `widths`. */
export async function jupyter(page, folder, digest, widths) {
  const server = await serveJupyter(folder);
  const problems = [];
  const expect = (sentence, found, wanted) => {
    if (found !== wanted) problems.push(`${sentence}: ${found}, not ${wanted}`);
  };
  try {
    await page.goto(`${server.url}/lab/tree/panel.ipynb?reset`);
    const code = page.locator(".jp-Notebook .jp-CodeCell");
    await code.first().waitFor({ timeout: 60_000 });
    const idle = page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]');
    await idle.waitFor({ timeout: 60_000, state: "attached" });
    await code.first().locator(".cm-content").click();
    for (let cell = 0; cell < 3; cell++) await page.keyboard.press("Shift+Enter");

    const panel = await panelOf(page);
    expect("T of IFrame", await temperature(panel), 4);
    const widget = await panelOf(page, "compare");
    expect("T of the widget", await temperature(widget), 4);
    const focus = await page.evaluate(() => document.activeElement?.tagName);
    if (focus === "IFRAME") problems.push("a frame took the focus while it was loaded");

    // What is out of sight is not laid out.
    await (await widget.frameElement()).scrollIntoViewIfNeeded();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 700 });
      await widget.waitForFunction(TOLD, undefined, { timeout: 10_000 });
      const pixels = Math.max(await tooWide(widget), await tooWide(panel));
      if (pixels > 0) problems.push(`a panel is ${pixels} px too wide in a window of ${width} px`);
    }
    await page.setViewportSize({ width: widths[0], height: 700 });
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
