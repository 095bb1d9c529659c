/** The page: the lab's state drawn, its API for this page and for one that embeds it. */
import { mount } from "svelte";
import { installApi } from "./api";
import App from "./ui/App.svelte";
import { spoken } from "./ui/spoken.svelte";
import { lab } from "./ui/state";
import { connectHost } from "./ui/state/host";
import "./ui/theme.css";
import "./ui/high_contrast.css";
import "./ui/print.css";

const app = document.getElementById("app");
if (app === null) throw new Error("index.html lacks #app");
app.textContent = "";
connectHost(installApi(lab), app);
// Not before it has its words: in another language first, everything would be read twice and lie elsewhere. (An await here would
// cut the first script into two dozen.)
void spoken.speak(lab.view.lang).then(() => mount(App, { target: app, props: { lab } }));

// Installed for use without a server: only the site, only as a page of its own, and after everything else.
if (import.meta.env.VITE_SITE && window.parent === window && "serviceWorker" in navigator) {
  const install = async (): Promise<void> => (await import("./ui/offline")).keepOffline(lab, spoken);
  const idle = window.requestIdleCallback ?? ((task: () => void) => setTimeout(task, 200));
  lab.ready.then(() => idle(() => void install().catch(() => undefined))).catch(() => undefined);
}
