// Every preset and 200 random configs in Chromium, Firefox and WebKit and natively: the same digests. Then what others embed, in
// each of them: the site in a frame, the element, the single file in a sandbox, in `srcdoc` and from a disk.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../../scripts/serve.mjs";
import { root } from "../../scripts/setup.mjs";
import { BROWSERS, opened } from "./programs.mjs";
import { randomConfigs } from "./random_configs.mjs";

const RANDOM = 200;
const PATIENCE_MS = 240_000;
/** The preset whose digest every way to embed must give. */
const EMBEDDED = "notebook-repaired";

const scratch = mkdtempSync(join(tmpdir(), "distill-lab-browsers-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The command line's digest; null for a config that it refuses. */
function native(config) {
  const file = join(scratch, "config.json");
  writeFileSync(file, JSON.stringify(config));
  const binary = join(root, "target/release/distill-lab");
  const done = spawnSync(binary, ["run", file, "--json"], { encoding: "utf8", maxBuffer: 1 << 28 });
  return done.status === 0 ? JSON.parse(done.stdout).digest : null;
}

/** What the page is given, and takes the report of the browser that is being asked. */
const asked = { configs: [], reported: () => {} };
let port = 0;
beforeAll(async () => {
  const [pkg, data, site] = ["pkg", "data", "dist"].map((folder) => join(root, folder));
  const folders = { "/pkg/": pkg, "/data/": data, "/site/": site, "/": join(root, "tests/browsers") };
  port = await serve(folders, 0, (request, response) => {
    if (request.url === "/configs.json") response.end(JSON.stringify(asked.configs));
    else if (request.url.startsWith("/told?")) {
      // From a disk nothing but a picture's address gets through.
      response.end();
      asked.reported({ digest: decodeURIComponent(request.url.slice("/told?".length)) });
    } else if (request.url === "/report") {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        response.end();
        asked.reported(JSON.parse(body));
      });
    } else return false;
    return true;
  });
});

/** Opens an address in a browser; resolves to what its page reports. */
async function ask(browser, address) {
  let patience;
  const report = new Promise((done, refuse) => {
    asked.reported = done;
    patience = setTimeout(() => refuse(new Error(`no answer in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  const close = opened(browser, mkdtempSync(join(scratch, "profile-")), address);
  try {
    return await report;
  } finally {
    clearTimeout(patience);
    close();
  }
}

describe("presets and random configs give the native digests", () => {
  let expected = [];
  beforeAll(() => {
    const presets = readdirSync(join(root, "src/config/presets"))
      .filter((name) => name.endsWith(".json"))
      .map((name) => ({ preset: name.slice(0, -".json".length) }));
    asked.configs = [...presets];
    expected = presets.map(native);
    expect(expected).not.toContain(null);
    for (const config of randomConfigs()) {
      if (asked.configs.length === presets.length + RANDOM) break;
      const digest = native(config);
      if (digest === null) continue;
      asked.configs.push(config);
      expected.push(digest);
    }
  });
  test.each(Object.keys(BROWSERS))("in %s", async (browser) => {
    const { digests, error } = await ask(browser, `http://127.0.0.1:${port}/`);
    expect(error).toBeUndefined();
    const pairs = (list) => list.map((digest, i) => [digest, JSON.stringify(asked.configs[i])]);
    expect(pairs(digests)).toEqual(pairs(expected));
  });
});

describe("every way to embed gives the native digest", () => {
  const digest = () => native({ preset: EMBEDDED });
  test.each(Object.keys(BROWSERS))("from a server, in %s", async (browser) => {
    const { ways, error } = await ask(browser, `http://127.0.0.1:${port}/embeds.html?preset=${EMBEDDED}`);
    expect(error).toBeUndefined();
    expect(ways).toEqual(Object.fromEntries(Object.keys(ways).map((way) => [way, digest()])));
  });
  test.each(Object.keys(BROWSERS))("from a disk, in %s", async (browser) => {
    copyFileSync(join(root, "dist/distill-lab.html"), join(scratch, "distill-lab.html"));
    const host = join(scratch, "host.html");
    writeFileSync(
      host,
      `<!doctype html><meta charset="utf-8"><iframe src="distill-lab.html?preset=${EMBEDDED}&autorun=1&view=curves" width="700" height="500"></iframe>
<script>
  addEventListener("message", ({ data }) => {
    if (data && data.event === "result") new Image().src = "http://127.0.0.1:${port}/told?" + data.detail.digest;
  });
</script>`,
    );
    expect((await ask(browser, pathToFileURL(host).href)).digest).toBe(digest());
  });
});
