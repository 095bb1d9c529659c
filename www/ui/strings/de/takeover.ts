/** What the student took over from the teacher. */
import type { takeover as english } from "../en/takeover";
import type { Translated } from "../translated";

export const takeover: Translated<typeof english> = {
  takeover: "Was der Schüler übernahm",
  takeover_open: "Antworten vergleichen",
  takeover_close: "Antworten verbergen",
  takeover_why: "Wo Schüler und Lehrer sich einig sind, wo sie irren und wie sicher sie sich sind.",
  confusion: "Verwechslungen",
  true_class: "wahre Klasse",
  predicted: "vorhergesagt",
  per_class: "Genauigkeit je Klasse",
  calibration: "Kalibrierung",
  calibration_note:
    "Balken: wie oft Antworten dieser Sicherheit stimmen. Auf der Diagonale ist ein Modell so sicher, wie es sein darf; ECE ist der mittlere Abstand davon.",
  confidence: "Sicherheit",
  right: "richtig",
  likeness: "Was der Lehrer für ähnlich hält",
  likeness_note:
    "Mittlere weiche Ausgabe über alle Testbeispiele einer Klasse: das dunkle Wissen, bei hohem T mehr davon.",
  disagreements: "Wo sie sich uneinig sind",
  differ_teacher: "destilliert und Lehrer verschieden",
  gained: "nur destilliert richtig",
  lost: "nur allein richtig",
  none_such: "Keine.",
  show_more: "Mehr zeigen",
  explore: "Weiche Ziele von",
};
