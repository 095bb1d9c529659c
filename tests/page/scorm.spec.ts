/** The packages for learning platforms, in a page that is one: scorm-again is its SCORM 1.2 run-time. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";

type Files = Record<string, string>;
interface Platform {
  API: { on(name: string, heard: (...told: unknown[]) => void): void; LMSGetValue(name: string): string };
  told: unknown[][];
}

const RUNTIME = readFileSync("node_modules/scorm-again/dist/scorm12.js", "utf8");
const PLATFORM = `<!doctype html><title>A platform</title>
  <script src="runtime.js"></script>
  <script>
    window.told = [];
    window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
    for (const call of ["LMSInitialize", "LMSSetValue", "LMSFinish"])
      API.on(call + (call === "LMSSetValue" ? ".*" : ""), (...about) => told.push([call, ...about]));
  </script>
  <iframe src="content/index.html" style="width: 100%; height: 600px"></iframe>`;

function pack(...args: string[]): { status: number | null; said: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "distill-lab-package-"));
  const done = spawnSync("node", ["scripts/package.mjs", "--out", folder, ...args], { encoding: "utf8" });
  return { status: done.status, said: `${done.stdout}${done.stderr}`, folder };
}

function unpack(folder: string, name: string): Files {
  const files = unzipSync(new Uint8Array(readFileSync(join(folder, name))));
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** A platform at /lms/ with the package's files in /lms/content/. */
async function install(page: Page, files: Files): Promise<void> {
  await page.route("**/lms/**", (route) => {
    const path = new URL(route.request().url()).pathname.replace("/lms/", "");
    if (path === "") return route.fulfill({ contentType: "text/html", body: PLATFORM });
    if (path === "runtime.js") return route.fulfill({ contentType: "text/javascript", body: RUNTIME });
    const body = files[path.replace("content/", "")];
    const contentType = path.endsWith(".js") ? "text/javascript" : "text/html";
    return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ contentType, body });
  });
}

const status = (page: Page) =>
  page.evaluate(() => (window as unknown as Platform).API.LMSGetValue("cmi.core.lesson_status"));
const told = (page: Page) => page.evaluate(() => (window as unknown as Platform).told);
const lab = (page: Page) => page.frameLocator("iframe").frameLocator("iframe");

test("a panel's package reports that a run has finished, and nothing else", async ({ page }) => {
  const config = JSON.stringify({ preset: "notebook-repaired", distillation: { temperature: 3 } });
  const { said, folder } = pack("--view", "compare", "--config", config, "--title", "Teacher & <student>");
  expect(said).toContain("done when a run has finished");
  await install(page, unpack(folder, "distill-lab-compare-scorm12.zip"));
  await page.goto("/lms/");
  await expect(lab(page).getByRole("heading", { name: "Scoreboard" })).toBeVisible();
  expect(await status(page)).toBe("incomplete");
  await lab(page).locator('[data-do="run"]').click();
  await expect.poll(() => status(page)).toBe("completed");
  const panel = page.frames().find((frame) => frame.url().includes("distill-lab.html"));
  expect(await panel?.evaluate(() => window.distillLab.config().distillation.temperature)).toBe(3);
  // Once more: it stays as it is.
  await page.evaluate(() => document.querySelector("iframe")?.contentWindow?.location.reload());
  await expect(lab(page).getByRole("heading", { name: "Scoreboard" })).toBeVisible();
  expect(await status(page)).toBe("completed");
  // The page that leaves may still be in sight when the heading is looked for.
  const finished = async () => (await told(page)).filter(([call]) => call === "LMSFinish");
  await expect.poll(finished).toHaveLength(1);
  const calls = (await told(page)).map(([call, ...about]) => [call, ...about.filter((one) => one !== "")]);
  expect(calls.filter(([call]) => call === "LMSSetValue")).toEqual([
    ["LMSSetValue", "cmi.core.lesson_status", "incomplete"],
    ["LMSSetValue", "cmi.core.lesson_status", "completed"],
  ]);
});

