import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// Properties are tried many times over: what a busy machine makes of that is no failure.
export default defineConfig({ plugins: [svelte()], test: { include: ["www/**/*.test.ts"], testTimeout: 60_000 } });
