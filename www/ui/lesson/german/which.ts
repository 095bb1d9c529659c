import type { ChapterWords } from "../model";

export const which: ChapterWords = {
  title: "Welche Temperatur?",
  predict: {
    ask: "50 Bilder mit Klasse, T von 1 bis 20. Wo liest der destillierte Schüler die Testziffern am besten?",
    options: ["bei T = 1", "um T = 4, darüber schlechter", "es steigt und flacht dann ab"],
  },
  run: { label: "Eine Reihe über die Temperatur trainieren" },
  text: [
    "Bei 50 Bildern und 2000 Schritten ist der Gewinn {claim:fifty-digits/gain at T = 1} bei T = 1, {claim:fifty-digits/gain at T = 2} bei T = 2, {claim:fifty-digits/gain at T = 4} bei T = 4, {claim:fifty-digits/gain at T = 8} bei T = 8 und {claim:fifty-digits/gain at T = 20} bei T = 20. Er steigt zuerst steil und am Ende kaum noch. Dennoch liegt, Seed für Seed, T = 20 um {claim:fifty-digits/T = 20 minus T = 4} vor T = 4{says:t20-beats-t4}, obwohl sich die Intervalle der beiden Gewinne überlappen: Paare sagen mehr.",
    "Auch das gehört zu seinem Budget. Mit zehnmal so vielen Schritten ist der Gewinn {claim:fifty-digits/gain at T = 1, ten times the steps} bei T = 1, {claim:fifty-digits/gain at T = 4, ten times the steps} bei T = 4 und {claim:fifty-digits/gain at T = 20, ten times the steps} bei T = 20, und T = 20 abzüglich T = 4 ist {claim:fifty-digits/T = 20 minus T = 4, ten times the steps}. Mit 600 Schritten gewinnt T = 1 {claim:short-training/gain at T = 1} und T = 20 {claim:short-training/gain at T = 20}. Hier lernt also die niedrige Temperatur langsam{says:t1-learns-slowly}; bei zu kleinen Schülern ist es die hohe (Kapitel 9).",
    "Die beste Temperatur gehört zu einer Aufgabe, nicht zur Destillation. Vierzig Werte eines erdachten Signals statt Bildern, 3000 Schritte: {claim:mnist1d/gain at T = 1} bei T = 1, {claim:mnist1d/gain at T = 4} bei T = 4, {claim:mnist1d/gain at T = 20} bei T = 20; mit zehnmal so vielen Schritten {claim:mnist1d/gain at T = 1, ten times the steps}, {claim:mnist1d/gain at T = 4, ten times the steps} und {claim:mnist1d/gain at T = 20, ten times the steps}. Bei zwei Spiralen schadet nach 3000 Schritten eine hohe: {claim:spirals/gain at T = 1} bei T = 1, {claim:spirals/gain at T = 4} bei T = 4{says:spirals-t4-harms}; nach zehnmal so vielen ergibt T = 4 {claim:spirals/gain at T = 4, ten times the steps}.",
    "Eine Reihe über viele Punkte hat zwei Fallen, und das Feld achtet auf beide. Der beste von fünf auf den Testbildern sieht besser aus, als er ist, denn die Testmenge wurde fünfmal angesehen: Darum wählt die Reihe, wo es genug davon gibt, nach Bildern, die dafür beiseitegelegt sind (*Validierung*), und berichtet über die Testmenge. Und von vielen Unterschieden ist einer durch Zufall groß: Welche Punkte sich vom besten nicht unterscheiden lassen, entscheidet das Verfahren von Holm über alle Paare.",
  ],
  check: {
    ask: "T = 8 endet 0,4 Punkte über T = 4; ihr gepaarter Unterschied ist 0,4 ± 0,6. Welches ist besser?",
    options: ["T = 8", "T = 4", "das sagen diese Läufe nicht"],
    why: "Das Intervall des Unterschieds enthält die 0. Man kann eines von beiden nehmen oder, wenn es auf 0,4 Punkte ankommt, mehr Seeds rechnen.",
  },
};