test("a chapter's package reports that its question is answered", async ({ page }) => {
  const { said, folder } = pack("--lesson", "4");
  expect(said).toContain("done when the chapter's question is answered");
  await install(page, unpack(folder, "distill-lab-lesson-4-scorm12.zip"));
  await page.goto("/lms/");
  await lab(page).getByRole("radio", { name: "nothing", exact: true }).check();
  expect(await status(page)).toBe("incomplete");
  // Wrong on purpose: done is done, and nothing is graded.
  await lab(page).getByRole("radio", { name: "it stays" }).check();
  await expect.poll(() => status(page)).toBe("completed");
});

test("the manifest is SCORM 1.2's, and lists the files that are there", async ({ page }) => {
  const files = unpack(
    pack("--view", "curves", "--title", "Teacher & <student>").folder,
    "distill-lab-curves-scorm12.zip",
  );
  const found = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, "application/xml");
    const all = (name: string) => [...document.getElementsByTagName(name)];
    const at = (name: string, attribute: string) => all(name).map((element) => element.getAttribute(attribute));
    return {
      faults: all("parsererror").length,
      root: [document.documentElement.namespaceURI, document.documentElement.localName],
      schema: [...all("schema"), ...all("schemaversion")].map((element) => element.textContent),
      parts: [...document.documentElement.children].map((element) => element.localName),
      organization: [...at("organizations", "default"), ...at("organization", "identifier")],
      titles: all("title").map((element) => element.textContent),
      item: [...at("item", "identifierref"), ...at("resource", "identifier")],
      type: at("resource", "type"),
      scormtype: all("resource").map((r) => r.getAttributeNS("http://www.adlnet.org/xsd/adlcp_rootv1p2", "scormtype")),
      start: at("resource", "href"),
      files: at("file", "href"),
    };
  }, files["imsmanifest.xml"] ?? "");
  expect(found).toEqual({
    faults: 0,
    root: ["http://www.imsproject.org/xsd/imscp_rootv1p1p2", "manifest"],
    schema: ["ADL SCORM", "1.2"],
    parts: ["metadata", "organizations", "resources"],
    organization: ["course", "course"],
    titles: ["Teacher & <student>", "Teacher & <student>"],
    item: ["panel", "panel"],
    type: ["webcontent"],
    scormtype: ["sco"],
    start: ["index.html"],
    files: Object.keys(files).filter((name) => name !== "imsmanifest.xml"),
  });
});

test("the plain zip, and the other one without a platform, just work", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  const { folder } = pack("--view", "soft-targets");
  for (const name of ["distill-lab-soft-targets.zip", "distill-lab-soft-targets-scorm12.zip"]) {
    await page.unroute("**/lms/**");
    await install(page, unpack(folder, name));
    await page.goto("/lms/content/index.html");
    await expect(page.frameLocator("iframe").getByRole("heading", { name: "Soft targets" })).toBeVisible();
  }
  expect(errors).toEqual([]);
});

for (const [args, told] of [
  [["--view", "nope"], 'view: got "nope"; allowed: one of stage, temperature, curves'],
  [["--lesson", "99"], `--lesson: got "99"; allowed: a whole number from 1 to 12`],
  [["--view", "curves", "--lesson", "1"], "--view and --lesson: allowed is one of the two"],
  [
    ["--config", '{"student": {"hiden": [3]}}'],
    "--config: student.hiden: unknown key; got [3]; allowed here: activation",
  ],
  [
    ["--config", '{"distillation": {"temperature": 0}}'],
    "--config: distillation.temperature: got 0; allowed: a number",
  ],
  [["--config", "{"], "--config: not JSON"],
  [["--config", "nowhere.json"], "--config: no file nowhere.json"],
  [["--colour", "red"], "Unknown option '--colour'"],
] as const) {
  test(`package ${args.join(" ")}: says what is wrong and writes nothing`, () => {
    const { status, said, folder } = pack(...args);
    expect(said).toContain(told);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
}
