// The whole page as one file: it opens from a disk, in a sandboxed frame and in `srcdoc`.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";
import { formulas } from "./vite/formulas.ts";
import { singleFilePolicy } from "./vite/policy.ts";

/** Workers from blobs and the engine from the page itself, in place of files beside it. */
const inlined: Plugin = {
  name: "inlined-workers",
  enforce: "pre",
  resolveId(source, importer) {
    const inlined = source === "./workers" || source === "./table_worker";
    return inlined && importer ? this.resolve(`${source}.inline`, importer) : null;
  },
};

export default defineConfig({
  base: "./",
  plugins: [inlined, svelte(), formulas(), viteSingleFile(), singleFilePolicy()],
  // A module worker from a blob does not start where the origin is opaque; a classic one does.
  worker: { format: "iife" },
  build: {
    target: "es2022",
    outDir: ".cache/single",
    emptyOutDir: true,
    // How long plugins take on a busy machine is no warning.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
