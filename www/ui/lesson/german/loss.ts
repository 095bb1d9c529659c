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
    "Warum T²? Weichere Ausgaben haben kleinere Gradienten. Der Gradient des weichen Terms nach den Logits des Schülers ist, mit dem Faktor T² darin, {math:gradient}: Die Differenzen q − p schrumpfen wie 1/T; ohne T² würde der Gradient also wie 1/T² schrumpfen, und eine hohe Temperatur würde die Destillation stillschweigend abschalten. Das Feld „Der Verlust des Schülers bei einem Bild“ zeigt beide Größen, mit und ohne T²: Dort lohnt es sich, alpha zu verschieben und die beiden Terme anzusehen.",
    "Zwei weitere Fehler, die man kennen sollte: die Seiten von alpha zu vertauschen (dann steht ein hohes alpha für die harten Klassen) und die KL-Divergenz auch über die Klassen zu mitteln statt nur über die Bilder (dann ist sie K-mal zu schwach).",
  ],
  check: {
    ask: "T steigt von 4 auf 20, und T² wird vergessen. Was geschieht mit dem Gradienten des weichen Terms?",
    options: ["er wird etwa 25-mal größer", "er bleibt, wie er ist", "er wird etwa 25-mal kleiner"],
    why: "Er schrumpft wie 1/T²: (20 / 4)² = 25.",
  },
};
