/**
 * The lab for the page that embeds it: calls come in envelopes from the parent window alone and are answered to it;
 * events and the page's height go out.
 */
import type { DistillLab } from "../../api";
import { type Call, type Envelope, isCall, readEnvelope } from "../../shared/envelope";
import { toDistillError } from "../../shared/errors";
import { LAB_EVENTS } from "./events";

/** Calls at work at once, and calls a second, beyond which the answer is "busy": a flood must not stop a training. */
const MOST_OPEN = 32;
const MOST_A_SECOND = 100;
/** Progress goes out at most this often; points in between are lost to the host, which has them in the result. */
const PROGRESS_EVERY_MS = 100;

/** Connects `api` with the parent window; returns what takes it off again. */
export function connectHost(api: DistillLab, content: Element): () => void {
  let open = 0;
  let second = 0;
  let inSecond = 0;

  const answer = async (envelope: Envelope, reply: (body: object) => void): Promise<void> => {
    const refuse = (code: string, message: string): void => reply({ ok: false, error: { code, path: "", message } });
    const { call, args } = envelope;
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) {
      second = now;
      inSecond = 0;
    }
    inSecond += 1;
    if (inSecond > MOST_A_SECOND || open >= MOST_OPEN) return refuse("busy", "Too many calls at once; try again.");
    if (!isCall(call)) return refuse("unknown_call", `call: got ${JSON.stringify(call)}; see the page API.`);
    open += 1;
    try {
      const value = await perform(api, call, args);
      reply({ ok: true, value });
    } catch (thrown) {
      reply({ ok: false, error: toDistillError(thrown) });
    } finally {
      open -= 1;
    }
  };

  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.source !== window.parent) return;
    const envelope = readEnvelope(event.data);
    if (envelope === null) return;
    // An opaque origin (a sandbox, a file) cannot be named.
    const origin = event.origin === "null" || event.origin === "" ? "*" : event.origin;
    void answer(envelope, (body) => {
      window.parent.postMessage({ "distill-lab": 1, id: envelope.id, ...body }, origin);
    });
  };
  window.addEventListener("message", onMessage);
  const off = [() => window.removeEventListener("message", onMessage)];
  // Nothing private is in events, and the parent's origin is not ours to know.
  if (window.parent !== window) off.push(...tellEvents(api), tellHeight(content));
  return () => {
    for (const one of off) one();
  };
}

async function perform(api: DistillLab, call: Call, args: unknown[]): Promise<unknown> {
  // A host that asks early means the lab that its address gives, not the one before that was read.
  await api.ready;
  if (call === "ready") return undefined;
  if (call === "version") return api.version;
  // The engine checks what it is given; the types hold for callers who are compiled with us.
  const method = api[call] as (...given: unknown[]) => unknown;
  return method(...args);
}

function tellEvents(api: DistillLab): (() => void)[] {
  let last = Number.NEGATIVE_INFINITY;
  return LAB_EVENTS.map((event) =>
    api.on(event, (detail) => {
      const now = performance.now();
      if (event === "progress") {
        const anew = "anew" in detail;
        if (now - last < PROGRESS_EVERY_MS && !anew) return;
        last = now;
      }
      window.parent.postMessage({ "distill-lab": 1, event, detail }, "*");
    }),
  );
}

/** In the lab's own words, and as the text that learning platforms understand. */
function tellHeight(content: Element): () => void {
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (Math.abs(height - told) <= 1) return;
    told = height;
    window.parent.postMessage({ "distill-lab": 1, event: "height", detail: height }, "*");
    window.parent.postMessage(JSON.stringify({ subject: "lti.frameResize", height }), "*");
  });
  observer.observe(content);
  return () => observer.disconnect();
}
