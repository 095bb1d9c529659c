// The notebook in JupyterLab: the panel shown by IFrame, and the widget, whose run is a value in Python.
import { panelOf } from "./checks.mjs";
import { serveJupyter } from "./servers.mjs";

const temperature = (panel) => panel.evaluate(async () => (await window.distillLab.config()).distillation.temperature);

/** Opens the notebook of `folder`, runs all of it, and returns what does not hold. */
export async function jupyter(page, folder, digest) {
  const server = await serveJupyter(folder);
  const problems = [];
  const expect = (sentence, found, wanted) => {
    if (found !== wanted) problems.push(`${sentence}: ${found}, not ${wanted}`);
  };
  try {
    const { width } = page.viewportSize();
    await page.goto(`${server.url}/lab/tree/panel.ipynb?reset`);
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
    await page
      .locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
      .waitFor({ timeout: 60_000, state: "attached" });
    await page.screenshot({ path: "/tmp/j0.png" });
    await page.locator(".jp-CodeCell .cm-content").first().click();
    for (let cell = 0; cell < 3; cell++) await page.keyboard.press("Shift+Enter");
    await page.waitForTimeout(8000);
    await page.screenshot({ path: "/tmp/j1.png" });
    const panel = await panelOf(page);
    expect("T of IFrame", await temperature(panel), 4);
    expect(
      "focus after the panel is there",
      await page.evaluate(() => document.activeElement?.tagName === "IFRAME"),
      false,
    );
    const over = await panel.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(`pixels by which the panel is too wide at ${width}`, Math.max(0, over), 0);
    const widget = await panelOf(page, "compare");
    expect("T of the widget", await temperature(widget), 4);
    await widget.waitForFunction(
      () => Math.abs(innerHeight - document.getElementById("app").getBoundingClientRect().height) <= 24,
    );
    expect("the widget's digest", await widget.evaluate(async () => (await window.distillLab.run()).digest), digest);
    const last = page.locator(".jp-CodeCell").last();
    await last.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await last.locator(".jp-OutputArea-output", { hasText: digest }).waitFor({ timeout: 20_000 });
  } finally {
    server.stop();
  }
  return problems;
}
