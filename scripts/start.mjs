// npm start: builds what has changed and serves the page. The last line is its URL.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { serve, wantedPort } from "./serve.mjs";
import { build, fail, given, root } from "./setup.mjs";

const USAGE = `npm start [-- --no-open]
  --no-open  opens no browser; nor is one opened where CI is set
PORT in the environment is the port (default: 4173; 0 takes any that is free)`;

const { "no-open": closed } = given(USAGE, { "no-open": { type: "boolean" } });
const wanted = wantedPort(process.env.PORT);
if (wanted === null) fail(`PORT: got ${JSON.stringify(process.env.PORT)}; allowed: a whole number from 0 to 65535`);
build("build:page");
const port = await serve(join(root, "dist"), wanted).catch((error) =>
  fail(
    error.code === "EADDRINUSE"
      ? `Port ${wanted} is taken. Choose another: PORT=${wanted + 1} npm start`
      : String(error),
  ),
);
const url = `http://localhost:${port}/`;
if (!process.env.CI && !closed) {
  const open = { darwin: "open", win32: "explorer" }[process.platform] ?? "xdg-open";
  spawn(open, [url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
console.log(url);
