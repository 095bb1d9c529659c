import type { ChapterWords } from "../model";

export const fails: ChapterWords = {
  title: "Wann Destillation scheitert",
  predict: {
    ask: "Ein Schüler mit 6 verdeckten Einheiten, alle 1000 Klassen bekannt, T = 4. Was bewirkt die Destillation bei ihm?",
    options: ["einen Gewinn, denn er braucht am meisten Hilfe", "nichts", "eine Einbuße"],
  },
  run: { label: "Mit 12 Seeds wiederholen" },
  text: [
    "Ein zu kleiner Schüler. Mit 6 {term:hidden units|verdeckten Einheiten} ändert er sich um {claim:tiny-student/gain, 6 units, T = 4} bei T = 4 und um {claim:tiny-student/gain, 6 units, T = 20} bei T = 20; mit 8 Einheiten um {claim:tiny-student/gain, 8 units, T = 4} und {claim:tiny-student/gain, 8 units, T = 20}. In den Schritten, die er hat, versucht er alle Abstufungen von zehn Klassen nachzubilden und trifft keine ganz; harte Klassen verlangen weniger.",
    "Nichts hinzuzufügen. Wo alle 1000 Bilder ihre Klasse behalten, sagen die Klassen genug: {claim:all-labels/gain at T = 1} bei T = 1, {claim:all-labels/gain at T = 4} bei T = 4. MNIST mit allen Klassen und 16 verdeckten Einheiten: {claim:mnist10k-all-labels/gain at T = 20} bei T = 20.",
    "Ein besserer Lehrer, der schlechter lehrt. Geglättete Klassen machen diesen Lehrer genauer, {claim:smoothed-teacher/teacher} gegen {claim:fifty-digits/teacher}, und sein Schüler gewinnt {claim:smoothed-teacher/gain at T = 4} bei T = 4, wo der des anderen {claim:fifty-digits/gain at T = 4} gewinnt: Das Glätten hat die Unterschiede zwischen den falschen Klassen gelöscht, und aus ihnen wird gelernt.",
    "Nichts zu lernen. Bei zufällig gezogenen Klassen enden Lehrer und Schüler dort, wo auch Raten endet, bei zwei Klassen {claim:notebook-repaired/teacher with random labels}, und der Gewinn ist {claim:notebook-repaired/gain with random labels}. Auch eine Tabelle solcher Zahlen hat eine beste Zeile; nur die Intervalle verraten sie.",
    "Eine gewundene Grenze. Zwei Spiralen liegen dicht beieinander; bei T = 4 ändert sich der Schüler um {claim:spirals/gain at T = 4}. Das Feld „Grenzen“ zeigt, wo er nachgibt.",
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
