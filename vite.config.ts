import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { beside } from "./vite/beside.ts";
import { formulas } from "./vite/formulas.ts";
import { offline } from "./vite/offline.ts";

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
    // How long plugins take on a busy machine is no warning.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
