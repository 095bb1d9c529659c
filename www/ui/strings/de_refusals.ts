/** German for what the engine refuses: "T: got 0; allowed: a number from 0.1 to 100". What is not known here stays as it says it. */

/** What is allowed, by the engine's own words. */
const ALLOWED: readonly (readonly [english: RegExp, german: string])[] = [
  [/^a whole number from (\S+) to (\S+)$/, "eine ganze Zahl von $1 bis $2"],
  [/^a number from (\S+) to (\S+)$/, "eine Zahl von $1 bis $2"],
  [
    /^a list of at most (\d+) whole numbers from (\S+) to (\S+)$/,
    "eine Liste von höchstens $1 ganzen Zahlen von $2 bis $3",
  ],
  [
    /^a list of at most (\d+) points `\[x, y, class\]`, x and y from (\S+) to (\S+), the class 0 or 1$/,
    "eine Liste von höchstens $1 Punkten `[x, y, Klasse]`, x und y von $2 bis $3, die Klasse 0 oder 1",
  ],
  [/^(\d+) to (\d+) points$/, "$1 bis $2 Punkte"],
  [/^(\d+) to (\d+)$/, "$1 bis $2"],
  [/^one of (.+)$/, "eines von $1"],
  [/^true or false$/, "true oder false"],
  [/^0 or 1$/, "0 oder 1"],
  [/^a text of at most (\d+) characters$/, "ein Text von höchstens $1 Zeichen"],
  [/^at most (\d+), which is all that this data set has$/, "höchstens $1, mehr hat dieser Datensatz nicht"],
  [/^at most (\d+) \((\S+)\)$/, "höchstens $1 ($2)"],
  [/^each class once, and at most (\d+) of the (\d+)$/, "jede Klasse einmal und höchstens $1 der $2"],
  [/^at most (\d+)$/, "höchstens $1"],
  [/^classes from (\d+) to (\d+)$/, "Klassen von $1 bis $2"],
  [/^(\d+), as data\.points has (\d+)$/, "$1, denn data.points hat $2"],
  [/^(\d+) in all, as the table has$/, "zusammen $1, so viele hat die Tabelle"],
  [/^fewer classes, or a larger transfer\.size$/, "weniger Klassen oder ein größeres transfer.size"],
  [/^one field, or two different ones$/, "ein Feld oder zwei verschiedene"],
  [/^a numeric field: (.+)$/s, "ein Feld mit einer Zahl: $1"],
  // Of the address.
  [/^a chapter's number, (\d+) to (\d+)$/, "die Nummer eines Kapitels, $1 bis $2"],
  [/^(\S+) or (\S+), or with a region, such as (\S+)$/, "$1 oder $2, auch mit einer Region, etwa $3"],
  [
    /^a numeric field's path, such as (\S+), or two different ones with a comma between them$/,
    "der Pfad eines Felds mit einer Zahl, etwa $1, oder zwei verschiedene mit einem Komma dazwischen",
  ],
  [
    /^numbers with commas between them, or a range such as (.+); for two fields a semicolon between their lists$/,
    "Zahlen mit Kommas dazwischen oder ein Bereich wie $1; für zwei Felder ein Semikolon zwischen ihren Listen",
  ],
  [/^(.+), with commas between them$/, "$1, mit Kommas dazwischen"],
  [/^one JSON object$/, "ein JSON-Objekt"],
];
/** What was given, where words stand around it. */
const GOT: readonly (readonly [english: RegExp, german: string])[] = [
  [/^a network of (\d+) parameters$/, "ein Netz mit $1 Parametern"],
  [/^(\d+) values$/, "$1 Werte"],
  [/^(\d+), with (\d+) for tests$/, "$1, mit $2 zum Testen"],
  [/^(.+), which leaves none of the (\d+) samples$/, "$1, was keines der $2 Beispiele übrig lässt"],
];

const commas = (text: string): string => text.replace(/(\d)\.(?=\d)/g, "$1,");

export function refusalInGerman(message: string): string {
  const [, where = "", got = "", allowed = ""] = /^([\w.[\]-]+): got (.*); allowed: (.*)$/s.exec(message) ?? [];
  const said = ALLOWED.find(([english]) => english.test(allowed));
  if (said === undefined) return message;
  const words = GOT.find(([english]) => english.test(got));
  const given = words ? got.replace(words[0], words[1]) : got;
  // A text is quoted as it was given.
  return `${where}: gegeben ${given.includes('"') ? given : commas(given)}; erlaubt: ${commas(allowed.replace(said[0], said[1]))}`;
}
