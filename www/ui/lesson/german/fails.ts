import type { ChapterWords } from "../model";

export const fails: ChapterWords = {
  title: "Wann Destillation scheitert",
  predict: {
    ask: "Ein Schüler mit 6 verdeckten Einheiten, alle 1000 Klassen bekannt, T = 4, 900 Schritte. Was bewirkt die Destillation bei ihm?",
    options: ["einen Gewinn, denn er braucht am meisten Hilfe", "nichts", "eine Einbuße"],
  },
  run: { label: "Mit 12 Seeds wiederholen" },
  text: [
    "Ein zu kleiner Schüler und ein knappes Budget. Nach 900 Schritten ändert sich ein Schüler mit 6 {term:hidden units|verdeckten Einheiten} um {claim:tiny-student/gain, 6 units, T = 4} bei T = 4 und um {claim:tiny-student/gain, 6 units, T = 20} bei T = 20{says:six-units-lose}; einer mit 8 Einheiten um {claim:tiny-student/gain, 8 units, T = 4} und {claim:tiny-student/gain, 8 units, T = 20}{says:eight-units-lose}. Er versucht alle Abstufungen von zehn Klassen nachzubilden und trifft in diesen Schritten keine ganz. Mit zehnmal so vielen Schritten ist die Einbuße bei T = 4 verschwunden: {claim:tiny-student/gain, 6 units, T = 4, ten times the steps} mit 6 Einheiten, {claim:tiny-student/gain, 8 units, T = 4, ten times the steps} mit 8. Bei T = 20 bleibt ein Teil: {claim:tiny-student/gain, 8 units, T = 20, ten times the steps} mit 8; und mit 4 Einheiten, die zuerst {claim:tiny-student/gain, 4 units, T = 20} verlieren, noch {claim:tiny-student/gain, 4 units, T = 20, ten times the steps}{says:four-units-lose}. Und Genauigkeit ist nicht alles: Mit 8 Einheiten geht bei T = 4 die negative Log-Likelihood von {claim:tiny-student/NLL, 8 units, alone} auf {claim:tiny-student/NLL, 8 units, T = 4}, was nicht schlechter ist, während weniger Ziffern gelesen werden{says:eight-units-as-likely}.",
    "Nichts hinzuzufügen. Wo alle 1000 Bilder ihre Klasse behalten, sagen die Klassen hier genug: {claim:all-labels/gain at T = 1} bei T = 1, {claim:all-labels/gain at T = 4} bei T = 4. MNIST mit allen Klassen und 16 verdeckten Einheiten, 1500 Schritte: {claim:mnist10k-all-labels/gain at T = 20} bei T = 20{says:mnist-all-labels-loses}; zehnmal so viele Schritte: {claim:mnist10k-all-labels/gain at T = 20, ten times the steps}. Das muss nicht so sein: Hinton, Vinyals und Dean haben mit allen Klassen destilliert und gewonnen, von einem großen Lehrer, den Dropout und verschobene Bilder am Auswendiglernen hinderten.",
    "Ein besserer Lehrer, der schlechter lehrt. Geglättete Klassen machen diesen Lehrer genauer, {claim:smoothed-teacher/teacher} gegen {claim:fifty-digits/teacher}, und sein Schüler gewinnt {claim:smoothed-teacher/gain at T = 4} bei T = 4, wo der des anderen {claim:fifty-digits/gain at T = 4} gewinnt; Kapitel 2 nennt die Gründe, die man dafür angibt.",
    "Nichts zu lernen. Bei zufällig gezogenen Klassen enden Lehrer und Schüler dort, wo auch Raten endet, bei zwei Klassen {claim:notebook-repaired/teacher with random labels}, und der Gewinn ist nach 320 Schritten {claim:notebook-repaired/gain with random labels}{says:random-labels-nothing}. Auch eine Tabelle solcher Zahlen hat eine beste Zeile; nur die Intervalle verraten sie, und nicht immer: Nach zehnmal so vielen Schritten ist er {claim:notebook-repaired/gain with random labels, ten times the steps}, wo die Wahrheit 0 ist. Von zwanzig 95-%-Intervallen lässt eines die Wahrheit aus.",
    "Eine gewundene Grenze. Zwei Spiralen liegen dicht beieinander; bei T = 4 und 3000 Schritten ändert sich der Schüler um {claim:spirals/gain at T = 4}{says:spirals-t4-harms}. Das Feld „Grenzen“ zeigt, wo er nachgibt.",
  ],
  check: {
    ask: "Ein kleiner Schüler wurde durch Destillation bei T = 8 schlechter. Was sollte man zuerst versuchen?",
    options: [
      "T = 20",
      "einen doppelt so großen Lehrer",
      "ein niedrigeres T, oder mehr Schritte oder Einheiten für den Schüler",
    ],
    why: "Weichere Ziele verlangen mehr von einem Schüler, dem es schon an Schritten oder Einheiten fehlt. Ein größerer Lehrer ändert daran nichts.",
  },
};
