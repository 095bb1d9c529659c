/** The lesson in German. Figures have a decimal comma, as every figure of the German page; settings stand as they are typed. */
import { fails } from "./german/fails";
import { fair } from "./german/fair";
import { loss } from "./german/loss";
import { notebook } from "./german/notebook";
import { own } from "./german/own";
import { refine } from "./german/refine";
import { soft } from "./german/soft";
import { teacher } from "./german/teacher";
import { ways } from "./german/ways";
import { which } from "./german/which";
import { why } from "./german/why";
import { without } from "./german/without";
import type { Translation } from "./words";

export const german: Translation = {
  chapters: { why, teacher, soft, loss, refine, fair, which, without, fails, notebook, ways, own },
  glossary: {
    logits:
      "Die Zahlen, die ein Netz für jede Klasse angibt, bevor Softmax Wahrscheinlichkeiten daraus macht; größer heißt wahrscheinlicher.",
    temperature:
      "Wodurch Logits vor dem Softmax geteilt werden: 1 lässt sie, wie sie sind, mehr macht die Wahrscheinlichkeiten gleichmäßiger.",
    "soft targets":
      "Die weicher gemachten Wahrscheinlichkeiten des Lehrers für jede Klasse, aus denen der Schüler lernt.",
    "transfer set":
      "Die Beispiele, zu denen der Schüler die Antworten des Lehrers sieht, mit Klasse oder ohne; englisch „transfer set“.",
    "hard labels": "Die eine richtige Klasse jedes Beispiels, ohne Abstufungen; englisch „hard labels“.",
    entropy:
      "Wie unentschieden eine Verteilung ist: 0, wenn eine Klasse alles hat, ln K, wenn alle K Klassen gleich sind.",
    "hidden units": "Die Zahlen, die ein Netz zwischen Eingabe und Logits berechnet; mehr davon können mehr aufnehmen.",
    "learning rate": "Wie weit ein Schritt die Gewichte entlang des Gradienten bewegt.",
    "cross-entropy":
      "Minus der Logarithmus der Wahrscheinlichkeit, die der richtigen Klasse gegeben wird; der Verlust des gewöhnlichen Trainings.",
    "KL divergence": "Wie sehr sich eine Verteilung von einer anderen unterscheidet, in nats; 0, wenn sie gleich sind.",
    seed: "Die Zahl, aus der jede zufällige Ziehung eines Laufs folgt; derselbe Seed gibt denselben Lauf.",
    "paired seeds":
      "Zwei Trainings Seed für Seed vergleichen, sodass sich aufhebt, was der Seed mit beiden gleichermaßen macht.",
  },
  labels: {
    chapters: "Kapitel",
    minutes: "Min.",
    predict: "Vorhersage",
    you_said: "Vorhergesagt",
    this_run: "Dieser Lauf",
    other_run: "Der gezeigte Lauf hat andere Einstellungen.",
    in_panel: "Alle Zahlen stehen im Feld „Reihe“.",
    teacher: "Lehrer",
    alone: "allein",
    distilled: "destilliert",
    threes: "erkannte 3en",
    refined: "verfeinert",
    check: "Prüffrage",
    right: "Ja.",
    wrong: "Nicht ganz.",
    sources: "Quellen",
    next: "Weiter",
    points: "Punkte",
    figure: "Mittel und 95-%-Intervall über",
    press: "Ein Druck zeigt die Quelle und startet einen Lauf mit einem Seed.",
    press_pair: "Ein Druck zeigt die Quelle und vergleicht die beiden Einstellungen.",
    in_versus: "Das Feld „A gegen B“ vergleicht die beiden Einstellungen, Seed für Seed.",
    held: "Diese Rechenmaschine muss es bis auf die letzte Ziffer wieder ergeben; das prüft",
    again: "Dieselben Seeds noch einmal:",
    running: "Ein Lauf mit einem Seed …",
    one_seed: "Das ist ein Seed; die Angabe ist ein Mittel über",
    singles: "Von einzelnen Läufen sind 95 von 100 zu erwarten von",
    within: "dieser liegt darin.",
    outside: "dieser liegt außerhalb.",
  },
};
