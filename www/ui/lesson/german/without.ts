import type { ChapterWords } from "../model";

export const without: ChapterWords = {
  title: "Ohne Klassenangaben, ohne eine ganze Klasse",
  predict: {
    ask: "50 Bilder mit Klasse, 950 ohne. Der Lehrer darf für alle antworten. Was hilft dem Schüler mehr?",
    options: [
      "die weichen Ziele des Lehrers, bei T = 4",
      "nur die eine beste Klasse des Lehrers für jedes Bild",
      "beides gleich viel",
    ],
  },
  run: { label: "Mit 12 Seeds wiederholen" },
  text: [
    "Ein Bild ohne Klasse hat keine {term:cross-entropy|Kreuzentropie}, aber der Lehrer hat eine Antwort dafür: Mehr braucht der weiche Term nicht. Der Schüler allein, mit seinen 50 Klassenangaben, liest {claim:unlabelled/alone}; bei T = 4 destilliert gewinnt er {claim:unlabelled/gain at T = 4}{says:unlabelled-gains}.",
    "Liegt das an der Weichheit? Die Kontrolle sagt nein. Erhält jedes Bild die beste Klasse des Lehrers als harte Klasse (siehe {term:hard labels|harte Klassen}), ist der Gewinn {claim:unlabelled/control: the teacher's hard labels}. Weiche Ziele abzüglich harter, Seed für Seed: {claim:unlabelled/T = 4 minus the teacher's hard labels} nach 900 Schritten{says:unlabelled-soft-minus-hard}, {claim:unlabelled/T = 4 minus the teacher's hard labels, ten times the steps} nach zehnmal so vielen. 950 weitere Bilder mit nahezu richtigen Klassenangaben sind mehr wert als die Abstufungen darin. Zum Vergleich Kapitel 6: Bei denselben 50 Bildern für beide ergeben harte Klassen des Lehrers {claim:fifty-digits/control: the teacher's hard labels}, und der ganze Gewinn ist Weichheit.",
    "Bei einer Klasse, die ganz fehlt, ist es umgekehrt. Keine harte Klasse sagt je 3, wenn keine 3 dabei ist; ein Schüler allein erkennt darum {claim:unseen-digit/3s recognised: alone} von ihnen. Ein bei T = 4 destillierter erkennt {claim:unseen-digit/3s recognised at T = 4}{says:unseen-digit-is-read}, gelernt daran, wie sehr andere Ziffern eine 3 sind.",
    "Wie viel über die fehlende Klasse gesagt wird, hängt vom Lehrer ab. Auf MNIST erkennt der Schüler bei T = 1 nach 2500 Schritten {claim:mnist10k-unseen-digit/3s recognised at T = 1} der 3en; hört der Lehrer nach 800 statt 1250 Schritten auf und ist dabei kaum weniger genau, sind es {claim:mnist10k-unseen-digit/3s recognised at T = 1, the teacher stopped after 800 steps}{says:mnist-early-teacher-says-more}. Je länger er lernt, desto sicherer wird er, und desto weniger sagt er darüber, was ein Bild sonst sein könnte. Ein längeres Training des Schülers gleicht es aus: zehnmal so viele Schritte, {claim:mnist10k-unseen-digit/3s recognised at T = 1, ten times the steps}.",
  ],
  check: {
    ask: "Gegeben sind 10 000 Bilder ohne Klasse und ein guter Lehrer. Womit sollte man die Destillation vergleichen?",
    options: [
      "mit einem Schüler, der allein auf den Bildern mit Klasse trainiert ist",
      "mit einem Schüler, der auf den harten Klassen des Lehrers für alle Bilder trainiert ist",
      "mit dem Lehrer",
    ],
    why: "Er sieht dieselben Bilder. Nur was weiche Ziele darüber hinaus gewinnen, ist der Weichheit zu verdanken.",
  },
};
