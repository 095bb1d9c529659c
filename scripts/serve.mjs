// A static server for the built site: `node scripts/serve.mjs FOLDER PORT`, or as a module.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".gz": "application/gzip",
  ".bin": "application/octet-stream",
  ".map": "application/json",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves on 127.0.0.1; resolves to the port. `port` 0 takes a free one. `folders` is one folder, or several by the prefix of
 * the path that leads into them, the longest first. `handle` is asked before the folders and says whether it has answered.
 */
export function serve(folders, port, handle = () => false) {
  const mounts = Object.entries(typeof folders === "string" ? { "/": folders } : folders);
  const server = createServer((request, response) => {
    if (handle(request, response)) return;
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    const [prefix, folder] = mounts.find(([start]) => path.startsWith(start)) ?? ["", ""];
    const base = resolve(folder);
    let file = join(base, path.slice(prefix.length - 1));
    if (!file.startsWith(base + sep) && file !== base) return void response.writeHead(403).end();
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return void response.writeHead(404).end("not found");
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "cache-control": "no-cache",
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, refuse) => {
    server.once("error", refuse);
    server.listen(port, "127.0.0.1", () => done(server.address().port));
  });
}

if (process.argv[1]?.endsWith("serve.mjs")) await serve(process.argv[2] ?? "dist", Number(process.argv[3] ?? 4173));
