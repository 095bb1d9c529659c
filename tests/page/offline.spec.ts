/**
 * The built site as an installed page, in a folder of a server that is then stopped, and on the way from one version to the
 * next. Version B is a real build of the page with another title.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { VIEWS } from "../../www/shared/view";

test.use({ serviceWorkers: "allow" });

const PORT = Number(process.env.PAGE_PORT ?? 4177) + 2;
const SITE = `http://127.0.0.1:${PORT}/some/folder/`;
const TITLE_A = "Knowledge distillation, by doing it";
const TITLE_B = "Version B";
let root = "";
let server: ChildProcess | null = null;

async function start(): Promise<void> {
  server = spawn(process.execPath, ["scripts/serve.mjs", join(root, "served"), String(PORT)], { stdio: "ignore" });
  const answers = () => fetch(`http://127.0.0.1:${PORT}/`).then(() => true).catch(() => false); // prettier-ignore
  await expect.poll(answers).toBe(true);
}

async function stop(): Promise<void> {
  const ended = new Promise((done) => server?.once("exit", done));
  server?.kill();
  await ended;
  server = null;
}

/** Puts a version in the folder that is served, as a deploy does. */
function deploy(version: "a" | "b"): void {
  mkdirSync(join(root, "served/some"), { recursive: true });
  rmSync(join(root, "served/some/folder"), { force: true });
  symlinkSync(join(root, version), join(root, "served/some/folder"));
}

test.beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "distill-lab-offline-"));
  cpSync("dist", join(root, "a"), { recursive: true });
  const other = {
    name: "version-b",
    enforce: "pre" as const,
    transform: (code: string, id: string) =>
      id.endsWith("www/ui/strings/en/frame.ts") ? code.replace(TITLE_A, TITLE_B) : undefined,
  };
  const outDir = join(root, "b");
  await build({ logLevel: "error", plugins: [other], build: { outDir, emptyOutDir: true } });
});
test.beforeEach(async () => {
  deploy("a");
  await start();
});
test.afterEach(async () => {
  if (server !== null) await stop();
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Until the service worker has every file and answers for this page. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
}

const digest = (page: Page) =>
  page.evaluate(async () => {
    await window.distillLab.ready;
    return (await window.distillLab.run()).digest;
  });
const title = (page: Page) => page.locator("h1");
const update = (page: Page) => page.locator('[data-do="update"]');
/** What the browser does by itself when a page is opened or a day has passed. */
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));

test("the second visit needs no server: every panel opens, and a run gives the same digest", async ({ page }) => {
  const elsewhere: string[] = [];
  const failed: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(SITE).host) elsewhere.push(request.url());
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // Leaving a page gives up what it was fetching; the browser itself asks in vain for a newer service worker.
    if (why !== "net::ERR_ABORTED" && !request.url().endsWith("/sw.js")) failed.push(`${request.url()}: ${why}`);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`${SITE}?preset=notebook-repaired&autorun=0`);
  const before = await digest(page);
  await installed(page);
  await stop();

  await page.goto(`${SITE}?preset=notebook-repaired&autorun=0`);
  await expect(title(page)).toHaveText(TITLE_A);
  expect(await digest(page)).toBe(before);
  await page.goto(`${SITE}?lesson=1&take=1&kept=1&takeover=1&pairs=1&preset=spirals&autorun=0`);
  await expect(page.locator("[data-file]").first()).toBeVisible();
  await expect(page.locator(".lesson h2, .lesson h3").first()).toBeVisible();
  for (const view of VIEWS) {
    await page.goto(`${SITE}index.html?view=${view}&autorun=0`);
    await page.evaluate(() => window.distillLab.ready);
    await expect(page.locator("main section").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
  }
  await page.goto(`${SITE}distill-lab.html?preset=notebook-repaired&autorun=0`);
  expect(await digest(page)).toBe(before);
  expect(errors).toEqual([]);
  expect(failed).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test("a new version is offered; before it is accepted all is the old one, afterwards all is the new one", async ({
  page,
  context,
}) => {
  const other = await context.newPage();
  await page.goto(`${SITE}?autorun=0`);
  await installed(page);
  await other.goto(`${SITE}?autorun=0`);
  await expect(update(page)).toHaveCount(0);
  deploy("b");
  await lookForUpdate(page);
  await expect(update(page)).toBeVisible();
  // Nothing has changed: not for a page that is opened now, nor for a panel that is loaded now.
  await page.reload();
  await expect(title(page)).toHaveText(TITLE_A);
  await expect(update(page)).toBeVisible();
  await page.locator('[data-do="take"]').click();
  await expect(page.locator("[data-file]").first()).toBeVisible();

  await update(page).click();
  await expect(title(page)).toHaveText(TITLE_B);
  await page.locator('[data-do="kept"]').click();
  await expect(page.getByRole("region", { name: "Compare runs" })).toBeVisible();
  // The other tab goes on in the version it was opened in, whose files the server no longer has, until it is reloaded.
  await other.bringToFront();
  await expect(title(other)).toHaveText(TITLE_A);
  await other.locator('[data-do="take"]').click();
  await expect(other.locator("[data-file]").first()).toBeVisible();
  await update(other).click();
  await expect(title(other)).toHaveText(TITLE_B);
  await stop();
  await page.goto(`${SITE}?autorun=0`);
  await expect(title(page)).toHaveText(TITLE_B);
});

test("a page reloaded while its first version is still being installed has no new one", async ({ page }) => {
  // Slow enough that the reload comes first.
  let waiting: (() => void)[] | null = [];
  await page.context().route("**/assets/**", async (route) => {
    if (route.request().serviceWorker() !== null) await new Promise<void>((go) => (waiting ? waiting.push(go) : go()));
    await route.continue();
  });
  await page.goto(`${SITE}?autorun=0`);
  const begun = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.installing != null);
  await expect.poll(begun).toBe(true);
  await page.reload();
  await expect(page.locator("[data-offer]")).toHaveCount(1);
  const held = waiting;
  waiting = null;
  for (const go of held) go();
  await installed(page);
  await expect(page.locator("[data-offer]")).toHaveAttribute("data-offer", "none");
  await expect(update(page)).toHaveCount(0);
});

