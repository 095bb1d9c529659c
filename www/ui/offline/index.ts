/**
 * The site without a server: registers the service worker and offers a new version when one is ready. Loaded only on a page of
 * its own; where service workers are missing or forbidden (a file, a sandbox, a private window) nothing happens.
 */
import { mount } from "svelte";
import { Workbox } from "workbox-window";
import type { LabState } from "../state/lab.svelte";
import type { Spoken } from "../spoken.svelte";
import { Offer } from "./offer.svelte";
import UpdateNotice from "./UpdateNotice.svelte";

/** A page that stays open asks for a new version at most this often, when someone comes back to it. */
const ASK_EVERY_MS = 60 * 60 * 1000;

export async function keepOffline(lab: LabState, spoken: Spoken): Promise<void> {
  const worker = new Workbox(new URL("sw.js", document.baseURI).href);
  const ports = { takeOver: () => worker.messageSkipWaiting(), reload: () => window.location.reload() };
  const offer = new Offer(ports, navigator.serviceWorker.controller !== null);
  worker.addEventListener("waiting", () => offer.ready());
  // Also where another tab has accepted the version: this one goes on with its own until its reader reloads it. The browser's own
  // event, since Workbox listens only after it has registered, and takes what an earlier visit registered for another's.
  navigator.serviceWorker.addEventListener("controllerchange", () => offer.took());
  const registration = await worker.register();
  if (registration === undefined) return;
  mount(UpdateNotice, { target: document.body, props: { lab, spoken, offer } });
  let asked = performance.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || performance.now() - asked < ASK_EVERY_MS) return;
    asked = performance.now();
    void worker.update().catch(() => undefined);
  });
}
