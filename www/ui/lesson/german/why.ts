import type { ChapterWords } from "../model";

export const why: ChapterWords = {
  title: "Warum ein kleineres Modell",
  predict: {
    ask: "Ein kleines Netz sieht nur 50 Ziffern mit Klasse. Wie viele von 100 neuen Ziffern liest es richtig?",
    options: ["etwa 50", "etwa 65", "etwa 80", "etwa 95"],
  },
  run: { label: "Lehrer und Schüler trainieren" },
  text: [
    "Ein großes Netz lässt sich leicht gut trainieren, aber es zu benutzen ist teuer: Jede Antwort braucht alle seine Gewichte, auf einem Telefon ebenso wie auf einem Server. Ein kleines antwortet mit einem Zehntel der Arbeit und lernt aus denselben Beispielen weniger. Die Spalten „Parameter“ und „Multiplikationen“ im Feld „Ergebnis“ zeigen es: Hier hat der Lehrer davon mehr als zehnmal so viele wie der Schüler.",
    "Destillation trainiert das kleine Netz, den Schüler, auf das, was das große, der Lehrer, über jedes Bild sagt, statt auf die bloße Klasse. Der Lehrer hat 1000 Bilder gelesen und erkennt {claim:fifty-digits/teacher} der Testziffern richtig. Der Schüler allein sieht 50 davon und erkennt {claim:fifty-digits/alone} richtig. Derselbe Schüler mit denselben 50 Bildern und denselben Anfangsgewichten, aber mit den {term:soft targets|weichen Zielen} (englisch „soft targets“) des Lehrers, gewinnt {claim:fifty-digits/gain at T = 20}{says:fifty-gain-t20}.",
    "Ist das Zauberei? Nein: Der Lehrer hat mehr Daten gesehen und gibt einen Teil dessen weiter, was er dort gelernt hat. Darf dieser Schüler alle Bilder mit ihren Klassen selbst sehen, ist nichts mehr zu gewinnen; auch das zeigt eine Vorlage (Gewinn bei T = 4 nach 900 Schritten: {claim:all-labels/gain at T = 4}{says:all-labels-loses}).",
  ],
  check: {
    ask: "Was hat der destillierte Schüler, das der Schüler allein nicht hat?",
    options: ["mehr Gewichte", "mehr Bilder", "die Wahrscheinlichkeiten des Lehrers für dieselben Bilder"],
    why: "Beide haben dieselben 50 Bilder, gleich viele Gewichte und sogar dieselben Anfangsgewichte. Nur die Ziele unterscheiden sich.",
  },
};
