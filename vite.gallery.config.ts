/** The gallery of panels (`npm run gallery`): the panels' own sources, served as they are, without the engine; tests build it. */
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  root: "www/gallery",
  cacheDir: "../../.cache/vite-gallery",
  base: "./",
  build: { target: "es2022", outDir: "../../.cache/gallery", emptyOutDir: true },
  plugins: [svelte({ configFile: "../../svelte.config.js" })],
  server: { host: "127.0.0.1", port: 4174, fs: { allow: ["../.."] } },
});
