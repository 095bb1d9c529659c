/** The gallery: `?panel=NAME` shows one panel with fixed data, `&theme=dark` in the dark; without, the list of them. */
import { mount } from "svelte";
import "../ui/theme.css";
import { fontsLoaded } from "./fonts";
import Gallery from "./Gallery.svelte";
import { PANELS } from "./panels";

const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
const target = document.getElementById("gallery");
if (target === null) throw new Error("index.html lacks #gallery");
await fontsLoaded();
mount(Gallery, { target, props: { panel: PANELS.find(({ name }) => name === query.get("panel")) ?? null } });
