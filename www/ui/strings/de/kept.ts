/** Kept runs, beside each other. */
import type { kept as english } from "../en/kept";
import type { Translated } from "../translated";

export const kept: Translated<typeof english> = {
  kept: "Läufe vergleichen",
  kept_open: "Behaltene Läufe zeigen",
  kept_close: "Behaltene Läufe verbergen",
  kept_why:
    "Einen fertigen Lauf behalten, etwas ändern, noch einmal starten und beide sehen. Behaltene Läufe bleiben in diesem Browser.",
  kept_none: "In diesem Browser ist kein Lauf behalten.",
  kept_full: "Mehr Läufe lassen sich nicht behalten; bitte einen löschen. Höchstens",
  keep: "Diesen Lauf behalten",
  rename: "Name des Laufs",
  remove: "Löschen",
  save_all: "Alle speichern (JSON)",
  settings_same: "alle gleich",
};
