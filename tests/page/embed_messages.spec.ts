import { expect, test } from "@playwright/test";

/** A page with the lab in a frame, that hears what the lab says. */
const HOST = `<!doctype html><title>host</title><iframe src="./?preset=notebook-repaired&view=curves" width="800" height="600"></iframe>
<script>
  window.heard = [];
  window.addEventListener("message", (event) => heard.push(event.data));
  window.lab = document.querySelector("iframe");
  window.ask = (call, ...args) => {
    const id = "ask-" + Math.random();
    return new Promise((done) => {
      window.addEventListener("message", function answer({ data }) {
        if (data && data.id === id) {
          window.removeEventListener("message", answer);
          done(data);
        }
      });
      lab.contentWindow.postMessage({ "distill-lab": 1, id, call, args }, "*");
    });
  };
</script>`;
interface Host {
  heard: unknown[];
  lab: HTMLIFrameElement;
  ask(call: string, ...args: unknown[]): Promise<{ ok: boolean; value?: { digest: string }; error?: { code: string } }>;
}
declare const window: Window & Host;

test.beforeEach(async ({ page }) => {
  await page.route("**/host.html", (route) => route.fulfill({ contentType: "text/html", body: HOST }));
  await page.goto("/host.html");
  await page.frameLocator("iframe").locator('[data-do="run"]').waitFor();
  await page.evaluate(() => window.ask("ready"));
});

test("the height is told as an object and as the text of learning platforms", async ({ page }) => {
  const heard = await page.evaluate(() => window.heard);
  const height = heard.find((m) => (m as { event?: string }).event === "height") as { detail: number };
  expect(height.detail).toBeGreaterThan(100);
  const texts = heard.filter((m) => typeof m === "string").map((m) => JSON.parse(m as string) as { subject: string });
  expect(texts).toContainEqual({ subject: "lti.frameResize", height: expect.any(Number) });
});

test("a hundred thousand messages that are no calls get no answer, and the lab works on", async ({ page }) => {
  test.setTimeout(120_000);
  const answers = await page.evaluate(async () => {
    const pick = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)] as T;
    const any = (): unknown =>
      pick<() => unknown>([
        () => Math.random(),
        () => "x".repeat(Math.floor(Math.random() * 200)),
        () => null,
        () => [1, [2, [3]]],
        () => ({ call: "run" }),
        () => new Map([[1, 2]]),
        () => new Uint8Array(8),
        () => JSON.stringify({ "distill-lab": 1, id: 1, call: "run" }),
      ])();
    const before = window.heard.length;
    for (let i = 0; i < 100_000; i++) {
      // Each lacks something: the mark, an id, a call's name, arguments that are a list.
      const message = pick<() => unknown>([
        any,
        () => ({ "distill-lab": pick([0, 2, "1", null]), id: 1, call: "run" }),
        () => ({ "distill-lab": 1, id: pick([null, {}, Number.NaN, "y".repeat(65)]), call: "run", args: [] }),
        () => ({ "distill-lab": 1, id: 1, call: pick([1, null, "z".repeat(65)]), args: [] }),
        () => ({ "distill-lab": 1, id: 1, call: "configure", args: pick<unknown>([{}, "a", new Array(9).fill(0)]) }),
        () => ({ "distill-lab": 1, id: 1, call: "configure", args: [any(), new Date()] }),
      ])();
      window.lab.contentWindow?.postMessage(message, "*");
      if (i % 1000 === 0) await new Promise((next) => setTimeout(next));
    }
    const run = await window.ask("run");
    const answers = window.heard.slice(before).filter((m) => typeof m === "object" && m !== null && "ok" in m);
    return { digest: run.value?.digest, answers: answers.length };
  });
  expect(answers.digest).toHaveLength(16);
  expect(answers.answers).toBe(1);
});

test("ten thousand calls a second stop neither the training nor the page", async ({ page }) => {
  test.setTimeout(120_000);
  // Long enough to be in the middle of the flood.
  await page.evaluate(() => window.ask("configure", { student: { steps: 20_000 } }));
  const calm = await page.evaluate(async () => (await window.ask("run")).value?.digest);
  await page.evaluate(() => window.ask("reset"));
  const flooded = await page.evaluate(async () => {
    let sent = 0;
    const timer = setInterval(() => {
      for (let i = 0; i < 100; i++) {
        window.lab.contentWindow?.postMessage({ "distill-lab": 1, id: sent++, call: "config", args: [] }, "*");
      }
    }, 10);
    const done = new Promise<string>((resolve) => {
      window.addEventListener("message", ({ data }: MessageEvent<{ event?: string; detail?: { digest: string } }>) => {
        if (data.event === "result" && data.detail) resolve(data.detail.digest);
      });
    });
    // Calls of its own are answered "busy" meanwhile; a person's click is not a call.
    const frame = window.lab.contentDocument as Document;
    (frame.querySelector('[data-do="run"]') as HTMLElement).click();
    const digest = await done;
    clearInterval(timer);
    const busy = window.heard.filter((m) => (m as { error?: { code: string } } | null)?.error?.code === "busy").length;
    return { digest, sent, busy };
  });
  expect(flooded.digest).toBe(calm);
  expect(flooded.sent).toBeGreaterThan(1000);
  // The page still answers, to a person and to its host.
  await page.frameLocator("iframe").locator('[data-do="reset"]').click();
  await expect.poll(() => page.evaluate(async () => (await window.ask("config")).ok)).toBe(true);
});

test("who is not the parent gets no answer", async ({ page }) => {
  const answered = await page.evaluate(async () => {
    const other = document.createElement("iframe");
    document.body.append(other);
    const stranger = other.contentWindow as Window & { eval(code: string): void };
    let heard = 0;
    stranger.addEventListener("message", () => heard++);
    const script = other.contentDocument?.createElement("script") as HTMLScriptElement;
    script.textContent = `parent.lab.contentWindow.postMessage({ "distill-lab": 1, id: "stranger", call: "config", args: [] }, "*")`;
    other.contentDocument?.body.append(script);
    await window.ask("config");
    return heard + window.heard.filter((m) => (m as { id?: string } | null)?.id === "stranger").length;
  });
  expect(answered).toBe(0);
});
