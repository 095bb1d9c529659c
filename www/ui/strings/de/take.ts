/** Files to take home, and runs that are loaded again. */
import type { take as english } from "../en/take";
import type { Translated } from "../translated";

export const take: Translated<typeof english> = {
  take: "Zum Mitnehmen",
  take_why:
    "Alles zu diesem Experiment als Dateien: zum Zeichnen, zum Laden in Python, zum Ausführen anderswo, zum Abgeben.",
  take_open: "Dateien zeigen",
  take_close: "Dateien verbergen",
  file: "Datei",
  keras_file: "Keras-3-Skript",
  keras_for: "dasselbe Experiment in Keras, mit JAX, TensorFlow oder PyTorch: anderer Zufall, gleiche Statistik",
  pytorch_file: "PyTorch-Skript",
  pytorch_for: "dasselbe Experiment in PyTorch, ebenso",
  notebook_file: "Jupyter-Notebook",
  notebook_for: "das Keras-Skript in Zellen mit seinen Erklärungen",
  json_file: "Lauf (JSON)",
  json_for: "Einstellungen, alle Zahlen, Kurven und Digest; lässt sich wieder laden",
  csv_file: "Kurven (CSV)",
  csv_for: "eine Zeile für jeden Punkt, für eine Tabelle oder pandas",
  weights_file: "Gewichte (safetensors)",
  weights_for: "jedes Gewicht jedes Modells, für Python; Einstellungen und Digest stehen darin",
  after_run: "nach einem Lauf",
  load_run: "Einen Lauf laden",
  load_why:
    "Übernimmt die Einstellungen eines gespeicherten Laufs, trainiert noch einmal und vergleicht den Digest: Gleiche Digests sind gleiche Gewichte, auf das Bit.",
  load_paste: "… oder sein JSON einfügen",
  load: "Laden und ausführen",
  loading: "Läuft, wie die Datei es beschreibt",
  load_same: "Derselbe Digest: Jedes Gewicht ist auf das Bit gleich.",
  load_other: "Ein anderer Digest als in der Datei: Die Gewichte unterscheiden sich.",
  load_version: "Die Datei stammt von einer anderen Version der Rechenmaschine",
  load_given_up: "Der Lauf wurde abgebrochen, bevor verglichen werden konnte.",
  in_file: "in der Datei",
  found: "gefunden",
};
