// npm run test:hosts: the panels in the pages of others.
import { defineConfig } from "@playwright/test";
import { chromium, FLAGS } from "../../scripts/chromium.mjs";

export default defineConfig({
  testDir: ".",
  // Each example is built once, and JupyterLab is started once.
  workers: 1,
  timeout: 300_000,
  outputDir: "../../test-results",
  reporter: [["list"], ["json", { outputFile: "../../.cache/hosts.json" }]],
  use: { browserName: "chromium", launchOptions: { executablePath: chromium(), args: FLAGS } },
});
