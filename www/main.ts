/** The page: the lab's state drawn, its API for this page and for one that embeds it. */
import { mount } from "svelte";
import { installApi } from "./api";
import App from "./ui/App.svelte";
import { lab } from "./ui/state";
import { connectHost } from "./ui/state/host";
import "./ui/theme.css";

const app = document.getElementById("app");
if (app === null) throw new Error("index.html lacks #app");
app.textContent = "";
mount(App, { target: app, props: { lab } });
connectHost(installApi(lab), app);

// Installed for use without a server: only the site, only as a page of its own, and after everything else.
if (import.meta.env.VITE_SITE && window.parent === window && "serviceWorker" in navigator) {
  const install = async (): Promise<void> => (await import("./ui/offline")).keepOffline(lab);
  const idle = window.requestIdleCallback ?? ((task: () => void) => setTimeout(task, 200));
  lab.ready.then(() => idle(() => void install().catch(() => undefined))).catch(() => undefined);
}
