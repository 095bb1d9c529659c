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

test("a hundred thousand random messages that are no calls get no answer and change nothing", async ({ page }) => {
  const found = await page.evaluate(async () => {
    // Random, and the same at every run: what is found once is found again.
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;
    const any = (): unknown =>
      pick<() => unknown>([
        () => random(),
        () => "x".repeat(Math.floor(random() * 200)),
        () => null,
        () => [1, [2, [3]]],
        () => ({ call: "run" }),
        () => new Map([[1, 2]]),
        () => new Uint8Array(8),
        () => JSON.stringify({ "distill-lab": 1, id: 1, call: "run" }),
      ])();
    const harm = { seed: 77, student: { steps: 3 } };
    const run = window.ask("run");
    await run;
    const panel = window.lab.contentDocument as Document;
    const looks = () => panel.body.innerText;
    const [config, shown] = [(await window.ask("config")).value, looks()];
    window.heard.length = 0;
    for (let i = 0; i < 100_000; i++) {
      // Each lacks something: the mark, an id, a call's name, arguments that are a list of plain data. Were it taken, it would run,
      // reset or configure.
      const message = pick<() => unknown>([
        any,
        () => ({ "distill-lab": pick([0, 2, "1", null, true, 1.5]), id: 1, call: "configure", args: [harm] }),
        () => ({ "distill-lab": 1, id: pick([null, {}, Number.NaN, "y".repeat(65)]), call: "reset", args: [] }),
        () => ({ "distill-lab": 1, id: 1, call: pick([1, null, ["run"], "z".repeat(65)]), args: [] }),
        () => ({
          "distill-lab": 1,
          id: 1,
          call: "configure",
          args: pick<unknown>([harm, "a", new Array(9).fill(harm)]),
        }),
        () => ({ "distill-lab": 1, id: 1, call: "configure", args: [harm, pick([new Date(), new Map(), new Set()])] }),
        () => ({ "distill-lab": 1, call: "reset", args: [any()] }),
      ])();
      window.lab.contentWindow?.postMessage(message, "*");
      if (i % 1000 === 0) await new Promise((next) => setTimeout(next));
    }
    const after = (await window.ask("config")).value;
    // Messages keep their order: had any of them been answered or told, it would be here, before the answer to `config`.
    // Its height the panel tells whenever that changes.
    const heard = window.heard.filter((m) => !JSON.stringify(m).includes("height")).slice(0, 3);
    return { config, after, shown, looks: looks(), heard, ended: (await run).value?.digest };
  });
  expect(found.ended).toHaveLength(16);
  expect(found.heard).toEqual([{ "distill-lab": 1, id: expect.any(String), ok: true, value: found.config }]);
  expect(found.after).toEqual(found.config);
  expect(found.looks).toBe(found.shown);
  // And it works on.
  expect(await page.evaluate(async () => (await window.ask("run")).value?.digest)).toBe(found.ended);
});

