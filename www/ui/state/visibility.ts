/**
 * When the lab runs without being asked: on a page of its own as soon as it is seen, embedded only where the address
 * asks for it. An embedded run pauses while out of sight; on a page of its own it goes on, since someone who looks
 * at another tab meanwhile wants to find it done.
 */
import type { LabState } from "./lab.svelte";

export function startByItself(lab: LabState, embedded: boolean): void {
  let onScreen = true;
  let wanted = false;
  let pausedHere = false;
  const look = (): void => {
    const visible = document.visibilityState === "visible" && onScreen;
    if (visible && wanted) {
      wanted = false;
      void lab.start().catch(() => {});
    } else if (!visible && embedded && lab.run.state === "running") {
      pausedHere = true;
      lab.pause();
    } else if (visible && pausedHere) {
      pausedHere = false;
      lab.resume();
    }
  };
  document.addEventListener("visibilitychange", look);
  if (embedded) {
    const observer = new IntersectionObserver((entries) => {
      onScreen = entries.at(-1)?.isIntersecting ?? true;
      look();
    });
    observer.observe(document.documentElement);
  }
  lab.ready.then(
    () => {
      wanted = (lab.view.autorun ?? !embedded) && lab.run.state === "idle";
      look();
    },
    // The lab shows why it could not start.
    () => {},
  );
}
