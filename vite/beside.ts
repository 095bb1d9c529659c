// What is built before the page and served beside it: the single file and the custom element with its types.
import { existsSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Name in dist/, and where the file was built. */
const BESIDE = {
  "distill-lab.js": ".cache/element/distill-lab.js",
  "distill-lab.html": ".cache/single/distill-lab.html",
};

/** The element's types, which `tsc -p www/embed` compiles into dist/types. */
const TYPES = 'export * from "./types/embed/element.js";\n';

/** Adds those files that have been built to the page's own. */
export function beside(): Plugin {
  return {
    name: "beside",
    apply: "build",
    generateBundle() {
      for (const [fileName, path] of Object.entries(BESIDE)) {
        if (existsSync(path)) this.emitFile({ type: "asset", fileName, source: readFileSync(path) });
      }
      this.emitFile({ type: "asset", fileName: "distill-lab.d.ts", source: TYPES });
    },
  };
}
