import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ["www/**/*.test.ts"],
    // Properties are tried many times over: what a busy machine makes of that is no failure.
    testTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".cache/vitest.json" }]],
  },
});
