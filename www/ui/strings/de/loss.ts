/** The student's loss on one image. */
import type { loss as english } from "../en/loss";
import type { Translated } from "../translated";

export const loss: Translated<typeof english> = {
  entropy: "Entropie",
  nats: "nats",
  loss: "Der Verlust des Schülers bei einem Bild",
  term: "Term",
  gradient: "Größe seines Gra\u00addi\u00aden\u00adten",
  without: "ohne T²",
  loss_temperature: "Temperatur des Verlusts",
  by_logit: "Nach Klasse: weiche Ausgaben und der Gradient nach dem Logit des Schülers",
  teacher_p: "p des Lehrers",
  student_q: "q des Schülers",
  whole_sum: "Summe",
  nats_are: "Verlust und KL sind in nats, mit ln statt log2: 0,693 nats sind 1 Bit.",
  agrees_on: "Auf der Testmenge ist sich der destillierte Schüler mit dem Lehrer einig bei",
  ece_is: "% der Beispiele; sein ECE ist",
  relates: "Der letzte Term vergleicht Beispiele miteinander und braucht einen Stapel; hier ist es der von",
  relates_samples: "Beispielen ab diesem.",
  own_gradient:
    "Die Größe seines Gradienten ist die nach den Aktivierungen der verdeckten Schicht; nach den Logits hat er keinen.",
  soft_term: "weich",
  hard_term: "hart",
  own_term: "der Methode eigen",
  formula: "Verlust = α · T² · KL(Lehrer ‖ Schüler) + (1 − α) · CE(Klasse)",
};
