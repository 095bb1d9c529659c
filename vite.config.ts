import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { beside } from "./vite/beside";
import { formulas } from "./vite/formulas";
import { offline } from "./vite/offline";

export default defineConfig({
  // A relative base: the built site works under any path.
  base: "./",
  plugins: [svelte(), formulas(), beside(), offline()],
  publicDir: "www/public",
  define: { "import.meta.env.VITE_SITE": "true" },
  worker: { format: "es" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
