import type { ChapterWords } from "../model";

export const ways: ChapterWords = {
  title: "Andere Arten zu destillieren",
  predict: {
    ask: "Statt weicher Ziele bildet der Schüler die Logits des Lehrers nach, mit der quadrierten Differenz als Verlust. Mit 50 Bildern mit Klasse und im Vergleich zu T = 20 gewinnt er",
    options: ["viel weniger", "etwa ebenso viel", "viel mehr"],
  },
  run: { label: "Logits angleichen, mit 12 Seeds" },
  text: [
    "Die {term:logits|Logits} des Lehrers, bei jedem Beispiel um ihr Mittel vermindert, sind das, was aus weichen Zielen bei sehr hoher {term:temperature|Temperatur} wird: In erster Ordnung ist der Gradient des weichen Terms dann die Differenz der Logits. Sie anzugleichen bringt {claim:fifty-digits/gain by matching logits}; T = 20 bringt {claim:fifty-digits/gain at T = 20}, und der gepaarte Unterschied ist {claim:fifty-digits/matching logits minus T = 20}{says:logits-like-t20}. Dabei ist keine Temperatur zu wählen, aber es gibt auch keinen Weg, auf Klassen weniger zu hören, die der Lehrer für unmöglich hält.",
    "Mehrere Lehrer. Drei Netze, verschieden begonnen, deren weiche Ausgaben gemittelt werden: Zusammen lesen sie {claim:fifty-digits/three teachers together} der Testbilder, eines allein {claim:fifty-digits/teacher}; ihr Schüler gewinnt {claim:fifty-digits/gain with three teachers}, paarweise {claim:fifty-digits/three teachers minus one}{says:three-teachers}. Ein Lehrer lässt hier wenige Fehler übrig, die andere berichtigen könnten.",
    "Ein Schüler von der Form des Lehrers. Er ist nicht kleiner, und doch liest er mit 50 Bildern allein {claim:fifty-digits/alone, of the teacher's shape} und gewinnt {claim:fifty-digits/gain, of the teacher's shape}{says:own-shape-gains}: Was herüberkommt, ist, was der Lehrer in den anderen 950 Bildern gesehen hat, und mit der Größe hat das wenig zu tun. Über Generationen mit denselben Daten wiederholt nennt man das „born again“, wiedergeboren.",
    "Zwei Kontrollen sagen, was davon Weichheit ist. Die {term:hard labels|harten Klassen} des Lehrers: {claim:fifty-digits/control: the teacher's hard labels}. Gleichmäßig geglättete Klassen, ganz ohne Lehrer: {claim:fifty-digits/control: label smoothing 0.1}. Keine der beiden sagt, welche falschen Klassen beinahe richtig sind, und keine gewinnt auf diesen Bildern etwas. Eine dritte sagt, woher das Wissen kommt: Ein Lehrer, der nur dieselben 50 Bilder gesehen hat, bringt in diesen 2000 Schritten {claim:fifty-digits/control: a teacher that saw the same 50 images}{says:same-images-teacher}.",
    "Weitere Arten, die diese Seite trainiert, neben T = 20 und paarweise: die Sicherheit des Lehrers und seine Rangfolge der übrigen Klassen getrennt gewichtet („decoupled“) {claim:fifty-digits/decoupled minus T = 20}{says:decoupled-like-t20}; auch eine Schicht dazwischen angeglichen („hints“) {claim:fifty-digits/hints minus T = 20}{says:hints-like-t20}; Abstände und Winkel zwischen Beispielen („relational“) {claim:fifty-digits/relations minus T = 20}{says:relations-like-t20}. Keine wurde eingestellt; alle stehen auf Werten, die ihre Autoren nennen oder mit denen diese Seiten beginnen.",
  ],
  check: {
    ask: "Die neue Methode eines Artikels gewinnt 2 Punkte gegenüber dem Schüler allein. Was fehlt?",
    options: [
      "ein größerer Lehrer",
      "weiche Ziele bei einer ebenso sorgfältig gewählten Temperatur, über dieselben Seeds",
      "ein Vergleich mit dem Lehrer",
    ],
    why: "Der Schüler allein ist die niedrigste Latte. Was eine Methode hinzufügt, zeigt sich neben der einfachsten, wenn diese ebenso gut eingestellt ist, und mit dem Intervall des Unterschieds.",
  },
};
