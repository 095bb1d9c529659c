/** German for what is refused, from where it was given, what it was and what is allowed. */
import type { Allowed } from "../../shared/allowed";
import type { DistillError } from "../../shared/errors";

/** An error of which no value is to blame stays as the engine says it. */
export function refusalInGerman({ path, message, got, allowed }: DistillError): string {
  return allowed ? sentence(path || "Einstellungen", got, allowed) : message;
}

function sentence(where: string, got: unknown, allowed: Allowed): string {
  const value = given(got);
  const says = (words: string, what = value): string => `${where}: gegeben ${what}; erlaubt: ${words}`;
  switch (allowed.kind) {
    case "keys":
      return `${where}: unbekannter Name; gegeben ${value}; hier erlaubt: ${allowed.keys.join(", ")}`;
    case "object":
      return says("ein Objekt");
    case "json":
      return `${where}: kein JSON: ${allowed.why}; erlaubt: ein JSON-Objekt`;
    case "each_key_once":
      return says("jeder Name einmal", `${value} Werte`);
    case "version":
      return says(`${allowed.version}; eine spätere Version liest ein neueres distill-lab`);
    case "up_to":
      return says(`höchstens ${allowed.max} (${allowed.field})`);
    case "available":
      return says(`höchstens ${allowed.max}, mehr hat dieser Datensatz nicht`);
    case "count":
      return says(range(allowed.min, allowed.max), COUNTED[allowed.of](value));
    case "point":
      return says("drei Zahlen [x; y; Klasse], die Klasse 0 oder 1");
    case "coordinates":
      return says(`x und y von ${given(allowed.min)} bis ${given(allowed.max)}`);
    case "count_of_points":
      return says(`${allowed.count}, denn data.points hat ${allowed.points}`);
    case "classes":
      return says(`Klassen von 0 bis ${allowed.classes - 1}`);
    case "each_class_once":
      return says(`jede Klasse einmal und höchstens ${allowed.classes - 1} der ${allowed.classes}`);
    case "fewer_classes":
      return says(
        "weniger Klassen oder ein größeres transfer.size",
        `${value}, was keines der ${allowed.samples} Beispiele übrig lässt`,
      );
    case "some_labelled":
      return says(
        "train oder ein transfer.labelled von mindestens 1",
        `${value}, doch dort gibt es keine Klasse zu lernen`,
      );
    case "plane":
      return says("einer mit zweien, etwa spirals", `ein Datensatz mit ${value} Merkmalen`);
    case "hash":
      return says("16 hexadezimale Ziffern, wie die Seite sie nennt, wenn man unter „Eigene Daten“ eine Tabelle wählt");
    case "table_shape":
      return says(
        `vier Zahlen: Zeilen (${allowed.min_rows} bis ${allowed.max_rows}), Merkmale (1 bis ${allowed.max_features}), wie viele davon Zahlen sind, Klassen (2 bis ${allowed.max_classes})`,
      );
    case "shape_of_table":
      return says(`${given(allowed.shape)}, so ist die Tabelle mit diesem Hash`);
    case "table_rows":
      return says(`zusammen ${allowed.rows}, so viele hat die Tabelle`, `${value}, mit ${allowed.test} zum Testen`);
    case "table_read":
      return "Export: Wie diese Tabelle gelesen wurde, ist hier nicht bekannt, also kann es kein Skript wiederholen; erlaubt: die Tabelle zuerst angeben (auf der Seite unter „Eigene Daten“, auf der Befehlszeile mit --table)";
    case "needed": {
      const content = allowed.hash === undefined ? "" : ` (Inhalt ${allowed.hash})`;
      return `${where}: ${allowed.name}${content} gehört nicht zur Engine und muss zuerst angegeben werden`;
    }
    case "content":
      return says(
        `Inhalt ${allowed.hash}, mit einer Klasse und endlichen Merkmalen (oder fehlenden) für jedes Beispiel`,
        got === null ? "unvollständiger Inhalt" : `Inhalt ${String(got)}`,
      );
    case "axes":
      return says("ein Feld oder zwei verschiedene");
    case "swept_field":
      return says(`ein Feld mit Zahlen, Wörtern oder einem Schalter: ${allowed.fields.join(", ")}`);
    case "results":
      return says("eine Liste mit mindestens einem Ergebnis");
    case "hidden_layer": {
      const { network, layer, layers } = allowed;
      const wanted = layer === 0 ? "einer verdeckten Schicht" : `der verdeckten Schicht ${layer}`;
      return says(`mit ${wanted} in ${network}.hidden, das ${layers} hat`);
    }
    case "done":
      return "Das Experiment ist noch nicht zu Ende";
    case "clock":
      return "Die Uhr dieses Geräts steht still: Zeiten lassen sich nicht messen";
    case "finite":
      return `${allowed.model}: Der Verlust wurde in Schritt ${allowed.step} ${String(got)}; mit einer kleineren Lernrate bleibt er endlich`;
    case "template_line":
      return `Vorlage: ${value} ist nicht zu lesen`;
    case "integer":
      return says(`eine ganze Zahl von ${allowed.min} bis ${allowed.max}`);
    case "number":
      return says(`eine Zahl von ${given(allowed.min)} bis ${given(allowed.max)}`);
    case "boolean":
      return says("true oder false");
    case "choice":
      return says(`eines von ${allowed.choices.join(", ")}`);
    case "integers":
      return says(`eine Liste von höchstens ${allowed.max_items} ganzen Zahlen von ${allowed.min} bis ${allowed.max}`);
    case "points":
      return says(
        `eine Liste von höchstens ${allowed.max_items} Punkten [x; y; Klasse], x und y von ${given(allowed.min)} bis ${given(allowed.max)}, die Klasse 0 oder 1`,
      );
    case "text":
      return says(`ein Text von höchstens ${allowed.max_length} Zeichen`);
    case "plain":
      return says("Zahlen, Texte, Listen und einfache Objekte");
    case "parts":
      return says(`höchstens ${allowed.max} Einträge, Namen und Zeichen zusammen`, "zu viel");
    case "depth":
      return says(`höchstens ${allowed.max} Listen oder Objekte ineinander`, "zu viel");
    case "function":
      return says("eine Funktion");
    case "any_number":
      return says("eine Zahl");
    case "feature_numbers":
      return says("eine Liste von Zahlen, eine für jedes Merkmal");
    case "value_lists":
      return says("eine Liste von Zahlen, Wörtern oder Schaltern für ein Feld, eine Liste solcher Listen für zwei");
    case "ask":
      return says(`ein Objekt mit ${allowed.keys.join(", ")}`);
    case "model":
      return says("der Name eines Modells, etwa student_alone");
    case "trainings":
      return says(
        `höchstens ${allowed.max} Trainings`,
        `${allowed.seeds} Seeds an ${allowed.points} Stellen, ${value} Trainings`,
      );
    case "seeds":
      return says(`eine ganze Zahl von 1 bis ${allowed.max} oder eine Liste von so vielen Seeds`);
    case "each_seed_once":
      return says("jeder Seed einmal", `${value} zweimal`);
    case "seeds_from":
      return says(`bis ${allowed.max}`, `${value} ab ${allowed.first}`);
    case "result":
      return says("ein Ergebnis, wie run() es gibt");
    case "saved":
      return says(SAVED[allowed.part]);
    case "parameter":
      return `${where}: unbekannter Parameter; erlaubt: ${allowed.meant}`;
    case "words":
      return says(`${allowed.words.join(", ")}, mit Kommas dazwischen`);
    case "language":
      return says(`${allowed.languages.join(" oder ")}, auch mit einer Region, etwa de-AT`);
    case "over":
      return says(
        "der Pfad eines Felds mit Zahlen, Wörtern oder einem Schalter, etwa distillation.temperature, oder zwei verschiedene mit einem Komma dazwischen",
      );
    case "sweep_values":
      return says(
        `Zahlen oder Wörter mit Kommas dazwischen oder ein Bereich wie ${allowed.example}; für zwei Felder ein Semikolon zwischen ihren Listen`,
      );
    case "link_form":
      return says(
        `${allowed.form} (der Link stammt von einer neueren Version dieser Seite: neu laden)`,
        `ein Link der Form ${value}`,
      );
    case "newer_browser":
      return `${where}: Dieser Browser kann kurze Links nicht öffnen; erlaubt: ein neuerer Browser oder der lange Link`;
    case "whole_link":
      return says("einer, wie er kopiert wurde", "ein beschädigter oder abgeschnittener kurzer Link");
  }
}

