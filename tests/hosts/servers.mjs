// Where the hosts' pages come from: plain files, a learning platform's pages with its headers, JupyterLab.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serve } from "../../scripts/serve.mjs";
import { PYTHON } from "./build.mjs";

/** Addresses of the learning platform's pages: its headers, and what it puts around a teacher's text. */
const PLATFORM = {
  // Text alone: nothing runs in the page itself.
  "/course.html": {
    policy: "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'",
    body: (text) => text,
  },
  // The site in a folder of the platform, for a visitor who blocks cookies and with them all storage.
  "/folder.html": {
    policy: "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'",
    body: (text) =>
      text
        .replace('src="distill-lab.html', 'src="distill-lab/')
        .replace('sandbox="allow-scripts"', 'sandbox="allow-scripts allow-same-origin"'),
  },
  // A platform that understands the message by which learning tools ask for their height.
  "/tool.html": {
    policy: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'",
    body: (text) => `${text.replace('height="760"', 'height="150"')}<script src="/resize.js"></script>`,
  },
};

/** As platforms do it: the text of an object with a subject, from any frame of the page. */
const RESIZE = `addEventListener("message", ({ data, source }) => {
  let asked;
  try { asked = JSON.parse(data); } catch { return; }
  if (asked.subject !== "lti.frameResize") return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source) frame.height = asked.height;
});`;

/** What a platform that hands out files strictly sends with the single file: scripts inside it, wasm, and nothing from elsewhere. */
const FILE_POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data: blob:";

export function servePlatform(folder) {
  const text = readFileSync(join(folder, "page.html"), "utf8");
  return serve(folder, 0, (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const send = (type, policy, body) => {
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy });
      response.end(body);
      return true;
    };
    if (path === "/resize.js") return send("text/javascript", "default-src 'none'", RESIZE);
    if (path === "/distill-lab.html") return send("text/html", FILE_POLICY, readFileSync(join(folder, path)));
    if (path === "/favicon.ico") return send("image/x-icon", "default-src 'none'", "");
    const page = PLATFORM[path];
    if (page === undefined) return false;
    const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A course</title>';
    const whole = `<!doctype html><html lang="en">${head}<h1>A course</h1>${page.body(text)}</html>`;
    return send("text/html", page.policy, whole);
  });
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** JupyterLab over `folder`, with nothing of the user's: its address, and how to end it. */
export async function serveJupyter(folder) {
  const port = await freePort();
  const own = (name) => join(folder, ".jupyter", name);
  const settings = [
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    `--port=${port}`,
    `--ServerApp.root_dir=${folder}`,
  ];
  const quiet = ["--IdentityProvider.token=", "--LabApp.extension_manager=readonly", "--LabApp.news_url="];
  const server = spawn(join(PYTHON, "jupyter-lab"), [...settings, ...quiet], {
    cwd: folder,
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: own("config"),
      JUPYTER_DATA_DIR: own("data"),
      JUPYTER_RUNTIME_DIR: own("runtime"),
      JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
      JUPYTERLAB_SETTINGS_DIR: own("settings"),
      IPYTHONDIR: own("ipython"),
    },
  });
  let said = "";
  const url = await new Promise((ready, failed) => {
    server.stderr.on("data", (data) => {
      said += data;
      // Asked for a port that someone else has taken meanwhile, it takes another.
      const told = /is running at:[^]*?(http:\/\/127\.0\.0\.1:\d+)\/lab/.exec(said);
      if (told) ready(told[1]);
    });
    server.on("exit", (code) => failed(new Error(`JupyterLab ended with ${code}:\n${said}`)));
  });
  // It says so before it answers.
  while (
    !(await fetch(`${url}/api`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await pause(100);
  return { url, stop: () => server.kill() };
}
