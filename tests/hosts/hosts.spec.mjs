// Every example of examples/, built by the real tool and opened in Chromium at 1280 and at 320 px.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { serve } from "../../scripts/serve.mjs";
import { root } from "../../scripts/setup.mjs";
import { BUILDS } from "./build.mjs";
import { CHECKS, place } from "./checks.mjs";
import { jupyter } from "./jupyter.mjs";
import { servePlatform } from "./servers.mjs";

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

let digest = "";
test.beforeAll(() => {
  const args = ["run", "fifty-digits", "--set", "distillation.temperature=4", "--json"];
  digest = JSON.parse(execFileSync(join(root, "target/release/distill-lab"), args, { encoding: "utf8" })).digest;
});

/** An ordinary visitor. The address that examples name is answered from dist/ with the headers that static hosts send. */
async function visitor(browser) {
  const context = await browser.newContext();
  await context.route(`${SITE}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice("/distill-lab/".length) || "index.html";
    return route.fulfill({ path: join(root, "dist", path), headers: { "access-control-allow-origin": "*" } });
  });
  return context;
}

/** A visitor who blocks all cookies, and with them the storage of every site. */
async function strictVisitor(browser, launchOptions, profile) {
  mkdirSync(join(profile, "Default"), { recursive: true });
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, "Default/Preferences"), JSON.stringify(blocked));
  return browser.browserType().launchPersistentContext(profile, launchOptions);
}

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

const ports = new Map();
/** The port of a built example; each is built when it is first asked for. */
async function served(name) {
  if (!ports.has(name)) {
    const folder = BUILDS[name]();
    ports.set(name, await (name === "lms" ? servePlatform(folder) : serve(folder, 0)));
  }
  return ports.get(name);
}

for (const host of HOSTS) {
  for (const width of WIDTHS) {
    test(`${host.name}, ${width} px`, async ({ browser, launchOptions }, info) => {
      const port = await served(host.build);
      const context = host.strict
        ? await strictVisitor(browser, launchOptions, info.outputPath("profile"))
        : await visitor(browser);
      const { page, problems } = await newPage(context, width);
      await page.goto(`http://127.0.0.1:${port}/${host.at}`);
      await page.locator("iframe, distill-lab").first().scrollIntoViewIfNeeded();
      const arrived = await place(page);
      for (const [sentence, check] of CHECKS) {
        const found = await check({ page, digest, arrived, ...host }).catch((thrown) => thrown.message);
        if (found !== undefined) problems.push(`${sentence}: ${found}`);
      }
      await context.close();
      expect(problems).toEqual([]);
    });
  }
}

test("JupyterLab, IFrame and widget", async ({ browser }) => {
  const context = await visitor(browser);
  const { page, problems } = await newPage(context, WIDTHS[0], (url) => url.startsWith(SITE));
  problems.push(...(await jupyter(page, BUILDS.jupyter(), digest, WIDTHS[1])));
  await context.close();
  expect(problems).toEqual([]);
});
