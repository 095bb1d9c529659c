import { defineConfig } from "@playwright/test";
import { chromium, FLAGS } from "./scripts/chromium.mjs";

export default defineConfig({
  testDir: "tests/page",
  workers: 1,
  timeout: 60_000,
  outputDir: "test-results",
  webServer: { command: "node scripts/serve.mjs dist 4177", url: "http://127.0.0.1:4177/", reuseExistingServer: false },
  use: {
    baseURL: "http://127.0.0.1:4177/",
    browserName: "chromium",
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: chromium(), args: FLAGS },
  },
});
