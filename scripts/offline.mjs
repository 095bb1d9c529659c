// The site as an installed page: manifest, icons, and the service worker with the list of files that make a version.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { VitePWA } from "vite-plugin-pwa";
import { root } from "./setup.mjs";

/** Built beside the page's own files, before it; they belong to its version. */
const BESIDE = {
  "distill-lab.js": ".cache/element/distill-lab.js",
  "distill-lab.html": ".cache/single/distill-lab.html",
};
/** Data too large to be fetched by everyone: kept when first asked for. */
const ON_DEMAND = ["**/*mnist*.!(js|css)"];

const bytesHash = (bytes, name, form) => createHash(name).update(bytes).digest(form);

/** Vite's plugins for it. The order of builds is in setup.mjs: the files beside the page are made first. */
export function offline() {
  let folder = join(root, "dist");
  const icons = {
    name: "icons",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    transformIndexHtml: (html) => ({
      html: html.replace(/\s*<link rel="icon"[^>]*>/, ""),
      tags: [
        { tag: "link", attrs: { rel: "icon", type: "image/svg+xml", href: "./icons/icon.svg" }, injectTo: "head" },
        { tag: "link", attrs: { rel: "apple-touch-icon", href: "./icons/apple-touch-icon.png" }, injectTo: "head" },
      ],
    }),
  };
  /** What each file must be, to the byte: a server that has half of a new version makes no version. */
  const integrity = async (entries) => ({
    manifest: entries.map((entry) => {
      const beside = BESIDE[entry.url];
      const bytes = readFileSync(beside === undefined ? join(folder, entry.url) : join(root, beside));
      return { ...entry, integrity: `sha256-${bytesHash(bytes, "sha256", "base64")}` };
    }),
    warnings: [],
  });
  return [
    icons,
    ...VitePWA({
      strategies: "injectManifest",
      registerType: "prompt",
      injectRegister: false,
      srcDir: "www/worker",
      filename: "sw.ts",
      manifest: {
        name: "distill-lab: knowledge distillation, by doing it",
        short_name: "distill-lab",
        description: "Train a teacher and its students in the browser and see what knowledge distillation does.",
        lang: "en",
        start_url: "./",
        scope: "./",
        display: "minimal-ui",
        background_color: "#ffffff",
        theme_color: "#ffffff",
        categories: ["education"],
        icons: [
          { src: "icons/icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      includeManifestIcons: false,
      injectManifest: {
        rollupFormat: "iife",
        globPatterns: ["**/*"],
        globIgnores: [...ON_DEMAND, ...Object.keys(BESIDE), "manifest.webmanifest"],
        maximumFileSizeToCacheInBytes: 4 << 20,
        additionalManifestEntries: Object.entries(BESIDE)
          .filter(([, path]) => existsSync(join(root, path)))
          .map(([url, path]) => ({ url, revision: bytesHash(readFileSync(join(root, path)), "md5", "hex") })),
        manifestTransforms: [integrity],
      },
    }),
  ];
}
