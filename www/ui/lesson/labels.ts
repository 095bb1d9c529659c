/** What the lesson says around its chapters. */
export const LABELS = {
  chapters: "Chapters",
  minutes: "min",
  predict: "Predict",
  you_said: "You said",
  this_run: "This run",
  alone: "alone",
  distilled: "distilled",
  threes: "3s recognised",
  refined: "refined",
  check: "Check",
  right: "Yes.",
  wrong: "Not quite.",
  sources: "Sources",
  next: "Next",
  points: "points",
  figure: "mean and 95 % interval over 12 seeds, by",
  this_engine: "this engine",
  press: "Press to run it with one seed.",
};

export type Labels = Readonly<Record<keyof typeof LABELS, string>>;
