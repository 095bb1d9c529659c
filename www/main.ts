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
