// npm run package -- --view NAME --config JSON: one panel or one chapter as a SCORM 1.2 package and as a plain zip.
// What is asked for is checked by the page's own reader of addresses and by the engine, before anything is written.
import { readFileSync, mkdirSync, writeFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { strToU8, zipSync } from "fflate";
import { runnerImport } from "vite";
import { plain, scorm } from "./package/contents.mjs";
import { build, fail, given, root } from "./setup.mjs";

const USAGE = `npm run package -- [--view NAME | --lesson CHAPTER] [--config JSON or FILE] [--title TEXT] [--out FOLDER]
  --view    the panel: as "view" in the page's address
  --lesson  the chapter, by its number
  --config  settings laid over the default preset: a JSON object, or a file with one
  --title   what the learning platform shows (default: distill-lab and what is in it)
  --out     where the two files go (default: the folder at hand)`;

/** A config as an object: from a file where there is one of that name. */
function readConfig(text) {
  if (text === undefined) return {};
  const isFile = !text.trimStart().startsWith("{");
  if (isFile && !existsSync(text)) fail(`--config: no file ${text}; allowed: a JSON object, or a file with one`);
  try {
    const value = JSON.parse(isFile ? readFileSync(text, "utf8") : text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    return fail(`--config: got ${JSON.stringify(value)}; allowed: a JSON object, or a file with one`);
  } catch (thrown) {
    return fail(`--config: not JSON (${thrown.message}); allowed: a JSON object, or a file with one`);
  }
}

const module = async (path) => (await runnerImport(join(root, path), { configFile: false })).module;

/** The engine's word on a config: complete, or an error that names the field. */
async function complete(partial) {
  const wasm = await import(join(root, "pkg/distill_lab.js"));
  wasm.initSync({ module: readFileSync(join(root, "pkg/distill_lab_bg.wasm")) });
  try {
    const config = wasm.normalise(null, JSON.stringify(partial));
    const preset = wasm.normalise(null, JSON.stringify({ preset: config.preset }));
    return { config, preset, version: wasm.version() };
  } catch (thrown) {
    return fail(`--config: ${thrown.message ?? thrown}`);
  }
}

const text = { type: "string" };
const args = given(USAGE, { view: text, lesson: text, config: text, title: text, out: text });
if (args.view !== undefined && args.lesson !== undefined) fail("--view and --lesson: allowed is one of the two");
build("build:page");
const { parseAddress, buildQuery } = await module("www/shared/address.ts");
const asked = ["view", "lesson"].filter((key) => args[key] !== undefined);
const address = parseAddress(asked.map((key) => `${key}=${encodeURIComponent(args[key])}`).join("&"), "");
for (const { error } of address.problems) fail(`--${error.message}`);
const { CHAPTERS } = await module("www/ui/lesson/chapters.ts");
const chapter = CHAPTERS.find(({ id }) => id === args.lesson);
if (args.lesson !== undefined && chapter === undefined) {
  fail(`--lesson: got ${JSON.stringify(args.lesson)}; allowed: one of ${CHAPTERS.map(({ id }) => id).join(", ")}`);
}
const { config, preset, version } = await complete(readConfig(args.config));
const name = ["distill-lab", args.view ?? (chapter && `lesson-${chapter.id}`)].filter(Boolean).join("-");
const what = {
  title: args.title ?? `distill-lab: ${chapter?.title ?? args.view ?? "knowledge distillation"}`,
  query: buildQuery(config, preset, address.view),
  lang: "en",
  id: name,
  version,
  done: chapter ? "check" : "result",
};
const lab = readFileSync(join(root, "dist/distill-lab.html"), "utf8");
const script = readFileSync(join(root, "scripts/package/sco.js"), "utf8");
const out = resolve(args.out ?? ".");
mkdirSync(out, { recursive: true });
for (const [file, contents] of [
  [`${name}.zip`, plain(what, lab)],
  [`${name}-scorm12.zip`, scorm(what, lab, script)],
]) {
  // One date for all, so that the same settings give the same file.
  const texts = Object.entries(contents).map(([path, text]) => [path, strToU8(text)]);
  const zip = zipSync(Object.fromEntries(texts), { level: 9, mtime: "2000-01-01T12:00:00" });
  writeFileSync(join(out, file), zip);
  console.log(
    `${join(out, file)}: ${zip.length.toLocaleString("en")} bytes, done when ${chapter ? "the chapter's question is answered" : "a run has finished"}`,
  );
}
