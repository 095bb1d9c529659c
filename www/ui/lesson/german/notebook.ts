import type { ChapterWords } from "../model";

export const notebook: ChapterWords = {
  title: "Die vier Fehler des Notebooks",
  predict: {
    ask: "Ein Notebook meldet 0,555 für den Lehrer und 0,525 für seinen Schüler, bei zwei Klassen. Was sagen diese Zahlen?",
    options: [
      "der Schüler behält das meiste vom Können des Lehrers",
      "beide haben ein wenig gelernt",
      "nichts: Sie sind Rauschen",
    ],
  },
  run: { label: "Das Notebook ausführen, wie es dasteht, 12 Seeds" },
  text: [
    "Ein Notebook, das von Hand zu Hand geht, trainiert einen Lehrer 10-64-2 und einen Schüler 10-32-2 auf 1000 Zeilen und nennt das Destillation. Es hat vier Fehler; diese Vorlage rechnet es, wie es dasteht.",
    "Erstens werden die Vorhersagen des Lehrers berechnet und dann nie verwendet: Der Schüler lernt aus den Klassen. Zweitens teilt der Verlust nicht Logits, sondern Wahrscheinlichkeiten durch T und schickt sie noch einmal durch Softmax: {math:notebook}. Was in das äußere Softmax geht, liegt zwischen 0 und 1/T; darum bleibt dessen Ausgabe nahe bei ein halb, und der Verlust kann nicht weit unter ln 2 = 0,693 fallen, was auch immer gelernt wird. In der letzten Epoche steht er bei {claim:notebook-as-written/student's training loss, last epoch}.",
    "Drittens sind die Klassen zufällig gezogen: Es gibt nichts zu lernen. Die Testgenauigkeit des Lehrers ist über 12 Seeds {claim:notebook-as-written/teacher's test accuracy}, die des Schülers {claim:notebook-as-written/student's test accuracy}. Die Trainingsgenauigkeit des Lehrers, {claim:notebook-as-written/teacher's training accuracy, last epoch}, ist Gedächtnis, nicht Können. Viertens fehlt ein Import, sodass es so, wie es gedruckt ist, nicht einmal startet.",
    "Nun wird ein Fehler nach dem anderen behoben, ausgehend von der Vorlage „Das Notebook, repariert“. Steht data.name wieder auf notebook, bei zufälligen Klassen, ändern der richtige Verlust und ein Lehrer, der verwendet wird, nichts: Der Schüler allein erreicht {claim:notebook-repaired/alone with random labels}. Folgen die Klassen einer Regel und steht distillation.method wieder auf notebook_as_written, lernt der Schüler durchaus, {claim:notebook-repaired/distilled with the notebook's loss}, obwohl sein Trainingsverlust {claim:notebook-repaired/training loss with the notebook's loss} lautet, kaum unter ln 2: Die Reihenfolge der Klassen stimmt noch, nur sagt der Verlust nicht mehr, wie sehr sie stimmt. Aber die {term:soft targets|weichen Ziele} des Lehrers haben keinen Anteil daran.",
    "Sind alle vier behoben, erreicht der Lehrer {claim:notebook-repaired/teacher}, der Schüler allein {claim:notebook-repaired/alone}, und die Destillation fügt {claim:notebook-repaired/gain} hinzu: Jede Klasse ist bekannt, also gibt es wenig hinzuzufügen. Ein repariertes Experiment kann sehr wohl nein sagen.",
  ],
  check: {
    ask: "Warum kann der fehlerhafte Verlust nicht fallen?",
    options: [
      "die Lernrate ist zu niedrig",
      "Softmax von Wahrscheinlichkeiten, die durch 5 geteilt sind, ist fast gleichmäßig, wie auch immer die Logits lauten",
      "der Schüler ist zu klein",
    ],
    why: "Bei Eingaben zwischen 0 und 0,2 können sich die beiden Klassen höchstens um den Faktor e^0,2 = 1,22 unterscheiden.",
  },
};
