import type { ChapterWords } from "../model";

export const which: ChapterWords = {
  title: "Welche Temperatur?",
  predict: {
    ask: "50 Bilder mit Klasse, T von 1 bis 20. Wo liest der destillierte Schüler die Testziffern am besten?",
    options: ["bei T = 1", "um T = 4, darüber schlechter", "es steigt und flacht dann ab"],
  },
  run: { label: "Eine Reihe über die Temperatur trainieren" },
  text: [
    "Bei 50 Bildern ist der Gewinn {claim:fifty-digits/gain at T = 1} bei T = 1, {claim:fifty-digits/gain at T = 2} bei T = 2, {claim:fifty-digits/gain at T = 4} bei T = 4, {claim:fifty-digits/gain at T = 8} bei T = 8 und {claim:fifty-digits/gain at T = 20} bei T = 20. Er steigt zuerst steil und am Ende kaum noch: Ab T = 4 überlappen sich die Intervalle, und das Feld „Reihe“ nennt nur dort einen besten Punkt, wo die gepaarten Unterschiede es erlauben.",
    "Die beste Temperatur gehört zu einer Aufgabe, nicht zur Destillation. Vierzig Werte eines erdachten Signals statt Bildern: {claim:mnist1d/gain at T = 1} bei T = 1, {claim:mnist1d/gain at T = 4} bei T = 4, {claim:mnist1d/gain at T = 20} bei T = 20. Bei zwei Spiralen schadet eine hohe: {claim:spirals/gain at T = 1} bei T = 1, {claim:spirals/gain at T = 4} bei T = 4.",
    "Sie gehört auch zu einem Budget. Weichere Ziele zu lernen dauert länger: Mit 600 statt 2000 Schritten ist der Gewinn bei T = 20 {claim:short-training/gain at T = 20}.",
    "Eine Warnung, die diese Seite selbst betrifft: Sie vergleicht Temperaturen auf den Testbildern. Wer dort die beste von fünf nimmt, hat fünfmal auf die Testmenge geschaut, und der Sieger sieht besser aus, als er ist. Für eine Zahl, die berichtet werden soll, wählt man T auf Bildern, die dafür beiseitegelegt sind, und misst dann einmal auf der Testmenge.",
  ],
  check: {
    ask: "T = 8 endet 0,4 Punkte über T = 4; ihr gepaarter Unterschied ist 0,4 ± 0,6. Welches ist besser?",
    options: ["T = 8", "T = 4", "das sagen diese Läufe nicht"],
    why: "Das Intervall des Unterschieds enthält die 0. Man kann eines von beiden nehmen oder, wenn es auf 0,4 Punkte ankommt, mehr Seeds rechnen.",
  },
};
