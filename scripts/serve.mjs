// A static server for the built site: `node scripts/serve.mjs FOLDER PORT`, or as a module.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

/** The port that a variable asks for; null for what is none. Without a value, as `PORT=` leaves it, it asks for nothing. */
export function wantedPort(text) {
  if (text === undefined || text.trim() === "") return 4173;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : null;
}

/** What lies there compressed is sent so, as static hosts do: it is data that the page unpacks, not a page sent compressed. */
function asItIs(response, path) {
  if (!path.endsWith(".gz")) return;
  response.setHeader("content-type", "application/gzip");
  response.setHeader("content-encoding", "identity");
}

/**
 * Serves on 127.0.0.1; resolves to the port. `port` 0 takes a free one. `folders` is one folder, or several by the prefix of
 * the path that leads into them, the longest first. `handle` is asked before the folders and says whether it has answered.
 * @param {string | Record<string, string>} folders
 * @param {number} port
 * @param {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => boolean} handle
 * @returns {Promise<number>}
 */
export function serve(folders, port, handle = () => false) {
  const mounts = Object.entries(typeof folders === "string" ? { "/": folders } : folders).map(([prefix, folder]) => ({
    prefix,
    // Looked up again at every request: a build may come in between.
    files: sirv(folder, { dev: true, etag: true, setHeaders: asItIs }),
  }));
  const server = createServer((request, response) => {
    if (handle(request, response)) return;
    const mount = mounts.find(({ prefix }) => request.url.startsWith(prefix));
    const missing = () => void response.writeHead(404).end("not found");
    if (!mount) return missing();
    request.url = request.url.slice(mount.prefix.length - 1);
    mount.files(request, response, missing);
  });
  return new Promise((done, refuse) => {
    server.once("error", refuse);
    server.listen(port, "127.0.0.1", () => done(server.address().port));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(process.argv[2], Number(process.argv[3]));
