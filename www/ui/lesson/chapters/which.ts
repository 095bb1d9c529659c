import type { Chapter } from "../model";

export const which: Chapter = {
  id: "7",
  title: "Which temperature?",
  minutes: 6,
  predict: {
    ask: "50 labelled images, T from 1 to 20. Where does the distilled student read the test digits best?",
    options: ["at T = 1", "near T = 4, less above", "it grows, then levels off"],
  },
  run: {
    label: "Sweep the temperature",
    set: { preset: "fifty-digits" },
    seeds: 1,
    budgets: true,
    sweep: { over: "distillation.temperature", values: [1, 2, 4, 8, 20], seeds: 12 },
  },
  text: [
    "With 50 images the gain is {claim:fifty-digits/gain at T = 1} at T = 1, {claim:fifty-digits/gain at T = 2} at T = 2, {claim:fifty-digits/gain at T = 4} at T = 4, {claim:fifty-digits/gain at T = 8} at T = 8 and {claim:fifty-digits/gain at T = 20} at T = 20. It rises steeply first and hardly at the end: from T = 4 on the intervals overlap, and the sweep panel names a best point only where the paired differences allow it.",
    "The best temperature belongs to a task, not to distillation. Forty values of a made-up signal in place of images: {claim:mnist1d/gain at T = 1} at T = 1, {claim:mnist1d/gain at T = 4} at T = 4, {claim:mnist1d/gain at T = 20} at T = 20. On two spirals a high one does harm: {claim:spirals/gain at T = 1} at T = 1, {claim:spirals/gain at T = 4} at T = 4.",
    "It belongs to a budget, too. Softer targets take longer to learn: with 600 steps in place of 2,000 the gain at T = 20 is {claim:short-training/gain at T = 20}.",
    "One caution about this very page: it compares temperatures on the test images. Whoever takes the best of five there has looked at the test set five times, and the winner looks better than it is. For a figure to be reported, choose T on images set aside for that, then measure once on the test set.",
  ],
  check: {
    ask: "T = 8 ends 0.4 points above T = 4; their paired difference is 0.4 ± 0.6. Which one is better?",
    options: ["T = 8", "T = 4", "these runs do not tell"],
    answer: 2,
    why: "The interval of the difference holds 0. Take either, or run more seeds if 0.4 points matter to you.",
  },
  sources: [
    { title: "Hinton, Vinyals, Dean 2015, section 3", url: "https://arxiv.org/abs/1503.02531" },
    {
      title: "Cawley, Talbot 2010: On over-fitting in model selection",
      url: "https://www.jmlr.org/papers/v11/cawley10a.html",
    },
  ],
};
