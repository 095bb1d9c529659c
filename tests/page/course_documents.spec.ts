/** What the documents of the course say stands in the files they speak of. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";

const read = (path: string) => readFileSync(path, "utf8");

test("docs/hosts.md shows the very files that test:hosts builds", () => {
  const shown = [...read("docs/hosts.md").matchAll(/^\*\*`(examples\/[^`]+)`\*\*\n\n````\w+\n([\s\S]*?)\n````$/gm)];
  const pages = readdirSync("examples", { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      entry.parentPath !== join("examples", "engine") &&
      !/requirements\.txt|package\.json|\.ipynb$/.test(entry.name),
  );
  for (const [, path, text] of shown) expect(`${text}\n`, path).toBe(read(path ?? ""));
  // Jupyter Book has the files of MyST, word for word.
  const wanted = pages.map(({ parentPath, name }) => join(parentPath, name).replace("jupyter-book", "myst"));
  expect(shown.map(([, path]) => path).toSorted()).toEqual([...new Set(wanted)].toSorted());
  for (const name of readdirSync("examples/myst").filter((one) => one !== "package.json"))
    expect(read(`examples/jupyter-book/${name}`)).toBe(read(`examples/myst/${name}`));
  const notebook = JSON.parse(read("examples/jupyter/panel.ipynb")) as { cells: { source: string[] }[] };
  const frame = notebook.cells[1]?.source.at(-1);
  expect(read("docs/hosts.md")).toContain(frame);
});

test("examples pin the versions that are tested", () => {
  const { devDependencies } = JSON.parse(read("tests/hosts/package.json"));
  for (const name of ["myst", "reveal"])
    expect(devDependencies).toMatchObject(JSON.parse(read(`examples/${name}/package.json`)).dependencies);
  const constraints = read("tests/hosts/constraints.txt").toLowerCase().split("\n");
  for (const name of ["jupyter", "jupyter-book", "mkdocs", "sphinx", "quarto"])
    for (const pin of read(`examples/${name}/requirements.txt`).trim().toLowerCase().split("\n"))
      expect(constraints).toContain(pin);
});

/** Every address of the kit, without the site's own. */
const LINKS = [...new Set(["docs/teaching.md", "docs/worksheet.html"].flatMap(queries))];

function queries(path: string): string[] {
  const found = [...read(path).matchAll(/http:\/\/localhost:4173\/(\?[^)"<\s]+)/g)];
  return found.map(([, query]) => (query ?? "").replaceAll("&amp;", "&"));
}

test("every link of the teacher's kit is an address that the page takes", async ({ page }) => {
  expect(LINKS.length).toBeGreaterThan(15);
  for (const link of LINKS) {
    await page.goto(`/${link}&autorun=0`);
    await page.evaluate(() => window.distillLab.ready);
    await expect(page.locator(".problem"), link).toHaveCount(0);
    // What the link asks for stays in the address: a key that nobody knows would be dropped or told.
    const { preset, distillation, student } = await page.evaluate(() => window.distillLab.config());
    const asked = new URLSearchParams(link);
    const is = {
      preset,
      method: distillation.method,
      alpha: String(distillation.alpha),
      student: student.hidden.join("-"),
    };
    for (const [key, value] of Object.entries(is)) if (asked.has(key)) expect(asked.get(key), link).toBe(value);
    if (asked.has("lesson"))
      await expect(page.locator("article")).toHaveAttribute("data-chapter", asked.get("lesson") ?? "");
  }
});

test("the worksheet and the figures say their licence, and fit paper and a phone", async ({ page }) => {
  await page.goto(pathToFileURL("docs/worksheet.html").href);
  await expect(page.getByText("CC BY 4.0")).toBeVisible();
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const images = page.locator("img");
  expect(await images.evaluateAll((all) => all.every((img) => (img as HTMLImageElement).naturalWidth > 0))).toBe(true);
  for (const name of readdirSync("docs/figures")) {
    const svg = read(`docs/figures/${name}`);
    for (const wanted of ["CC BY 4.0", "Config", "Command", "distill-lab ", "--seeds 1..13", "eeds"])
      expect(svg, name).toContain(wanted);
    const fault = await page.evaluate(
      (text) =>
        new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror")?.textContent ?? null,
      svg,
    );
    expect(fault, name).toBeNull();
  }
});
