import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { formulas } from "./scripts/formulas.mjs";

export default defineConfig({
  // A relative base: the built site works under any path.
  base: "./",
  plugins: [svelte(), formulas()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
