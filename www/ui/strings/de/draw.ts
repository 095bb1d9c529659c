/** A drawn digit and its answers. */
import type { draw as english } from "../en/draw";
import type { Translated } from "../translated";

export const draw: Translated<typeof english> = {
  draw: "Eine Ziffer zeichnen",
  draw_open: "Zeichnen",
  draw_close: "Stift weglegen",
  draw_why: "Alle drei Modelle antworten, während man zeichnet.",
  draw_here: "Die Zeichnung",
  draw_help:
    "Mit Zeiger oder Finger zeichnen. Mit der Tastatur: Pfeiltasten bewegen den Pinsel, mit Umschalt zeichnen sie dabei; Leertaste tupft; Entf radiert; Steuerung und Z nehmen zurück.",
  draw_pen: "Stift",
  draw_rubber: "Radierer",
  draw_tools: "Was der Pinsel tut",
  draw_width: "Dicke",
  draw_clear: "Leeren",
  draw_load: "Testbild laden",
  draw_seen: "Was die Modelle sehen",
  draw_empty: "Bitte etwas zeichnen: Die Modelle antworten sofort.",
  draw_untrained: "Noch ist kein Modell trainiert: bitte starten.",
  draw_row: "Zeile",
  draw_column: "Spalte",
  draw_ink: "Tinte",
  draw_paper: "Papier",
  draw_answers: "Antworten bei T",
  draw_agree: "Alle drei sagen",
  draw_differ: "Sie sind sich uneinig",
  draw_form_digits:
    "Wie die 8 × 8-Ziffern entstanden: Die Tinte wird ausgeschnitten und in 20 × 32 Felder eines Rasters von 32 × 32 eingepasst, Striche werden ähnlich dick, Neigung wird ausgeglichen, und Tinte wird in Blöcken von 4 × 4 gezählt; 16 von 16 ist 1. Eine schmale Zeichnung wird nicht auf die volle Breite gestreckt.",
  draw_form_mnist:
    "Wie die Bilder von MNIST entstanden: Die Tinte wird mit ihren Proportionen in 20 × 20 Pixel eingepasst, und ihr Schwerpunkt kommt in die Mitte von 28 × 28; ein Pixel ist so dunkel wie sein Anteil an Tinte.",
  draw_form_plain: "Die Zeichnung, wie sie steht, über jedes Pixel gemittelt.",
  draw_no_image: "Diese Beispiele sind keine Bilder, darum gibt es nichts zu zeichnen.",
  draw_digits: "Die Ziffern laden",
};
