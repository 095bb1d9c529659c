import { defineConfig } from "@playwright/test";
import { chromium, FLAGS } from "./scripts/chromium.mjs";

/** Where the built page is served while tests run; the gallery of panels is one port further. */
const PORT = Number(process.env.PAGE_PORT ?? 4177);
const PAGE_URL = `http://127.0.0.1:${PORT}/`;
export const GALLERY_URL = `http://127.0.0.1:${PORT + 1}/`;
const GALLERY = ["gallery*.spec.ts", "stage_drawings.spec.ts"];

export default defineConfig({
  testDir: "tests/page",
  workers: 2,
  // Long, since it costs nothing where what is waited for comes, and a machine may do other things meanwhile.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  outputDir: "test-results",
  reporter: [[process.stdout.isTTY ? "list" : "dot"], ["json", { outputFile: ".cache/playwright.json" }]],
  // One picture for all machines, under its own name.
  snapshotPathTemplate: "{testDir}/gallery/{arg}{ext}",
  projects: [
    { name: "page", testIgnore: GALLERY },
    { name: "gallery", testMatch: GALLERY },
  ],
  webServer: [
    { command: `node scripts/serve.mjs dist ${PORT}`, url: PAGE_URL, reuseExistingServer: false },
    {
      command: `node_modules/.bin/vite build --logLevel warn --config vite.gallery.config.ts && node scripts/serve.mjs .cache/gallery ${PORT + 1}`,
      url: GALLERY_URL,
      reuseExistingServer: false,
      timeout: 240_000,
    },
  ],
  use: {
    baseURL: PAGE_URL,
    browserName: "chromium",
    actionTimeout: 60_000,
    viewport: { width: 1280, height: 720 },
    // The page's language is chosen by its visitor's; tests read it in English, whatever the machine speaks.
    locale: "en-US",
    // Each test sees the server's files; offline.spec.ts is about what is kept of them.
    serviceWorkers: "block",
    // Letters in shades of grey, whatever the system's settings say of the screen.
    launchOptions: { executablePath: chromium(), args: [...FLAGS, "--disable-lcd-text"] },
  },
});
