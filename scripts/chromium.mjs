// Finds Chromium, or installs it: Debian's package as root, else Playwright's own download.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fail } from "./setup.mjs";

/** Quiet, and at work in a container as root. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function found() {
  const named = process.env.CHROME_PATH;
  if (named) return existsSync(named) ? named : fail(`CHROME_PATH is ${named}, and no file is there`);
  if (existsSync("/usr/bin/chromium")) return "/usr/bin/chromium";
  const which = spawnSync("which", ["google-chrome"], { encoding: "utf8" });
  return which.status === 0 ? which.stdout.trim() : undefined;
}

/** Path of a Chromium. */
export function chromium() {
  const there = found();
  if (there) return there;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const shell = "apt-get update -qq && apt-get install -y -qq chromium";
    const done = spawnSync("sh", ["-c", shell], {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (done.status === 0 && found()) return found();
    fail(`Chromium could not be installed:\n${done.stderr}`);
  }
  spawnSync("npx", ["playwright", "install", "chromium"], { stdio: "inherit" });
  return fail("No Chromium was found. Set CHROME_PATH, or install one: apt-get install chromium");
}
