/** Two settings against each other. */
import type { versus as english } from "../en/versus";
import type { Translated } from "../translated";

export const versus: Translated<typeof english> = {
  versus: "A gegen B",
  versus_open: "Zwei Einstellungen vergleichen",
  versus_close: "Vergleich verbergen",
  versus_why: "Zwei Einstellungen mit denselben Seeds: wie weit sie auseinanderliegen und ob die Seeds das hergeben.",
  versus_present: "die jetzigen Einstellungen",
  versus_pinned: "festgehalten",
  versus_pin: "A festhalten",
  versus_hard: "die harten Klassen des Lehrers",
  versus_smoothing: "geglättete Klassen",
  versus_transfer: "ein Lehrer, der nur die Transferbilder sah",
  versus_longer: "der Schüler allein, mit ebenso vielen Schritten mehr",
  versus_other: "eine andere Einstellung …",
  versus_several: "mehrere Einstellungen",
  versus_run: "Vergleichen",
  versus_differ: "Was sich unterscheidet",
  versus_same: "A und B sind gleich.",
  versus_by: "A − B, Punkte",
  versus_a_better: "A ist besser um",
  versus_b_better: "B ist besser um",
  versus_one_seed: "Ein Seed erlaubt kein Urteil: bitte mehr nehmen.",
  versus_tests:
    "Ihre Daten unterscheiden sich, jede Seite wird also an eigenen Beispielen getestet; Paare nach Seed bilden sie trotzdem.",
  versus_soon: "Welche Seite besser ist und ob die Seeds das hergeben, steht dann hier.",
};
