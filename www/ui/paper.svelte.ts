/** Whether the page is being put on paper: then it has the light colours, whatever it has on the screen, and says its address. */
import { flushSync } from "svelte";

export class Paper {
  wanted = $state(false);

  constructor() {
    const media = matchMedia("print");
    // At once: the browser takes its picture when the listeners are through.
    const want = (wanted: boolean) => flushSync(() => (this.wanted = wanted));
    media.addEventListener("change", () => want(media.matches));
    addEventListener("beforeprint", () => want(true));
    addEventListener("afterprint", () => want(false));
  }
}
