// The learning platform's side of the package: finds its SCORM 1.2 interface, and tells it that the learner has been here and
// that the work is done. Nothing else is told: no score, no answers, no times, no name.
"use strict";
(() => {
  const DONE = document.documentElement.dataset.done;
  const frame = document.querySelector("iframe");
  const MOST_WINDOWS = 10;

  /** The platform's object is named API, in a window above this one or above the one that opened it. */
  function find(start) {
    let here = start;
    for (let up = 0; here && up < MOST_WINDOWS; up++) {
      try {
        if (here.API) return here.API;
      } catch {
        return null; // Another site's window: no platform of ours.
      }
      if (here.parent === here) return null;
      here = here.parent;
    }
    return null;
  }
  const api = find(window) ?? (window.opener ? find(window.opener) : null);
  const status = "cmi.core.lesson_status";
  let open = api !== null && String(api.LMSInitialize("")) === "true";
  const at = () => (open ? api.LMSGetValue(status) : "");
  const isDone = (value) => value === "completed" || value === "passed";
  const tell = (value) => {
    if (!open || isDone(at())) return;
    api.LMSSetValue(status, value);
    api.LMSCommit("");
  };
  tell("incomplete");

  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || data?.["distill-lab"] !== 1) return;
    if (data.event === DONE) tell("completed");
    else if (data.event === "height" && Number.isFinite(data.detail)) frame.style.height = `${data.detail}px`;
  });

  addEventListener("pagehide", () => {
    if (!open) return;
    open = false;
    api.LMSFinish("");
  });
})();