test("no version is offered while a run is going, or after someone said later", async ({ page }) => {
  await page.goto(`${SITE}?autorun=0`);
  await installed(page);
  await page.evaluate(() =>
    window.distillLab.configure({ student: { steps: 100_000 }, refine: { steps: 100_000 } } as never),
  );
  await page.locator('[data-do="run"]').click();
  await expect(page.locator('[data-do="run"]')).toHaveText("Pause");
  deploy("b");
  await lookForUpdate(page);
  await expect(page.locator("[data-offer]")).toHaveAttribute("data-offer", "offered");
  await expect(update(page)).toHaveCount(0);
  await page.locator('[data-do="run"]').click();
  await expect(update(page)).toBeVisible();
  await page.locator('[data-do="update-later"]').click();
  await expect(update(page)).toHaveCount(0);
  await expect(title(page)).toHaveText(TITLE_A);
});

test("a deploy that is half done is no version", async ({ page }) => {
  await page.goto(`${SITE}?autorun=0`);
  await installed(page);
  // The new list of files, and one of them is still another's.
  cpSync(join(root, "b"), join(root, "half"), { recursive: true });
  writeFileSync(join(root, "half/index.html"), "<!doctype html><h1>Half</h1>");
  rmSync(join(root, "served/some/folder"), { force: true });
  symlinkSync(join(root, "half"), join(root, "served/some/folder"));
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing;
    if (worker === null) return "none was tried";
    await new Promise<void>((done) => {
      worker.addEventListener("statechange", () => done(), { once: true });
      if (worker.state !== "installing") done();
    });
    return worker.state;
  });
  expect(state).toBe("redundant");
  await page.reload();
  await expect(title(page)).toHaveText(TITLE_A);
});

test("a large data file is there once it was asked for, and not before", async ({ page }) => {
  mkdirSync(join(root, "a/data"), { recursive: true });
  for (const name of ["one", "two"]) writeFileSync(join(root, `a/data/mnist-${name}.bin`), name);
  await page.goto(`${SITE}?autorun=0`);
  await installed(page);
  const read = (name: string) =>
    page.evaluate(
      (file) =>
        fetch(`data/mnist-${file}.bin`).then(
          (response) => response.text(),
          () => "not there",
        ),
      name,
    );
  expect(await read("one")).toBe("one");
  await stop();
  expect(await read("one")).toBe("one");
  expect(await read("two")).toBe("not there");
});

test("neither the single file nor an embedded page installs anything", async ({ page }) => {
  const host = `<!doctype html><iframe src="some/folder/?autorun=0" width="900" height="600"></iframe>`;
  writeFileSync(join(root, "served/host.html"), host);
  await page.goto(`http://127.0.0.1:${PORT}/host.html`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("h1")).toHaveText(TITLE_A);
  await frame.locator("h1").evaluate(() => window.distillLab.ready);
  await page.waitForLoadState("networkidle");
  const registrations = await frame.locator("h1").evaluate(async () => {
    return (await navigator.serviceWorker.getRegistrations()).length;
  });
  expect(registrations).toBe(0);
  expect(readFileSync("dist/distill-lab.html", "utf8")).not.toContain("serviceWorker");
});
