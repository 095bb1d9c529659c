/** Curves, scoreboard and measured speed. */
export const results = {
  curves: "Curves",
  log: "log axis",
  compare: "Scoreboard",
  one_run: "One run, seed",
  one_run_why: "Another seed gives other figures.",
  repeat: "Repeat × 12",
  agree: "agree %",
  parameters: "parameters",
  macs: "multiply-adds",
  speed: "Speed, on this machine",
  us_sample: "µs a sample",
  one_by_one: "one at a time",
  by_batches: "in batches of",
  teacher_by_student: "teacher / student",
  speed_would_be: "By its multiply-adds the student would be ",
  speed_measured: " times as fast as the teacher. Measured: ",
  speed_single: " times one at a time, ",
  speed_batches: " times in batches.",
  speed_less:
    "Less than promised, one at a time: each call of a layer has a cost that does not shrink with the layer, and rows are padded to the processor's vectors; a small network pays relatively more for both. A batch shares the cost of a call among its samples.",
  speed_as: "About as promised, one at a time: what a call costs beside its arithmetic weighs alike in both networks.",
  speed_more:
    "More than promised, one at a time: multiply-adds leave memory out, and the teacher's weights, being more, may come from a slower cache than the student's.",
};
