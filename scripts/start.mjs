// npm start: builds what has changed and serves the page. The last line is its URL.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { serve } from "./serve.mjs";
import { fail, root, site } from "./setup.mjs";

site();
const wanted = Number(process.env.PORT ?? 4173);
if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
  fail(`PORT is ${process.env.PORT}; allowed: 0 to 65535`);
const port = await serve(join(root, "dist"), wanted).catch((error) =>
  fail(
    error.code === "EADDRINUSE"
      ? `Port ${wanted} is taken. Choose another: PORT=${wanted + 1} npm start`
      : String(error),
  ),
);
const url = `http://localhost:${port}/`;
if (!process.env.CI && !process.argv.includes("--no-open")) {
  const open = { darwin: "open", win32: "explorer" }[process.platform] ?? "xdg-open";
  spawn(open, [url], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
console.log(url);
