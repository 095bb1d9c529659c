/** The phases of a run and the buttons that move it. */
import type { transport as english } from "../en/transport";
import type { Translated } from "../translated";

export const transport: Translated<typeof english> = {
  refine: "Verfeinern",
  done: "Fertig",
  in_engine: "davon rechnend",
  run: "Start",
  again: "Noch einmal mit anderem Seed",
  pause: "Pause",
  resume: "Weiter",
  step: "Schritt",
  reset: "Zurücksetzen",
  seed: "Neuer Seed",
  budget: "Budget",
  budget_why: "Das Wievielfache ihrer Schritte die Schüler trainieren",
  budget_steps: "Schritte je Schüler",
  back: "Zurück",
  back_title: "Ein Schritt zurück (Umschalt+S oder Pfeil links)",
  step_title: "Ein Schritt (S oder Pfeil rechts)",
};
