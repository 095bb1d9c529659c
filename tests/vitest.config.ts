// npm run test:exports and npm run test:browsers: what takes minutes, or programs of its own.
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/exports/*.test.mjs", "tests/browsers/*.test.mjs"],
    // As many scripts and browsers at once as there are cores, whatever each of them waits for.
    maxConcurrency: availableParallelism(),
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    reporters: ["verbose", ["json", { outputFile: ".cache/slow.json" }]],
  },
});
