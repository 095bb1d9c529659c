// npm run test:browsers: every preset and 200 random configs in Chromium, Firefox and WebKit and natively: the same digests.
// Then what others embed, in each of them: the site in a frame, the element, the single file in a sandbox, in `srcdoc` and from a disk.
// A browser that is not there is said by name and fails the test.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, FLAGS } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { engine, root, run, site } from "./setup.mjs";

const RANDOM = 200;
/** `-- --embeds`: the ways to embed alone. */
const EMBEDS_ONLY = process.argv.includes("--embeds");
const PATIENCE_MS = 240_000;

engine();
site();
run("cargo", ["build", "--quiet", "--release", "--locked"]);
const binary = join(root, "target/release/distill-lab");
const scratch = mkdtempSync(join(tmpdir(), "distill-lab-browsers-"));

/** Small configs of every kind, the same at every run. */
function* randomConfigs() {
  let state = 20_261_124;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(draw() * list.length)];
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const training = () => ({
    hidden: Array.from({ length: whole(0, 3) }, () => whole(1, 40)),
    activation: pick(["relu", "tanh", "gelu"]),
    steps: whole(1, 60),
    batch_size: whole(1, 40),
    label_smoothing: pick([0, 0, 0.1]),
    optimizer: pick([
      { name: "adam", learning_rate: 0.003 },
      { name: "adamw", learning_rate: 0.003, weight_decay: 0.01 },
      { name: "sgd", learning_rate: 0.02, momentum: pick([0, 0.9]), nesterov: draw() < 0.5 },
    ]),
  });
  for (;;) {
    yield {
      seed: whole(0, 1e6),
      data: {
        name: pick(["digits", "notebook", "planted", "spirals", "moons", "circles", "gaussians", "mnist1d"]),
        label_noise: pick([0, 0.2]),
      },
      teacher: { ...training(), members: pick([1, 1, 2]) },
      transfer: { size: whole(5, 50) },
      student: training(),
      distillation: {
        method: pick(["soft_targets", "logit_matching", "hard_teacher"]),
        temperature: 0.5 + Math.round(200 * draw()) / 10,
        alpha: pick([0, 0.3, 0.9, 1]),
      },
      refine: { steps: pick([0, 0, 15]) },
    };
  }
}

/** The command line's digest; null for a config that it refuses. */
function native(config) {
  const file = join(scratch, "config.json");
  writeFileSync(file, JSON.stringify(config));
  const done = spawnSync(binary, ["run", file, "--json"], { encoding: "utf8", maxBuffer: 1 << 28 });
  return done.status === 0 ? JSON.parse(done.stdout).digest : null;
}

const presets = readdirSync(join(root, "src/config/presets"))
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ preset: name.slice(0, -5) }));
const configs = [];
const expected = [];
let refused = 0;
const add = (config) => {
  const digest = native(config);
  if (digest === null) return void (refused += 1);
  configs.push(config);
  expected.push(digest);
};
if (!EMBEDS_ONLY) presets.forEach(add);
if (refused > 0) throw new Error("the command line refuses a preset");
for (const config of randomConfigs()) {
  if (EMBEDS_ONLY || configs.length === presets.length + RANDOM) break;
  if (refused > 20 * RANDOM) throw new Error("the random configs are refused");
  add(config);
}
if (!EMBEDS_ONLY) {
  const different = new Set(expected).size;
  console.log(`natively: ${presets.length} presets and ${RANDOM} random configs, of ${different} different digests`);
}

/** Takes the report of the browser that is being asked. */
let reported = () => {};
const port = await serve(
  {
    "/pkg/": join(root, "pkg"),
    "/data/": join(root, "data"),
    "/site/": join(root, "dist"),
    "/": join(root, "tests/browsers"),
  },
  0,
  (request, response) => {
    if (request.url === "/configs.json") response.end(JSON.stringify(configs));
    else if (request.url.startsWith("/told?")) {
      // From a disk nothing but a picture's address gets through.
      response.end();
      reported({ digest: decodeURIComponent(request.url.slice("/told?".length)) });
    } else if (request.url === "/report") {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        response.end();
        reported(JSON.parse(body));
      });
    } else return false;
    return true;
  },
);