test("ten thousand messages a second stop neither the training nor the page", async ({ page }) => {
  // Long enough to be in the middle of the flood.
  const long = { teacher: { steps: 100_000 }, student: { steps: 100_000 } };
  expect(await page.evaluate((long) => window.ask("configure", long), long)).toMatchObject({ ok: true });
  const calm = await page.evaluate(async () => (await window.ask("run")).value?.digest);
  await page.evaluate(() => window.ask("reset"));
  const flood = await page.evaluateHandle(() => {
    const mixed = [
      (id: number) => ({ "distill-lab": 1, id, call: "config", args: [] }),
      (id: number) => ({ "distill-lab": 1, id, call: "predict", args: [new Array(10).fill(0.5)] }),
      (id: number) => ({ "distill-lab": 1, id, call: "configure", args: [{ seed: -1 }] }),
      (id: number) => ({ "distill-lab": 1, id, call: "presets", args: ["x".repeat(1000)] }),
      () => ({ "distill-lab": 2, text: "no call" }),
      () => "no call either",
    ];
    const flood = { sent: 0, ms: 0, results: [] as string[], progress: 0, behind: false, answers: { ok: 0, busy: 0 } };
    window.heard.length = 0;
    window.addEventListener("message", ({ data }: MessageEvent) => {
      if (data?.event === "result") flood.results.push(data.detail.digest);
      if (data?.event === "progress") flood.progress += 1;
      if (data?.ok === true) flood.answers.ok += 1;
      if (data?.error?.code === "busy") flood.answers.busy += 1;
    });
    // A channel's messages come as fast as tasks do; a timer would not keep the rate. Whatever is due by the clock is sent, but so much
    // at once that others have their turn: on a machine that is too busy for the rate it is as much as this thread can bear.
    const MOST_AT_ONCE = 300;
    const { port1, port2 } = new MessageChannel();
    const from = performance.now();
    port1.onmessage = () => {
      flood.ms = performance.now() - from;
      const due = Math.min(10 * flood.ms + 1, flood.sent + MOST_AT_ONCE);
      flood.behind = flood.sent + MOST_AT_ONCE < 10 * flood.ms;
      for (; flood.sent < due; flood.sent++) {
        window.lab.contentWindow?.postMessage(mixed[flood.sent % mixed.length]?.(flood.sent), "*");
      }
      if (flood.results.length < 1) port2.postMessage(0);
    };
    port2.postMessage(0);
    return flood;
  });
  const panel = page.frameLocator("iframe");
  const [button, status] = [panel.locator('[data-do="run"]'), panel.locator(".status")];
  // A person starts it, halts it and lets it go on, all in the flood: a person's click is no call and is never too many.
  await button.click();
  await expect(status).toHaveText(/^step [1-9]/);
  await button.click();
  await expect(button).toHaveText("Resume");
  await button.click();
  await expect(status).toHaveText(/^Done/, { timeout: 150_000 });
  // The worker trained for most of its time, and its words came through.
  expect(Number(/(\d+) %/.exec((await status.textContent()) ?? "")?.[1])).toBeGreaterThan(50);
  await expect.poll(() => flood.evaluate(({ results }) => results)).toEqual([calm]);
  const { sent, ms, progress, behind, answers } = await flood.jsonValue();
  expect(sent).toBeGreaterThan(10_000);
  if (!behind) expect(sent / ms, "messages a millisecond").toBeGreaterThan(9.5);
  expect(progress).toBeGreaterThan(4);
  // All that are calls are answered, most of them by "busy".
  expect(answers.ok).toBeGreaterThan(0);
  expect(answers.busy).toBeGreaterThan(sent / 3);
  // The page still answers its host.
  await expect.poll(() => page.evaluate(async () => (await window.ask("config")).ok)).toBe(true);
});

test("a call too many costs little more than a frame that answers whatever it gets", async ({ page }) => {
  const ratio = await page.evaluate(async () => {
    const plain = document.createElement("iframe");
    plain.srcdoc = `<script>onmessage = ({ data, source }) => source.postMessage({ "distill-lab": 1, id: data.id }, "*")</script>`;
    document.body.append(plain);
    await new Promise((loaded) => plain.addEventListener("load", loaded));
    const took = async (frame: HTMLIFrameElement): Promise<number> => {
      const from = performance.now();
      const last = new Promise((done) =>
        window.addEventListener("message", ({ data }: MessageEvent) => data?.id === 10_000 && done(0)),
      );
      for (let id = 1; id <= 10_000; id++)
        frame.contentWindow?.postMessage({ "distill-lab": 1, id, call: "config", args: [] }, "*");
      await last;
      return performance.now() - from;
    };
    // Other work on the machine makes either dearer and neither cheaper: the cheapest of many rounds is its own cost.
    const times = { lab: Infinity, plain: Infinity };
    for (let round = 0; round < 3 || (round < 15 && times.lab >= 4 * times.plain); round++) {
      times.lab = Math.min(times.lab, await took(window.lab));
      times.plain = Math.min(times.plain, await took(plain));
    }
    return times.lab / times.plain;
  });
  expect(ratio).toBeLessThan(4);
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
