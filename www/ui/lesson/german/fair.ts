import type { ChapterWords } from "../model";

export const fair: ChapterWords = {
  title: "Ein fairer Vergleich: Seeds und Intervalle",
  predict: {
    ask: "Alle 1000 Bilder behalten ihre Klasse. Was ändert die Destillation bei T = 4 in 900 Schritten?",
    options: ["ein klarer Gewinn", "kein Gewinn oder eine kleine Einbuße", "eine große Einbuße"],
  },
  run: { label: "Mit 12 Seeds wiederholen" },
  text: [
    "Ein einzelner Lauf ist eine Anekdote. Ein anderer {term:seed|Seed} zieht andere Anfangsgewichte, andere Stapel, andere 50 Bilder, und der Schüler allein kann um mehrere Punkte höher oder tiefer enden. In einem einzelnen Lauf kann Destillation durch bloßen Zufall besser oder schlechter aussehen.",
    "Darum läuft hier alles über 12 {term:paired seeds|gepaarte Seeds}: Bei jedem Seed beginnen beide Schüler mit denselben Gewichten und sehen dieselben Stapel, und es zählt der Unterschied, Seed für Seed. Sein Mittel mit dem 95-%-Konfidenzintervall ist {math:interval}, wobei t aus der Student-Verteilung für diese Anzahl von Seeds kommt. Das Urteil lautet nur dort „besser“, wo das Intervall die 0 nicht enthält. Dass zwei Intervalle sich überlappen, beweist nichts, weder so noch so: Geprüft wird das Intervall des gepaarten Unterschieds.",
    "Bei 50 Bildern mit Klasse ist der Gewinn bei T = 4 {claim:fifty-digits/gain at T = 4}: klar{says:fifty-gain-t4}. Haben alle 1000 eine Klasse, ist er nach 900 Schritten {claim:all-labels/gain at T = 4}: eine kleine Einbuße, und bei T = 1 {claim:all-labels/gain at T = 1}{says:all-labels-loses}; nach zehnmal so vielen Schritten {claim:all-labels/gain at T = 4, ten times the steps}. Destillation hilft nicht immer.",
    "Ein Intervall über Seeds beantwortet: Was wäre, wenn Gewichte, Stapel und Transferbilder noch einmal gezogen würden? Die Testbilder bleiben dieselben. Sollen auch sie noch einmal gezogen werden, wird es breiter: Das Feld der Wiederholungen zeigt beides und sagt, welches es zeigt.",
    "Zu einem Vergleich gehören auch Kontrollen. Hätte jedes beliebige andere Ziel dasselbe bewirkt? Die wahrscheinlichste Klasse des Lehrers als harte Klasse ergibt {claim:fifty-digits/control: the teacher's hard labels}{says:fifty-hard-labels-nothing}, geglättete Klassen beim Schüler {claim:fifty-digits/control: label smoothing 0.1}{says:fifty-label-smoothing-costs}. Hier kommt der Gewinn also von dem, was die weichen Ziele sagen. Mit 950 Bildern ohne Klasse ist es anders: Die harten Klassen des Lehrers allein ergeben {claim:unlabelled/control: the teacher's hard labels}, und weiche Ziele abzüglich dieser, Seed für Seed und nach 900 Schritten, {claim:unlabelled/T = 4 minus the teacher's hard labels}{says:unlabelled-soft-minus-hard}.",
  ],
  check: {
    ask: "Gewinn +0,8 ± 1,1 Punkte über 12 Seeds. Was darf man sagen?",
    options: ["Destillation verbessert um 0,8 Punkte", "kein klarer Unterschied", "Destillation bewirkt nichts"],
    why: "Das Intervall enthält die 0, und es enthält auch 1,5: Diese Läufe entscheiden es nicht. Das ist nicht dasselbe wie keine Wirkung.",
  },
};
