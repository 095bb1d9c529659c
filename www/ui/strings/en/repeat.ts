/** Repeats: what the seeds say, pair by pair. */
export const repeat = {
  repeat_other: "The repeat was made with other settings:",
  pairs: "Seed by seed",
  covers: "The interval covers",
  covers_seeds: "other seeds",
  covers_images: "other seeds and test samples",
  covers_drawn: "other seeds and test samples, which each seed draws",
  crossed: "seeds crossed with test samples, 95 %",
  pairs_why: "Each line is one seed: from its student alone to its distilled student.",
  repeat_go: "Repeat",
  gain_points: "gain, points",
  of_other: "These results are of other settings than those above",
  of_these: "Of these settings, from this seed on",
  pairs_help: "Point at a seed, or focus the picture and press arrow keys, to read it.",
};
