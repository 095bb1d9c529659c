/** The regions of data in the plane, and points that a reader sets. */
import type { worlds as english } from "../en/worlds";
import type { Translated } from "../translated";

export const worlds: Translated<typeof english> = {
  boundaries: "Grenzen",
  boundaries_of: "Gebiete von",
  takes_two: "Hier werden Daten mit zwei Merkmalen gezeichnet; diese Beispiele haben eine andere Zahl davon.",
  takes_two_choose: "Bitte einen solchen Datensatz wählen:",
  world: "Datensatz",
  make_own: "Diese Punkte bearbeiten",
  tools: "Was Klick, Tippen oder Enter tut",
  tool_read: "Lesen",
  tool_add_a: "A setzen",
  tool_add_b: "B setzen",
  tool_move: "Verschieben",
  tool_flip: "Klasse wechseln",
  tool_erase: "Löschen",
  field_help:
    "Pfeiltasten bewegen das Fadenkreuz, mit Umschalt in kleinen Schritten. Enter wendet das gewählte Werkzeug an; Escape lässt los.",
  own_note: "Jeder vierte Punkt dient dem Test (hohl). Jede Änderung trainiert neu.",
  likely_b: "sicher A, unentschieden, sicher B",
  seen_by_students: "Schüler sehen ihn",
  label_withheld: "Klasse verdeckt",
  held_out: "zurückgehalten",
  at_cursor: "bei",
  agree_grid: "Gebiete wie der Lehrer",
  agree_tests: "Tests wie der Lehrer",
  not_begun: "nicht begonnen",
  read_hint:
    "Auf ein Bild zeigen, oder es ansteuern und eine Pfeiltaste drücken, um genaue Wahrscheinlichkeiten zu lesen.",
};
