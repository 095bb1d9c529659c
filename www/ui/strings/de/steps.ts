/** Single steps, taken apart. */
import type { steps as english } from "../en/steps";
import type { Translated } from "../translated";

export const steps: Translated<typeof english> = {
  steps_panel: "Was dieser Schritt tat",
  steps_open: "Einzelne Schritte zeigen",
  steps_close: "Einzelne Schritte verbergen",
  steps_why:
    "Der letzte Trainingsschritt zerlegt: seine Beispiele, sein Verlust, was sich in welcher Schicht bewegte, und die Gewichte.",
  step_none: "Noch ist nichts trainiert: bitte einen Schritt tun.",
  step_moves: "Trainingsschritte",
  to_epoch: "Bis zum Ende der Epoche",
  batch: "Stapel",
  of_training: "aus der Trainingsmenge",
  of_transfer: "aus der Transfermenge",
  with_label: "mit Klasse",
  first_member: "der erste von mehreren",
  step_loss: "Verlust des Stapels",
  step_unused: "nicht bei diesem Modell",
  step_mean: "Das Mittel über den Stapel, vor dem Schritt.",
  by_layer: "Nach Schicht: Gradient, Änderung, Parameter",
  biases: "Bias",
  step_gradient: "Gradient",
  step_update: "Änderung",
  step_parameters: "Parameter",
  step_ratio: "Änderung / Gewichte",
  unit: "Einheit",
  all_units: "Eingehende Gewichte jeder Einheit",
  weight: "Gewicht",
  input: "Eingang",
  pick_arrows: "Pfeiltasten wählen eine Einheit.",
  read_arrows: "Pfeiltasten lesen genaue Werte.",
  weight_hint:
    "Auf das Bild einer Einheit zeigen, oder es ansteuern und eine Pfeiltaste drücken, um genaue Gewichte zu lesen.",
  histogram_note: "Anzahl, logarithmisch",
};