/** Opens the page in one browser; resolves to its report. */
async function ask([command, ...args]) {
  // The locale of many a machine without a screen. WebKitGTK makes it a language "C", which its own `Intl` refuses.
  const locale = { LANG: "C.UTF-8", LANGUAGE: "", LC_ALL: "C.UTF-8" };
  const env = { ...process.env, ...locale, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  const child = spawn(command, args, { detached: true, stdio: "ignore", env });
  const report = await new Promise((done) => {
    reported = done;
    child.on("error", (error) => done({ error: String(error) }));
    setTimeout(() => done({ error: `no answer in ${PATIENCE_MS / 1000} s` }), PATIENCE_MS).unref();
  });
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
  return report;
}

const profile = () => mkdtempSync(join(scratch, "profile-"));
const found = (...paths) => paths.find((path) => existsSync(path));
const webkit = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((arch) =>
  ["4.0", "4.1", "6.0"].flatMap((v) => [
    `/usr/lib/${arch}/webkit2gtk-${v}/MiniBrowser`,
    `/usr/lib/${arch}/webkitgtk-${v}/MiniBrowser`,
  ]),
);
const BROWSERS = {
  Chromium: {
    packages: ["chromium"],
    path: () => chromium(),
    command: (path) => [path, "--headless", ...FLAGS, `--user-data-dir=${profile()}`],
  },
  Firefox: {
    packages: ["firefox-esr"],
    path: () => found(process.env.FIREFOX_PATH ?? "", "/usr/bin/firefox-esr", "/usr/bin/firefox"),
    command: (path) => [path, "--headless", "--no-remote", "--profile", profile()],
  },
  WebKit: {
    packages: ["webkit2gtk-driver", "xvfb", "xauth"],
    path: () => (found("/usr/bin/xvfb-run") ? found(process.env.WEBKIT_PATH ?? "", ...webkit) : undefined),
    command: (path) => ["xvfb-run", "-a", path],
  },
};

/** Installs what is missing where Debian's package manager is at hand and may be used. */
function install() {
  const missing = Object.values(BROWSERS)
    .filter(({ path }) => !path())
    .flatMap(({ packages }) => packages);
  if (missing.length === 0 || !process.env.CI) return;
  console.log(`installing ${missing.join(", ")}`);
  spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-qq", ...missing], {
    stdio: "ignore",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

/** Whether a browser gives the native digest for every config. */
async function sameDigests(name, program, command) {
  const from = performance.now();
  const report = await ask([...command(program), `http://127.0.0.1:${port}/`]);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (report.error) {
    console.log(`FAILS  ${name}: ${report.error}`);
    return false;
  }
  const differing = configs.filter((_, i) => report.digests[i] !== expected[i]);
  if (differing.length > 0 || report.digests.length !== expected.length) {
    console.log(
      `FAILS  ${name}: ${differing.length} of ${configs.length} digests differ, the first for ${JSON.stringify(differing[0])}`,
    );
    return false;
  }
  console.log(`holds  ${name}: ${configs.length} digests equal the native ones, ${seconds} s (${report.agent})`);
  return true;
}

/** The preset whose digest every way to embed must give. */
const EMBEDDED = "notebook-repaired";
const digestOfEmbedded = native({ preset: EMBEDDED });
copyFileSync(join(root, "dist/distill-lab.html"), join(scratch, "distill-lab.html"));
const disk = join(scratch, "host.html");
writeFileSync(
  disk,
  `<!doctype html><meta charset="utf-8"><iframe src="distill-lab.html?preset=${EMBEDDED}&autorun=1&view=curves" width="700" height="500"></iframe>
<script>
  addEventListener("message", ({ data }) => {
    if (data && data.event === "result") new Image().src = "http://127.0.0.1:${port}/told?" + data.detail.digest;
  });
</script>`,
);

/** How many of the ways to embed gave the native digest, each said in a line. */
async function embedded(name, program, command) {
  const report = await ask([...command(program), `http://127.0.0.1:${port}/embeds.html?preset=${EMBEDDED}`]);
  const file = await ask([...command(program), pathToFileURL(disk).href]);
  const ways = {
    ...(report.error ? { "the site": report.error } : report.ways),
    "the file from a disk": file.digest ?? file.error,
  };
  const wrong = Object.entries(ways).filter(([, digest]) => digest !== digestOfEmbedded);
  console.log(
    wrong.length === 0
      ? `holds  ${name}: ${Object.keys(ways).join(", ")}: the native digest`
      : `FAILS  ${name}: ${wrong.map(([way, said]) => `${way}: ${said}`).join("; ")}`,
  );
  return wrong.length === 0;
}

install();
let [passed, failed] = [0, 0];
// `-- --only WebKit`: one browser.
const only = process.argv.indexOf("--only");
for (const [name, { packages, path, command }] of Object.entries(BROWSERS)) {
  if (only > 0 && process.argv[only + 1] !== name) continue;
  const program = path();
  if (!program) {
    failed += 1;
    console.log(`FAILS  ${name}: not found; install ${packages.join(", ")}`);
    continue;
  }
  const parts = EMBEDS_ONLY ? [embedded] : [sameDigests, embedded];
  for (const part of parts) {
    if (await part(name, program, command)) passed += 1;
    else failed += 1;
  }
}
rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
