import type { ChapterWords } from "../model";

export const own: ChapterWords = {
  title: "Eigene Daten; zum Mitnehmen",
  predict: {
    ask: "Eine eigene Tabelle: 600 Zeilen, alle mit Klasse, 20 Spalten. Gewinnt ein kleiner Schüler durch Destillation?",
    options: ["sicher", "vielleicht ein wenig; das muss man messen", "sicher nicht"],
  },
  run: { label: "Die Felder für eigene Daten und zum Mitnehmen öffnen" },
  text: [
    "Eine Tabelle wird als Text angegeben: eine Zeile je Beispiel, eine Spalte mit der Klasse. Sie wird auf dem eigenen Rechner gelesen und geht nirgendwohin. Was erraten wurde, die Kopfzeile, das Trennzeichen, welche Spalte die Klasse enthält, wird gezeigt und lässt sich ändern; Spalten werden allein nach dem Trainingsteil standardisiert, denn wer dafür die Testzeilen benutzt, hat sie schon angesehen.",
    "Dann fragt man in dieser Reihenfolge. Wie gut ist der Lehrer? Ist er kaum besser als der Schüler allein, hat er nichts weiterzugeben. Wie viel lassen die Klassenangaben offen? In diesen Kapiteln kamen Gewinne von wenigen Klassenangaben oder von vielen Zeilen ohne Klasse. Mit 12 Seeds wiederholen, bevor man einem Unterschied glaubt. Erst dann Reihen über T und alpha.",
    "Den Lauf kann man als Skript für Keras oder PyTorch oder als Notebook mitnehmen: dieselben Netze, Verluste und Einstellungen, mit eigenen Zufallszahlen, sodass Ergebnisse innerhalb ihrer Intervalle übereinstimmen und nicht Ziffer für Ziffer. Die Gewichte kommen als safetensors, Kurven und Ergebnisse als CSV und JSON; dieses JSON, hier wieder geladen, ergibt denselben Digest, und ebenso der Link.",
    "Beim Schreiben des eigenen Codes ist zu prüfen, was das Notebook aus Kapitel 10 falsch machte: Die Ausgaben des Lehrers werden verwendet; {term:logits|Logits} werden durch T geteilt, nicht Wahrscheinlichkeiten; der weiche Term hat sein T²; die KL-Divergenz wird über die Klassen summiert und über die Beispiele gemittelt; weiche Ziele bleiben bei ihren Beispielen, wenn Stapel gemischt werden; T = 1, wenn der Schüler angewendet wird.",
  ],
  check: {
    ask: "Welche Zahl gehört in einem Bericht neben die Genauigkeit des destillierten Schülers?",
    options: [
      "nur die Genauigkeit des Lehrers",
      "die desselben Schülers, allein trainiert mit denselben Seeds, und das Intervall des Unterschieds",
      "die beste aller Seeds",
    ],
    why: "Ohne sie kann niemand sagen, was die Destillation hinzugefügt hat, und auch nicht, ob es mehr als Glück ist.",
  },
};
