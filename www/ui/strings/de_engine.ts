/** German for the engine's presets and fields. */
import { refusalInGerman } from "./de_refusals";
import type { EngineTexts } from "./engine";

export const deEngine: EngineTexts = {
  refusal: refusalInGerman,
  presets: {
    "fifty-digits": {
      title: "Fünfzig Ziffern",
      why: "Fünfzig Bilder mit Klasse lehren ein kleines Netz wenig; dieselben fünfzig mit den weichen Zielen des Lehrers lehren es weit mehr.",
      longer:
        "Niedrige Temperaturen holen auf. T = 1 gewinnt das meiste nach, und T = 2 bis 20 sind nicht mehr zu unterscheiden.",
    },
    "unseen-digit": {
      title: "Eine nie gezeigte Ziffer",
      why: "In der Transfermenge ist keine 3, und doch lernt der destillierte Schüler, sie zu lesen: aus dem, was der Lehrer über die anderen Ziffern sagt.",
      longer:
        "Auch bei T = 1 liest der Schüler die 3en nun fast so gut wie bei T = 4. Aus kleinen Wahrscheinlichkeiten lernt man sehr wohl, nur langsam.",
    },
    unlabelled: {
      title: "Meist ohne Klasse",
      why: "Fünfzig Bilder mit Klasse und 950 ohne: ein großer Gewinn, und die Kontrolle zeigt, dass er von den Pseudoklassen kommt und nicht von der Weichheit.",
      longer:
        "Die Gewinne wachsen und gleichen sich an; die harten Klassen des Lehrers sind noch immer so gut wie seine weichen Ziele.",
    },
    "all-labels": {
      title: "Jede Klasse bekannt",
      why: "Wo alle 1.000 Klassen bekannt sind, bleibt dem Lehrer nichts hinzuzufügen: kein Gewinn, bei hoher Temperatur ein kleiner Verlust.",
      longer: "Noch immer kein Gewinn, bei keiner Temperatur.",
    },
    "tiny-student": {
      title: "Ein zu kleiner Schüler",
      why: "Mit einer Handvoll verdeckter Einheiten und festem Budget kann der Schüler einem weichen Lehrer nicht folgen: Destillation macht ihn schlechter.",
      longer: "Bei T = 4 bleibt kein deutlicher Verlust. Bei T = 20 verliert ein Schüler mit 4 Einheiten noch immer.",
    },
    "smoothed-teacher": {
      title: "Ein geglätteter Lehrer",
      why: "Geglättete Klassen machen den Lehrer besser und seinen Schüler schlechter: Sie löschen, was die weichen Ziele über die anderen Klassen sagten.",
      longer:
        "Sein Schüler gewinnt nicht mehr als zuvor und bleibt nun auch bei T = 1 hinter dem eines ungeglätteten Lehrers zurück.",
    },
    "short-training": {
      title: "Zu kurzes Training",
      why: "Nach 600 statt 2.000 Schritten ist jeder Gewinn kleiner, der bei T = 1 am meisten: Hier ist es die niedrige Temperatur, die langsam lernt.",
      longer: "Jeder Gewinn ist größer, und T = 20 liegt nicht mehr vor T = 4; T = 1 liegt noch hinter beiden.",
    },
    "notebook-as-written": {
      title: "Das Notebook, wie es dasteht",
      why: "Der Code einer verbreiteten Anleitung, Fehler für Fehler: Er verwendet den Lehrer nie, und seine Klassen sind Rauschen; zu lernen gibt es nichts.",
      longer: "Es ändert sich nichts. Rauschen lässt sich nicht lernen, wie lange man es auch versucht.",
    },
    "notebook-repaired": {
      title: "Das Notebook, repariert",
      why: "Dieselbe Aufgabe ohne ihre vier Fehler und mit Klassen, die einer Regel folgen: Nun gibt es etwas zu lernen, und da jede Klasse bekannt ist, fügt Destillation nichts Deutliches hinzu.",
      longer: "Beide Schüler überholen ihren Lehrer, der dann nichts mehr hinzuzufügen hat.",
    },
    spirals: {
      title: "Zwei Spiralen",
      why: "Zwei Merkmale, zwei Klassen, vierzig Punkte und ein sehr sicherer Lehrer: Helfen weiche Antworten? In diesen 3.000 Schritten, bei T = 4, schaden sie.",
      longer: "Der Schaden bei T = 4 ist nicht mehr nachzuweisen, und bei T = 1 zeigt sich ein kleiner Gewinn.",
    },
    mnist10k: {
      title: "Hundert Bilder aus MNIST",
      why: "Dieselbe Lektion in der Größe des ersten Versuchs eines Artikels: 28 × 28 Pixel, 8.000 Bilder für den Lehrer, 100 für die Schüler. Die Datei von 1,7 MB wird erst geholt, wenn sie gebraucht wird.",
      longer: "T = 1 holt einen Teil auf, und T = 4 und T = 20 sind nicht mehr zu unterscheiden.",
    },
    "mnist10k-unseen-digit": {
      title: "MNIST ohne seine 3en",
      why: "In der Transfermenge ist keine 3; der destillierte Schüler liest die meisten, gelehrt durch das, was der Lehrer über die anderen Ziffern sagt.",
      longer: "Bei T = 1 liest der Schüler weit mehr der 3en; es fehlte an Zeit, nicht nur an Weichheit.",
    },
    "mnist10k-all-labels": {
      title: "MNIST, jede Klasse bekannt",
      why: "Bei 8.000 Bildern mit Klasse und einem Schüler von 16 Einheiten nehmen weiche Antworten in 1.500 Schritten ein wenig weg.",
      longer: "Der kleine Verlust ist verschwunden, ein Gewinn bleibt aus.",
    },
    mnist1d: {
      title: "Formen aus einer Linie",
      why: "Zehn Formen aus 40 Werten, zufällig verschoben, gestreckt und gekippt: klein, und doch schwer für ein Netz mit einer Schicht. Hier irrt oft der Lehrer selbst.",
      longer: "Jeder Gewinn ist mehr als doppelt so groß, und am wenigsten gewinnt nun T = 1, nicht mehr T = 20.",
    },
  },
  fields: {
    preset: "Woher fehlende Einstellungen ihre Werte haben.",
    version: "Wie diese Einstellungen geschrieben sind; ohne Angabe 1.",
    seed: "Bestimmt jede Zufallszahl: Derselbe Seed gibt dieselben Bits.",
    budget: "Vervielfacht die Schritte der Schüler: 10 trainiert beide zehnmal so lang.",
    "data.name": "Der Datensatz.",
    "data.train": "Trainingsbeispiele; wo sie nicht erzeugt werden, höchstens so viele, wie der Datensatz hat.",
    "data.test": "Testbeispiele, an denen nie trainiert wird; ebenso.",
    "data.validation":
      "Trainingsbeispiele, die weder Lehrer noch Schüler sehen, um zwischen Einstellungen zu wählen; bei 0 dienen dazu die außerhalb der Transfermenge, wenn es 200 sind.",
    "data.label_noise": "Anteil der Klassen im Training, die durch eine andere ersetzt werden.",
    "data.noise": "Streuung der Punkte der 2-D-Datensätze.",
    "data.points":
      "Eigene Punkte, mindestens 4, für den Datensatz points; jeder vierte wird zum Testen zurückgehalten.",
    "data.table.file":
      "Die Datei des Datensatzes table: eine eigene Tabelle, die man der Seite oder der Befehlszeile gibt und die in keiner Einstellung steht.",
    "data.table.hash": "Was in dieser Tabelle steht; eine andere ist ein anderer Datensatz.",
    "data.table.shape": "Ihre Zeilen, Merkmale, wie viele davon Zahlen sind, und Klassen.",
    "teacher.hidden": "Verdeckte Einheiten des Lehrers, Schicht für Schicht.",
    "teacher.activation": "Aktivierung der verdeckten Schichten des Lehrers.",
    "teacher.steps": "Schritte des Optimierers für den Lehrer.",
    "teacher.batch_size": "Beispiele in einem Schritt des Lehrers.",
    "teacher.optimizer.name": "Der Optimierer des Lehrers.",
    "teacher.optimizer.learning_rate": "Die Lernrate des Lehrers.",
    "teacher.optimizer.beta1": "Adam: wie schnell der mittlere Gradient vergisst.",
    "teacher.optimizer.beta2": "Adam: wie schnell der mittlere quadrierte Gradient vergisst.",
    "teacher.optimizer.epsilon": "Adam: zur Wurzel addiert, gegen Division durch null.",
    "teacher.optimizer.weight_decay": "AdamW: entkoppelter Gewichtsverfall.",
    "teacher.optimizer.momentum": "SGD: Momentum.",
    "teacher.optimizer.nesterov": "SGD: Momentum nach Nesterov.",
    "teacher.label_smoothing": "Anteil jeder Klasse, den der Lehrer über alle Klassen verteilt lernt.",
    "teacher.members": "Netze im Lehrer; die weichen Ausgaben mehrerer werden gemittelt.",
    "teacher.sees":
      "Woran der Lehrer lernt: train, an allen Trainingsbeispielen; transfer, nur an den Beispielen der Transfermenge, die ihre Klasse behalten.",
    "transfer.size": "Beispiele, die beide Schüler sehen dürfen.",
    "transfer.labelled": "Wie viele davon ihre Klasse behalten.",
    "transfer.omit_classes": "Klassen, die in der Transfermenge fehlen, sodass nur der Lehrer ihnen begegnet ist.",
    "student.hidden": "Verdeckte Einheiten des Schülers, Schicht für Schicht.",
    "student.activation": "Aktivierung der verdeckten Schichten des Schülers.",
    "student.steps": "Schritte des Optimierers für jeden Schüler.",
    "student.batch_size": "Beispiele in einem Schritt der Schüler.",
    "student.optimizer.name": "Der Optimierer der Schüler.",
    "student.optimizer.learning_rate": "Die Lernrate der Schüler.",
    "student.optimizer.beta1": "Adam: wie schnell der mittlere Gradient vergisst.",
    "student.optimizer.beta2": "Adam: wie schnell der mittlere quadrierte Gradient vergisst.",
    "student.optimizer.epsilon": "Adam: zur Wurzel addiert, gegen Division durch null.",
    "student.optimizer.weight_decay": "AdamW: entkoppelter Gewichtsverfall.",
    "student.optimizer.momentum": "SGD: Momentum.",
    "student.optimizer.nesterov": "SGD: Momentum nach Nesterov.",
    "student.label_smoothing": "Anteil jeder Klasse, den beide Schüler über alle Klassen verteilt lernen.",
    "distillation.method": "Woraus der destillierte Schüler lernt.",
    "distillation.temperature": "Teilt die Logits von Lehrer und Schüler vor dem Softmax.",
    "distillation.alpha": "Gewicht des weichen Teils; die harten Klassen wiegen 1 - alpha.",
    "refine.steps": "Schritte, in denen der destillierte Schüler mit harten Klassen allein weiterlernt; 0: keine.",
  },
};
