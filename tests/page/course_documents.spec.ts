/** What the documents of the course say stands in the files they speak of. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

const read = (path: string) => readFileSync(path, "utf8");

test("docs/hosts.md shows the very files that test:hosts builds", () => {
  const shown = [...read("docs/hosts.md").matchAll(/^\*\*`(examples\/[^`]+)`\*\*\n\n````\w+\n([\s\S]*?)\n````$/gm)];
  const pages = readdirSync("examples", { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !/requirements\.txt|package\.json|\.ipynb$/.test(entry.name),
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
