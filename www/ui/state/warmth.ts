/**
 * How long a page holds workers that have nothing to do. A page of its own that is seen starts some when it is idle, so
 * that a sweep begins at once. Out of sight, in a frozen page or one that is left, they end: a page that embeds many panels
 * pays for those that are looked at and were asked for a sweep, and for no others.
 */
import type { LabState } from "./lab.svelte";

export function tendPool(lab: LabState, embedded: boolean): void {
  let onScreen = true;
  const look = (): void => lab.pool.keep(document.visibilityState === "visible" && onScreen);
  document.addEventListener("visibilitychange", look);
  // Both come where memory is wanted back; after either the page may return.
  document.addEventListener("freeze", () => lab.pool.keep(false));
  document.addEventListener("resume", look);
  window.addEventListener("pagehide", () => lab.pool.keep(false));
  window.addEventListener("pageshow", look);
  if (embedded) {
    const observer = new IntersectionObserver((entries) => {
      onScreen = entries.at(-1)?.isIntersecting ?? true;
      look();
    });
    observer.observe(document.documentElement);
    return;
  }
  const showsSweeps = (): boolean => [null, "sweep", "compare", "versus"].includes(lab.view.view);
  const warm = (): void => {
    if (document.visibilityState === "visible" && showsSweeps()) whenIdle(() => lab.pool.warm());
  };
  lab.ready.then(
    () => {
      // The first run has both cores of a small machine to itself.
      if (lab.view.autorun === false) return warm();
      const off = lab.on("result", () => {
        off();
        warm();
      });
    },
    () => {},
  );
}

function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(task);
  else setTimeout(task, 500);
}
