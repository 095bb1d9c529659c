/**
 * When the lab runs without being asked: on a page of its own as soon as it is seen, embedded only where the address
 * asks for it. An embedded run pauses while out of sight; on a page of its own it goes on, since someone who looks
 * at another tab meanwhile wants to find it done. An embedded panel has a worker only while it is seen or has been asked for something,
 * and it is not woken by being scrolled past: twenty of them on a page cost no more than those that are looked at.
 */
import type { LabState } from "./lab.svelte";

/** An embedded panel out of sight gives its worker away after this time: someone who scrolls past it comes back sooner. */
const SLEEP_AFTER_MS = 2_000;
/** What is in sight is looked at when it has not moved for this long. */
const STILL_AFTER_MS = 200;
/** Moves are noticed by the part that is in sight. */
const PARTS = Array.from({ length: 21 }, (_, i) => i / 20);

export function startByItself(lab: LabState, embedded: boolean): void {
  let onScreen = !embedded;
  let still = !embedded;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Again and again, since a host may wake the lab where nobody sees it. */
  const tire = (): void => {
    timer = setTimeout(() => {
      lab.sleep();
      tire();
    }, SLEEP_AFTER_MS);
  };
  let wanted = false;
  let pausedHere = false;
  const look = (): void => {
    const visible = document.visibilityState === "visible" && onScreen;
    if (embedded) {
      clearTimeout(timer);
      if (!visible) tire();
      else if (still) lab.wake();
    }
    if (visible && still && wanted) {
      wanted = false;
      void lab.start().catch(() => {});
    } else if (!visible && embedded && lab.run.state === "running") {
      pausedHere = true;
      lab.pause();
    } else if (visible && still && pausedHere) {
      pausedHere = false;
      lab.resume();
    }
  };
  document.addEventListener("visibilitychange", look);
  if (embedded) {
    let standing: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        onScreen = entries.at(-1)?.isIntersecting ?? true;
        clearTimeout(standing);
        still = false;
        if (onScreen) {
          standing = setTimeout(() => {
            still = true;
            look();
          }, STILL_AFTER_MS);
        }
        look();
      },
      { threshold: PARTS },
    );
    observer.observe(document.documentElement);
  }
  lab.ready
    .then(() => drawn(lab))
    .then(
      () => {
        wanted = (lab.view.autorun ?? !embedded) && lab.run.state === "idle";
        look();
      },
      // The lab shows why it could not start.
      () => {},
    );
}

/**
 * When the panels of the run that waits are on the screen. Training and the compiler behind it leave a small machine no core to
 * draw them with: begun before, the first picture and the first answer to a click would come late, and the first point no sooner.
 */
async function drawn(lab: LabState): Promise<void> {
  if (lab.run.data === null) {
    await new Promise<void>((done) => {
      const off = lab.on("status", () => {
        if (lab.run.data === null) return;
        off();
        done();
      });
    });
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}
