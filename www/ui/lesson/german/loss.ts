import type { ChapterWords } from "../model";

export const loss: ChapterWords = {
  title: "Der Verlust des Schülers: alpha und T²",
  predict: {
    ask: "Alles Gewicht liegt auf den harten Klassen (alpha = 0). Was bleibt vom Gewinn?",
    options: ["alles", "die Hälfte", "nichts"],
  },
  run: { label: "Mit alpha = 0 trainieren" },
  text: [
    "Der destillierte Schüler minimiert zwei Terme zugleich: {math:loss}",
    "Der erste, eine {term:KL divergence|KL-Divergenz} bei der Temperatur T, zieht die weiche Ausgabe des Schülers zu der des Lehrers. Der zweite ist die {term:cross-entropy|Kreuzentropie} wie beim Training allein, bei T = 1. Alpha gewichtet die beiden: Mit alpha = 0 sind beide Schüler bis aufs letzte Bit dasselbe Netz, und der Gewinn ist genau 0. Ein Bild ohne Klasse hat nur den ersten Term.",
    "Warum T²? Weichere Ausgaben haben kleinere Gradienten. Der Gradient des weichen Terms nach den Logits des Schülers ist, mit dem Faktor T² darin, {math:gradient}. Sobald T groß gegen die Streuung der Logits ist, schrumpfen die Differenzen q − p wie 1/T; ohne T² würde der Gradient dann wie 1/T² schrumpfen, und eine hohe Temperatur würde den Schüler stillschweigend den harten Klassen überlassen. Bei niedrigem T ist es anders: Dort sind sich beide Ausgaben bei fast jedem Bild einig, und der weiche Term ist mit T² so klein wie ohne. Das Feld „Der Verlust des Schülers bei einem Bild“ zeigt beide Größen, mit und ohne T²: Dort lohnt es sich, alpha und T zu verschieben und die beiden Terme anzusehen.",
    "T² zählt für das Gleichgewicht der beiden Terme. Mit alpha = 1 gibt es nur einen, und Adam, das durch die Größe des Gradienten selbst teilt, merkt von einem Faktor kaum etwas.",
    "Zwei weitere Fehler, die man kennen sollte: die Seiten von alpha zu vertauschen (dann steht ein hohes alpha für die harten Klassen) und die KL-Divergenz auch über die Klassen zu mitteln statt nur über die Bilder (dann ist sie K-mal zu schwach).",
  ],
  check: {
    ask: "T steigt von 4 auf 20, und T² wird vergessen. Was geschieht mit dem Gradienten des weichen Terms?",
    options: ["er wird etwa 25-mal größer", "er bleibt, wie er ist", "er wird etwa 25-mal kleiner"],
    why: "Er schrumpft wie 1/T²: (20 / 4)² = 25.",
  },
};
