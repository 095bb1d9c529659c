import type { ChapterWords } from "../model";

export const soft: ChapterWords = {
  title: "Weiche Ziele und Temperatur",
  predict: {
    ask: "Der Schüler bekommt nie eine 3 zu sehen. Wie viele von 100 Test-3en erkennt er bei T = 4?",
    options: ["keine", "etwa 20", "etwa 50", "etwa 90"],
  },
  run: { label: "Ganz ohne 3en destillieren" },
  text: [
    "Softmax macht aus {term:logits|Logits} Wahrscheinlichkeiten. Ein trainierter Lehrer ist so sicher, dass fast alles auf eine Klasse entfällt, und die Unterschiede zwischen den übrigen, 0,0001 gegen 0,0000001, bewegen einen Schüler kaum. Teilt man die Logits vorher durch eine {term:temperature|Temperatur}, treten sie hervor: {math:soft}",
    "Im Feld „Weiche Ziele“ lässt sich T verschieben. Bei T = 1 ist das Bild nur seine Klasse. Bei höherem T zeigt sich, was der Lehrer noch darin findet: Diese 2 ist ein wenig eine 3, kaum eine 4. Bei sehr hohem T kommen alle Klassen fast gleich heraus. Die {term:entropy|Entropie} unter den Balken sagt, wie gleichmäßig sie sind. Während man schiebt, wird nichts trainiert; die Logits sind aufbewahrt.",
    "Wie viel steckt in diesen kleinen Zahlen? Jede 3 wird aus der {term:transfer set|Transfermenge} weggelassen. Der Schüler allein sagt nie 3: {claim:unseen-digit/3s recognised: alone}. Nach 3000 Schritten mit weichen Zielen bei T = 1 erkennt er {claim:unseen-digit/3s recognised at T = 1} der 3en in der Testmenge, bei T = 2 {claim:unseen-digit/3s recognised at T = 2}, bei T = 4 {claim:unseen-digit/3s recognised at T = 4}{says:unseen-t1-behind-t4}. Wie eine 3 aussieht, hat er daran gelernt, wie sehr die anderen Ziffern einer 3 ähneln{says:unseen-digit-is-read}. Wo die Streuung groß ist, kommt es darauf an, welchen Lehrer man hat.",
    "Aus kleinen Zahlen lernt man langsam, nicht etwa nie. Mit dreimal so vielen Schritten kommt T = 1 auf {claim:unseen-digit/3s recognised at T = 1, three times the steps}, mit zehnmal so vielen auf {claim:unseen-digit/3s recognised at T = 1, ten times the steps}, T = 4 dann auf {claim:unseen-digit/3s recognised at T = 4, ten times the steps}. Was eine hohe Temperatur hier spart, ist Zeit. Mit dem Budget 10 lässt es sich nachprüfen.",
    "Ein häufiger Fehler: T bleibt eingeschaltet, wenn der Schüler angewendet wird. T gehört zum Training; bei der Anwendung ist T = 1. (Die wahrscheinlichste Klasse ist in beiden Fällen dieselbe, die Wahrscheinlichkeiten sind es nicht.)",
  ],
  check: {
    ask: "Die Logits zweier Klassen liegen um 8 auseinander: Was macht T = 4 aus dem Verhältnis ihrer Wahrscheinlichkeiten?",
    options: ["e^8, unverändert", "e^2", "8 / 4 = 2"],
    why: "Geteilt werden die Logits, nicht die Wahrscheinlichkeiten: Das Verhältnis ist e hoch 8 / 4.",
  },
};
