/** Repeats: what the seeds say, pair by pair. */
import type { repeat as english } from "../en/repeat";
import type { Translated } from "../translated";

export const repeat: Translated<typeof english> = {
  repeat_other: "Die Wiederholung hatte andere Einstellungen:",
  pairs: "Seed für Seed",
  covers: "Das Intervall erfasst",
  covers_seeds: "andere Seeds",
  covers_images: "andere Seeds und Testbeispiele",
  covers_drawn: "andere Seeds und Testbeispiele, denn jeder Seed zieht seine eigenen",
  crossed: "Seeds und Testbeispiele gekreuzt, 95 %",
  pairs_why: "Jede Linie ist ein Seed: von seinem Schüler allein zu seinem destillierten Schüler.",
  repeat_go: "Wiederholen",
  gain_points: "Gewinn, Punkte",
  of_other: "Diese Ergebnisse gehören zu anderen Einstellungen als den obigen",
  of_these: "Zu diesen Einstellungen, ab diesem Seed",
  pairs_help: "Auf einen Seed zeigen, oder das Bild ansteuern und Pfeiltasten drücken, um ihn zu lesen.",
};
