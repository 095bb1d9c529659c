/** Curves, scoreboard and measured speed. */
import type { results as english } from "../en/results";
import type { Translated } from "../translated";

export const results: Translated<typeof english> = {
  curves: "Kurven",
  log: "log. Achse",
  compare: "Ergebnis",
  one_run: "Ein Lauf, Seed",
  one_run_why: "Ein anderer Seed gibt andere Zahlen.",
  repeat: "12-mal wiederholen",
  agree: "einig %",
  parameters: "Parameter",
  macs: "Multi\u00adplika\u00adtionen",
  speed: "Tempo auf diesem Rechner",
  us_sample: "µs je Beispiel",
  one_by_one: "einzeln",
  by_batches: "in Stapeln zu",
  teacher_by_student: "Lehrer / Schüler",
  speed_would_be: "Nach den Multiplikationen wäre der Schüler ",
  speed_measured: "\u2011mal so schnell wie der Lehrer. Gemessen: einzeln ",
  speed_single: "\u2011mal, in Stapeln ",
  speed_batches: "\u2011mal.",
  speed_less:
    "Einzeln weniger als versprochen: Jeder Aufruf einer Schicht hat Kosten, die mit der Schicht nicht schrumpfen, und Zeilen werden auf die Vektoren des Prozessors aufgefüllt; ein kleines Netz zahlt für beides verhältnismäßig mehr. Ein Stapel teilt die Kosten eines Aufrufs unter seinen Beispielen auf.",
  speed_as:
    "Einzeln etwa wie versprochen: Was ein Aufruf neben dem Rechnen kostet, fällt in beiden Netzen gleich ins Gewicht.",
  speed_more:
    "Einzeln mehr als versprochen: Die Multiplikationen sagen nichts über den Speicher, und die vielen Gewichte des Lehrers kommen vielleicht aus einem langsameren Cache als die des Schülers.",
};
