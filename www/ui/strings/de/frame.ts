/** The page around its panels. */
import type { frame as english } from "../en/frame";
import type { Translated } from "../translated";

export const frame: Translated<typeof english> = {
  stage: "Bühne",
  title: "Wissensdestillation zum Ausprobieren",
  what: "Ein großes Netz, der Lehrer, gibt mehr weiter als seine Antworten: Ein kleines, der Schüler, lernt daraus, wie sicher sich der Lehrer bei jeder Klasse ist.",
  ten_times: "Zehnmal so viele Schritte:",
  settings: "Einstellungen",
  more: "Alle Einstellungen",
  preset: "Vorlage",
  changed: "geändert",
  changed_from: "Nicht mehr wie in dieser Vorlage:",
  dismiss: "Schließen",
  lesson: "Lektion",
  share: "Link kopieren",
  copied: "Link kopiert",
  printed: "Link zu diesem Stand",
  problem: "Die Adresse enthält einen unbrauchbaren Wert",
  crashed: "Die Rechenmaschine brach ab und wurde neu gestartet; bitte noch einmal starten.",
  not_fetched: "Ein Teil dieser Seite ließ sich nicht laden.",
  new_version: "Es gibt eine neue Fassung dieser Seite.",
  reload: "Neu laden",
  later: "Später",
  close: "Schließen",
};
