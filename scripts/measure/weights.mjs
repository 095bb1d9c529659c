// What the built page weighs in transfer: brotli, quality 11.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { root } from "../setup.mjs";

const dist = join(root, "dist");

/** Bytes in transfer. */
export const weigh = (bytes) => brotliCompressSync(bytes).length;
/** Those of a file of the built page. */
export const weight = (file) => weigh(readFileSync(join(dist, file)));

/** The files that run before anything is asked for: what index.html names, with all that these import at once. */
function firstScripts() {
  const found = new Set(
    [...readFileSync(join(dist, "index.html"), "utf8").matchAll(/<script[^>]* src="\.\/([^"]+)"/g)].map(
      ([, file]) => file,
    ),
  );
  if (found.size === 0) throw new Error("dist/index.html names no script");
  // What is added on the way is visited too.
  for (const file of found)
    for (const [, name] of readFileSync(join(dist, file), "utf8").matchAll(
      /\b(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g,
    ))
      found.add(`assets/${name}`);
  return [...found];
}

/** By name: what a visitor of each way to the page fetches first. The page is built. */
export const weights = () => ({
  engine: weigh(readFileSync(join(root, "pkg/distill_lab_bg.wasm"))),
  "the digits beside it": weigh(readFileSync(join(root, "pkg/digits.bin"))),
  "the first script": firstScripts().reduce((sum, file) => sum + weight(file), 0),
  "the single file": weight("distill-lab.html"),
  "the element": weight("distill-lab.js"),
});
