/**
 * The service worker: the whole site without a server, and one version of it at a time.
 *
 * Every version is a cache of its own, filled whole before the version may begin: each file is checked against the hash that
 * the build wrote down (Subresource Integrity), so that a deploy that is half done is no version. A new one waits until the
 * page asks for it. The version before stays until the next one comes, for pages that were opened in it and load a panel later:
 * names of its scripts hold a hash, so that no two versions have a file of the same name and another content.
 */
import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import type { PrecacheEntry } from "workbox-precaching/_types.js";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };

const PREFIX = "distill-lab-";
/** Files that are not there at once, such as a large data set: kept when first asked for. */
const ON_DEMAND = "distill-lab:on-demand";
const manifest = self.__WB_MANIFEST;
const version = PREFIX + fingerprint(JSON.stringify(manifest));
const files = new PrecacheController({ cacheName: version, fallbackToNetwork: false });
files.addToCacheList(manifest);

self.addEventListener("install", (event) => {
  void files.install(event);
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOldVersions(), self.clients.claim()]));
});

self.addEventListener("message", (event) => {
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === "SKIP_WAITING") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request);
  if (path === null) return;
  const url = new URL(path === "" ? "index.html" : path, self.registration.scope).href;
  if (files.getCacheKeyForURL(url) !== undefined) event.respondWith(ofThisVersion(url, request));
  else if (path.startsWith("assets/") || path.startsWith("data/")) event.respondWith(ofAnother(url, request));
});

/** A file's path in the site, without what the query says of settings; null for what is none of ours. */
function pathOf(request: Request): string | null {
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  return request.method === "GET" && url.href.startsWith(self.registration.scope)
    ? url.href.slice(self.registration.scope.length)
    : null;
}

async function ofThisVersion(url: string, request: Request): Promise<Response> {
  // A browser short of room may have thrown the cache away; the server then has the last word.
  return (await files.matchPrecache(url)) ?? fetch(request);
}

/** A script of the version before, or what was not there at once: such files never change under one name. */
async function ofAnother(url: string, request: Request): Promise<Response> {
  const kept = await caches.match(url);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.status === 200) {
    const cache = await caches.open(ON_DEMAND);
    // Kept or not, for want of room: it is answered all the same.
    await cache.put(url, response.clone()).catch(() => undefined);
  }
  return response;
}

async function dropOldVersions(): Promise<void> {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== version);
  // In the order in which they were made: the last is the version before.
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)));
}

/** FNV-1a: enough to tell versions apart, and at hand without waiting. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