const SAVED = {
  run: "ein JSON-Objekt, wie diese Seite einen Lauf speichert",
  runs: "das JSON eines Laufs: ein Eintrag dieser Liste",
  config: "die Einstellungen des Laufs, ein Objekt",
  digest: "16 hexadezimale Ziffern",
  engine_version: "die Version der Engine, die ihn rechnete",
};

const COUNTED: Record<Extract<Allowed, { kind: "count" }>["of"], (count: string) => string> = {
  bytes: (count) => `${count} Bytes Text`,
  parameters: (count) => `ein Netz mit ${count} Parametern`,
  points: (count) => `${count} Punkte`,
  values: (count) => `${count} Werte`,
  cells: (count) => `${count} Zellen`,
  numbers: (count) => `${count} Zahlen`,
};

function range(min: number, max: number): string {
  if (min === 0) return `höchstens ${max}`;
  return min === max ? String(max) : `${min} bis ${max}`;
}

/** A value as German writes it: decimal commas, and so semicolons in lists. A text is quoted as it was given. */
function given(got: unknown): string {
  if (typeof got === "number") return String(got).replace(".", ",");
  return Array.isArray(got) ? `[${got.map(given).join("; ")}]` : plain(got);
}

/** As JSON has it; a value that JSON does not have, `[object Kind]` where it was taken down, by its kind. */
function plain(got: unknown): string {
  const kind = typeof got === "string" ? /^\[object (.+)\]$/.exec(got)?.[1] : undefined;
  if (kind === undefined) return JSON.stringify(got ?? null);
  return kind === "Undefined" ? "nichts" : kind;
}
