/** Kept runs, beside each other. */
export const kept = {
  kept: "Compare runs",
  kept_open: "Show kept runs",
  kept_close: "Hide kept runs",
  kept_why: "Keep a finished run, change something, run again, and see both. Kept runs stay in this browser.",
  kept_none: "No run is kept in this browser.",
  kept_full: "No more runs can be kept; delete one first. The most is",
  keep: "Keep this run",
  rename: "Name of run",
  remove: "Delete",
  save_all: "Save all (JSON)",
  settings_same: "all the same",
};
