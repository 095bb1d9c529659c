// Finds Chromium, or installs it: Debian's package as root, else Playwright's own download.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium as playwright } from "@playwright/test";
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

const says = (command, args, options) => spawnSync(command, args, { encoding: "utf8", ...options });

function found() {
  const named = process.env.CHROME_PATH;
  if (named) return existsSync(named) ? named : fail(`CHROME_PATH is ${named}, and no file is there`);
  const chrome = says("which", ["google-chrome"]).stdout?.trim();
  return ["/usr/bin/chromium", chrome, playwright.executablePath()].find((path) => path && existsSync(path));
}

/** Installs Debian's packages, as root alone; whether it could. */
export function apt(...packages) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  console.error(`installing ${packages.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  says("apt-get", ["update", "-qq"]);
  const done = says("apt-get", ["install", "-y", "-qq", ...packages], { env });
  if (done.status !== 0) console.error(done.stderr);
  return done.status === 0;
}

/**
 * Path of a Chromium.
 * @returns {string}
 */
export function chromium() {
  const there = found();
  if (there) return there;
  if (!apt("chromium")) spawnSync("npx", ["playwright", "install", "chromium"], { stdio: ["ignore", 2, 2] });
  return found() ?? fail("No Chromium was found. Set CHROME_PATH, or install one: apt-get install chromium");
}

/** A Chromium, started by Playwright. */
export const launch = (...flags) => playwright.launch({ executablePath: chromium(), args: [...FLAGS, ...flags] });

/** What pictures and measures depend on: the browser's version and the system's fonts. */
export function described(path) {
  const version = says(path, ["--version"]).stdout?.trim() || "unknown version";
  const sans = says("fc-match", ["sans-serif", "family"]).stdout?.trim();
  if (!sans) return `${version} (${path}); fontconfig is not there to say which fonts are`;
  const families = says("fc-list", [":", "family"]).stdout;
  const there = ["DejaVu", "Liberation", "Noto"].filter((name) => families.includes(name));
  return `${version} (${path}); sans-serif is ${sans}; of DejaVu, Liberation and Noto: ${there.join(", ") || "none"}`;
}
