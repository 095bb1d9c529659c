import type { ChapterWords } from "../model";

export const teacher: ChapterWords = {
  title: "Der Lehrer",
  predict: {
    ask: "Ein Lehrer, der mit geglätteten Klassen („label smoothing“) trainiert wurde, liest mehr Ziffern richtig. Gewinnt auch sein Schüler mehr?",
    options: ["mehr", "gleich viel", "weniger"],
  },
  run: { label: "Von einem geglätteten Lehrer destillieren, 12 Seeds" },
  text: [
    "Der Lehrer ist ein Netz mit zwei Schichten zu je 128 {term:hidden units|verdeckten Einheiten}, trainiert auf {term:hard labels|harte Klassen} mit der {term:cross-entropy|Kreuzentropie} als Verlust. Nach dem Training bleibt er, wie er ist; nur seine Antworten werden verwendet. Seine Ausgabe sind zehn {term:logits|Logits}, eines je Klasse.",
    "Ein guter Lehrer ist nicht einfach einer mit hoher Genauigkeit. Geglättete Klassen (jede Klassenangabe gibt ein wenig an alle Klassen ab) machen diesen Lehrer besser, {claim:smoothed-teacher/teacher} statt {claim:fifty-digits/teacher}{says:smoothed-better-teacher}. Und doch gewinnt sein Schüler bei T = 20 nur {claim:smoothed-teacher/gain at T = 20}, wo der Schüler des gewöhnlichen Lehrers {claim:fifty-digits/gain at T = 20} gewinnt; Seed für Seed sind das {claim:smoothed-teacher/at T = 20, minus a teacher without smoothing}{says:smoothed-worse-student}. Bei T = 1 geht in diesen 2000 Schritten nichts verloren: {claim:smoothed-teacher/at T = 1, minus a teacher without smoothing}{says:smoothed-no-harm-at-t1}; in zehnmal so vielen schon: {claim:smoothed-teacher/at T = 1, minus a teacher without smoothing, ten times the steps}.",
    "Müller, Kornblith und Hinton haben es so erklärt: Das Glätten zieht die Bilder einer Klasse zusammen und löscht, welche falsche Klasse beinahe richtig war; gerade daraus hätte der Schüler gelernt. Shen und andere fanden geglättete Lehrer, die ebenso gut lehrten; Chandrasegaran und andere zeigten, dass beides vorkommt und dass eine hohe Temperatur den Schaden hervortreten lässt. Hier zeigt er sich bei hoher Temperatur sofort und bei T = 1 spät. Ein größerer oder genauerer Lehrer ist nicht immer der bessere: Beurteilen muss man ihn nach seinem Schüler.",
  ],
  check: {
    ask: "Was macht einen Lehrer für einen Schüler nützlich?",
    options: [
      "vor allem seine Genauigkeit",
      "was er, neben der richtigen Antwort, über die falschen Klassen sagt",
      "ein niedriger Trainingsverlust",
    ],
    why: "Ein genauer Lehrer, der über alle falschen Klassen dasselbe sagt, verrät dem Schüler kaum mehr als die Klasse selbst.",
  },
};
