// npm run test:hosts: every example of examples/, built by the real tool and opened in Chromium at 1280 and at 320 px. One line
// for each page and width; the last line sums them up. `npm run test:hosts -- WORD` takes the hosts with WORD in their name.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as driver } from "@playwright/test";
import { BUILDS, tools } from "../tests/hosts/build.mjs";
import { CHECKS, place } from "../tests/hosts/checks.mjs";
import { jupyter } from "../tests/hosts/jupyter.mjs";
import { servePlatform } from "../tests/hosts/servers.mjs";
import { chromium, FLAGS } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { root, run, site } from "./setup.mjs";

/** Name, built folder, page, and what is particular about it. */
const HOSTS = [
  { name: "plain frame", build: "plain", at: "iframe.html" },
  { name: "plain frame that grows", build: "plain", at: "growing.html", height: "told", view: "compare" },
  { name: "plain element", build: "plain", at: "element.html", height: "told" },
  { name: "mystmd", build: "myst", at: "" },
  { name: "Jupyter Book 2", build: "jupyter-book", at: "" },
  { name: "MkDocs Material", build: "mkdocs", at: "" },
  { name: "Sphinx", build: "sphinx", at: "" },
  { name: "Quarto page", build: "quarto", at: "" },
  { name: "Quarto slides", build: "quarto", at: "slides.html#/one-image-many-temperatures", slides: true },
  { name: "reveal.js", build: "reveal", at: "#/1", slides: true },
  { name: "LMS, sandboxed file", build: "lms", at: "course.html", strict: true },
  { name: "LMS, cookies blocked", build: "lms", at: "folder.html", strict: true },
  { name: "LMS, height by lti.frameResize", build: "lms", at: "tool.html", strict: true, height: "told" },
];
const WIDTHS = [1280, 320];
const SITE = "https://example.org/distill-lab/";

const only = process.argv[2] ?? "";
const hosts = HOSTS.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
const withJupyter = "jupyterlab".includes(only.toLowerCase());
site();
tools();
run("cargo", ["build", "--quiet", "--release", "--locked"]);
const native = ["run", "fifty-digits", "--set", "distillation.temperature=4", "--json"];
const { digest } = JSON.parse(execFileSync(join(root, "target/release/distill-lab"), native, { encoding: "utf8" }));
const total = { passed: 0, failed: 0 };

function tell(name, problems) {
  total[problems.length === 0 ? "passed" : "failed"] += 1;
  console.log(
    `${problems.length === 0 ? "holds" : "FAILS"}  ${name}${problems.map((one) => `\n       ${one}`).join("")}`,
  );
}

/** A browser whose visitor blocks all cookies, and with them the storage of every site. */
const scratch = mkdtempSync(join(tmpdir(), "distill-lab-hosts-"));
mkdirSync(join(scratch, "Default"));
const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
writeFileSync(join(scratch, "Default/Preferences"), JSON.stringify(blocked));
const options = { executablePath: chromium(), args: FLAGS };
const browser = await driver.launch(options);
const open = await browser.newContext();
const strict = await driver.launchPersistentContext(scratch, options);

/** The address that examples name, answered from dist/ with the headers that static hosts send. */
await open.route(`${SITE}**`, (route) => {
  const path = new URL(route.request().url()).pathname.slice("/distill-lab/".length) || "index.html";
  return route.fulfill({ path: join(root, "dist", path), headers: { "access-control-allow-origin": "*" } });
});

/** A page, with everything that it should not do written down. */
async function newPage(context, width, isOwn = () => true) {
  const page = await context.newPage();
  await page.setViewportSize({ width, height: 700 });
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error" && isOwn(message.location().url)) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const here = ["data:", "blob:", "about:"].includes(protocol) || ["127.0.0.1", "example.org"].includes(hostname);
    if (!here) problems.push(`asked for ${request.url()}`);
  });
  return { page, problems };
}

const built = new Map();
async function served(name) {
  if (!built.has(name)) {
    const folder = BUILDS[name]();
    built.set(name, await (name === "lms" ? servePlatform(folder) : serve(folder, 0)));
  }
  return built.get(name);
}

for (const host of hosts) {
  const port = await served(host.build);
  for (const width of WIDTHS) {
    const { page, problems } = await newPage(host.strict ? strict : open, width);
    try {
      await page.goto(`http://127.0.0.1:${port}/${host.at}`);
      await page.locator("iframe, distill-lab").first().scrollIntoViewIfNeeded();
      const arrived = await place(page);
      for (const [sentence, check] of CHECKS) {
        const found = await check({ page, digest, arrived, ...host }).catch((thrown) => thrown.message.split("\n")[0]);
        if (found !== undefined) problems.push(`${sentence}: ${found}`);
      }
    } catch (thrown) {
      problems.push(thrown.message.split("\n")[0]);
    }
    tell(`${host.name}, ${width} px`, problems);
    await page.close();
  }
}
if (withJupyter) {
  const { page, problems } = await newPage(open, WIDTHS[0], (url) => url.startsWith(SITE));
  const found = await jupyter(page, BUILDS.jupyter(), digest, WIDTHS[1]).catch((thrown) => [
    thrown.message.split("\n")[0],
  ]);
  tell("JupyterLab, IFrame and widget", [...problems, ...found]);
  await page.close();
}
await strict.close();
await browser.close();
rmSync(scratch, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
