import { defineConfig } from "@playwright/test";
import { chromium, FLAGS } from "./scripts/chromium.mjs";

/** Where the gallery of panels is served while tests run. */
export const GALLERY_URL = "http://127.0.0.1:4178/";

export default defineConfig({
  testDir: "tests/page",
  workers: 1,
  timeout: 60_000,
  outputDir: "test-results",
  // One picture for all machines, under its own name.
  snapshotPathTemplate: "{testDir}/gallery/{arg}{ext}",
  webServer: [
    { command: "node scripts/serve.mjs dist 4177", url: "http://127.0.0.1:4177/", reuseExistingServer: false },
    {
      command: "node_modules/.bin/vite --config vite.gallery.config.ts --port 4178 --strictPort",
      url: GALLERY_URL,
      reuseExistingServer: false,
    },
  ],
  use: {
    baseURL: "http://127.0.0.1:4177/",
    browserName: "chromium",
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: chromium(), args: FLAGS },
  },
});
