/** Every text of the page's frame, in each language: English first; a language lacks nothing that English has. */
const en = {
  title: "Knowledge distillation, by doing it",
  what: "A large network, the teacher, passes on more than its answers: a small one, the student, learns from how sure the teacher is of every class.",
  teacher: "Teacher", alone: "Student alone", distilled: "Student distilled", refined: "Refined student",
  soft_targets: "Soft targets", student: "Students", refine: "Refine", done: "Done", in_engine: "of it in the engine",
  run: "Run", again: "Run again with another seed", pause: "Pause", resume: "Resume", step: "Step", reset: "Reset", seed: "New seed", cancel: "Cancel",
  curves: "Curves", accuracy: "test accuracy", test_loss: "test loss", train_loss: "training loss", log: "log axis", table: "Table",
  compare: "Scoreboard", one_run: "One run, seed", repeat: "Repeat × 12", gain: "Gain", better: "better by", worse: "worse by",
  points: "points", no_difference: "no clear difference", seeds: "seeds",
  temperature: "Temperature", image: "Image", label: "label", entropy: "entropy", nats: "nats",
  loss: "The student's loss on one image", sweep: "What training with each temperature gives", sweep_run: "Train at 8 temperatures",
  settings: "Settings", more: "All settings", preset: "Preset", dismiss: "Dismiss", lesson: "Lesson", share: "Copy link", copied: "Link copied",
  loss_short: "loss", agree: "agree %", parameters: "parameters", macs: "multiply-adds",
  term: "term", value: "value", gradient: "size of its gradient", without: "without T²", soft_term: "soft", hard_term: "hard", formula: "loss = α · T² · KL(teacher ‖ student) + (1 − α) · CE(label)",
  problem: "The address holds a value that cannot be used", step_of: "step", of: "of", crashed: "The engine stopped and was started afresh; run again.",
};
export type Strings = Record<keyof typeof en, string>;
const de: Strings = {
  title: "Wissensdestillation zum Ausprobieren",
  what: "Ein großes Netz, der Lehrer, gibt mehr weiter als seine Antworten: Ein kleines, der Schüler, lernt daraus, wie sicher sich der Lehrer bei jeder Klasse ist.",
  teacher: "Lehrer", alone: "Schüler allein", distilled: "Schüler destilliert", refined: "Schüler verfeinert",
  soft_targets: "Weiche Ziele", student: "Schüler", refine: "Verfeinern", done: "Fertig", in_engine: "davon rechnend",
  run: "Start", again: "Noch einmal mit anderem Seed", pause: "Pause", resume: "Weiter", step: "Schritt", reset: "Zurücksetzen", seed: "Neuer Seed", cancel: "Abbrechen",
  curves: "Kurven", accuracy: "Testgenauigkeit", test_loss: "Testverlust", train_loss: "Trainingsverlust", log: "log. Achse", table: "Tabelle",
  compare: "Ergebnis", one_run: "Ein Lauf, Seed", repeat: "12-mal wiederholen", gain: "Gewinn", better: "besser um", worse: "schlechter um",
  points: "Punkte", no_difference: "kein klarer Unterschied", seeds: "Seeds",
  temperature: "Temperatur", image: "Bild", label: "Klasse", entropy: "Entropie", nats: "nats",
  loss: "Der Verlust des Schülers bei einem Bild", sweep: "Was ein Training mit jeder Temperatur ergibt", sweep_run: "Bei 8 Temperaturen trainieren",
  settings: "Einstellungen", more: "Alle Einstellungen", preset: "Vorlage", dismiss: "Schließen", lesson: "Lektion", share: "Link kopieren", copied: "Link kopiert",
  loss_short: "Verlust", agree: "einig %", parameters: "Parameter", macs: "Multiplikationen",
  term: "Term", value: "Wert", gradient: "Größe seines Gradienten", without: "ohne T²", soft_term: "weich", hard_term: "hart", formula: "Verlust = α · T² · KL(Lehrer ‖ Schüler) + (1 − α) · CE(Klasse)",
  problem: "Die Adresse enthält einen unbrauchbaren Wert", step_of: "Schritt", of: "von", crashed: "Die Rechenmaschine brach ab und wurde neu gestartet; bitte noch einmal starten.",
};
export function strings(language: string | undefined): Strings {
  return (language ?? "en").startsWith("de") ? de : en;
}
