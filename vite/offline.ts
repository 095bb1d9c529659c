// The site as an installed page: manifest, icons, and the service worker with the list of files that make a version.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PluginOption } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/** Data too large to be fetched by everyone: kept when first asked for. */
const ON_DEMAND = ["**/*mnist*.!(js|css)"];

/** Vite's plugins for it. */
export function offline(): PluginOption[] {
  let folder = "dist";
  const icons: PluginOption = {
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
  const integrity = (url: string): string =>
    `sha256-${createHash("sha256")
      .update(readFileSync(join(folder, url)))
      .digest("base64")}`;
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
        globIgnores: [...ON_DEMAND, "manifest.webmanifest", "**/*.d.ts"],
        maximumFileSizeToCacheInBytes: 4 << 20,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({ ...entry, integrity: integrity(entry.url) })),
            warnings: [],
          }),
        ],
      },
    }),
  ];
}
