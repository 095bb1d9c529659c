// Builds every example with the real tool, into a folder of its own under .cache/hosts, the site beside it where it belongs.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "../../scripts/setup.mjs";

const CACHE = ".cache/hosts";
export const PYTHON = join(root, CACHE, "python/bin");
const MODULES = "tests/hosts/node_modules";

/** An empty folder, and the example in it. */
function fresh(name, example = name) {
  const folder = join(root, CACHE, "built", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "examples", example), folder, { recursive: true });
  return folder;
}

const site = (folder) => cpSync(join(root, "dist"), join(folder, "distill-lab"), { recursive: true });

/** MyST and Jupyter Book 2, which is MyST: with the theme of this repository in the place of the downloaded one. */
function myst(name, command, args) {
  const folder = fresh(name);
  const config = join(folder, "myst.yml");
  const theme = join(root, "tests/hosts/myst-theme");
  writeFileSync(config, readFileSync(config, "utf8").replace("template: book-theme", `template: ${theme}`));
  run(command, [...args, "build", "--html"], { cwd: folder });
  return join(folder, "_build/html");
}

/** Quarto turns its pages into HTML by Pandoc. This is that Pandoc, with the frame that Quarto puts around a page. */
function pandoc(folder, ...args) {
  run(
    join(PYTHON, "python"),
    [
      "-c",
      "import pypandoc, subprocess, sys; subprocess.run([pypandoc.get_pandoc_path(), *sys.argv[1:]], check=True)",
      ...args,
    ],
    { cwd: folder },
  );
}

/** By name of the built folder: how it is built, and where its pages are. */
export const BUILDS = {
  plain() {
    const folder = fresh("plain");
    site(folder);
    return folder;
  },
  myst: () => myst("myst", "node", [join(root, MODULES, "mystmd/dist/myst.cjs")]),
  "jupyter-book": () => myst("jupyter-book", join(PYTHON, "jupyter-book"), []),
  mkdocs() {
    const folder = fresh("mkdocs");
    site(join(folder, "docs"));
    run(join(PYTHON, "mkdocs"), ["build", "--quiet", "--strict"], { cwd: folder });
    return join(folder, "site");
  },
  sphinx() {
    const folder = fresh("sphinx");
    site(join(folder, "extra"));
    run(join(PYTHON, "sphinx-build"), ["-q", "-W", "-b", "html", ".", "_build"], { cwd: folder });
    return join(folder, "_build");
  },
  quarto() {
    const folder = fresh("quarto");
    site(folder);
    const template = join(root, "tests/hosts/quarto/page.html");
    pandoc(folder, "--template", template, "-t", "html5", "index.qmd", "-o", "index.html");
    pandoc(folder, "--standalone", "-t", "revealjs", "-V", "revealjs-url=revealjs", "slides.qmd", "-o", "slides.html");
    for (const part of ["dist", "plugin"]) {
      cpSync(join(root, MODULES, "revealjs5", part), join(folder, "revealjs", part), { recursive: true });
    }
    return folder;
  },
  reveal() {
    const folder = fresh("reveal");
    site(folder);
    cpSync(join(root, MODULES, "reveal.js/dist"), join(folder, "reveal.js"), { recursive: true });
    return folder;
  },
  lms() {
    const folder = fresh("lms");
    cpSync(join(root, "dist/distill-lab.html"), join(folder, "distill-lab.html"));
    site(folder);
    return folder;
  },
  jupyter: () => fresh("jupyter"),
};
