import type { ChapterWords } from "../model";

export const refine: ChapterWords = {
  title: "Verfeinern",
  predict: {
    ask: "Nach der Destillation trainiert der Schüler 500 Schritte weiter, nur mit seinen 50 harten Klassen. Was wird aus seiner Genauigkeit?",
    options: ["sie steigt", "sie bleibt etwa gleich", "sie fällt auf die des Schülers allein zurück"],
  },
  run: { label: "Destillieren, dann 500 Schritte verfeinern" },
  text: [
    "Beim Verfeinern trainiert der destillierte Schüler allein mit {term:hard labels|harten Klassen} weiter. Das ist ein üblicher letzter Schritt, wo Klassenangaben gut und reichlich vorhanden sind. Hier sind es wenige, und der Schüler liest schon vorher fast alle seine 50 Bilder richtig: Über diese bleibt den Klassen wenig zu sagen, über andere gar nichts.",
    "Es kostet Genauigkeit. Über 12 Seeds liest der destillierte Schüler {claim:fifty-digits/distilled, T = 20} der Testziffern; nach 10 Schritten Verfeinern {claim:fifty-digits/refined for 10 steps after T = 20}, nach 500 {claim:fifty-digits/refined for 500 steps after T = 20}{says:refining-fifty-costs}; der Schüler allein liest {claim:fifty-digits/alone}. Harte Klassen verlangen Sicherheit, und während der Schüler bei 50 Bildern sicher wird, gibt er einen Teil dessen auf, was ihn die weichen Ziele gelehrt hatten. (Dass schon so wenige Schritte etwas kosten, mag am frischen Optimierer liegen, dessen erste Schritte groß sind.)",
    "Wo alle 1000 Bilder ihre Klasse haben, hilft es: Bei T = 4 destilliert liest der Schüler {claim:all-labels/distilled at T = 4}, nach 900 Schritten Verfeinern {claim:all-labels/refined for 900 steps after T = 4}{says:refining-all-labels-helps}. Aber er hat 900 Schritte mehr gehabt. Ein Schüler allein mit denselben Schritten mehr und demselben frischen Optimierer liest {claim:all-labels/alone, with the same 900 steps more}; der Unterschied ist, Seed für Seed, {claim:all-labels/refined minus alone with the same steps}{says:refined-minus-alone-all-labels}. Ohne diese Kontrolle hielte man die Schritte für ein Verdienst des Lehrers.",
    "Andere Werte für refine.steps und danach „12-mal wiederholen“ zeigen, wie sich der Gewinn verändert.",
  ],
  check: {
    ask: "Wann ist zu erwarten, dass Verfeinern hilft?",
    options: [
      "immer",
      "wenn es viele Klassenangaben gibt und der Lehrer sich manchmal irrt",
      "wenn der Schüler schon alle seine Bilder richtig liest",
    ],
    why: "Harte Klassen können den Lehrer nur dort berichtigen, wo sie etwas sagen, das der Schüler noch nicht wiedergibt.",
  },
};
