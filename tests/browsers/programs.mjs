// The three browsers, as they are installed: asked without a driver, since each of them opens a page.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { apt, chromium, FLAGS } from "../../scripts/chromium.mjs";

const found = (...paths) => paths.find((path) => existsSync(path));
const webkit = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((arch) =>
  ["4.0", "4.1", "6.0"].flatMap((v) => [
    `/usr/lib/${arch}/webkit2gtk-${v}/MiniBrowser`,
    `/usr/lib/${arch}/webkitgtk-${v}/MiniBrowser`,
  ]),
);
/** By name: its Debian packages, where it is, and the command that opens an address without a screen. */
export const BROWSERS = {
  Chromium: {
    packages: ["chromium"],
    path: () => chromium(),
    command: (path, profile) => [path, "--headless", ...FLAGS, `--user-data-dir=${profile}`],
  },
  Firefox: {
    packages: ["firefox-esr"],
    path: () => found(process.env.FIREFOX_PATH ?? "", "/usr/bin/firefox-esr", "/usr/bin/firefox"),
    command: (path, profile) => [path, "--headless", "--no-remote", "--profile", profile],
  },
  WebKit: {
    packages: ["webkit2gtk-driver", "xvfb", "xauth"],
    path: () => (found("/usr/bin/xvfb-run") ? found(process.env.WEBKIT_PATH ?? "", ...webkit) : undefined),
    command: (path) => ["xvfb-run", "-a", path],
  },
};

/** The browser's program; on CI it is installed where it is missing. Throws where there is none. */
export function program(name) {
  const { packages, path } = BROWSERS[name];
  const there = path() ?? (process.env.CI && apt(...packages) && path());
  if (there) return there;
  throw new Error(`${name} was not found; install ${packages.join(", ")}`);
}

/** Opens an address in a browser; what it returns ends the browser and all that it has started. */
export function opened(name, profile, address) {
  const [command, ...args] = BROWSERS[name].command(program(name), profile);
  // The locale of many a machine without a screen. WebKitGTK makes it a language "C", which its own `Intl` refuses.
  const locale = { LANG: "C.UTF-8", LANGUAGE: "", LC_ALL: "C.UTF-8" };
  const env = { ...process.env, ...locale, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const child = spawn(command, [...args, address], { detached: true, stdio: "ignore", env });
  return () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
}
