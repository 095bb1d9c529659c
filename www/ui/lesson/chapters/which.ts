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
    "With 50 images and 2,000 steps the gain is {claim:fifty-digits/gain at T = 1} at T = 1, {claim:fifty-digits/gain at T = 2} at T = 2, {claim:fifty-digits/gain at T = 4} at T = 4, {claim:fifty-digits/gain at T = 8} at T = 8 and {claim:fifty-digits/gain at T = 20} at T = 20. It rises steeply first and hardly at the end. Still, seed by seed T = 20 beats T = 4 by {claim:fifty-digits/T = 20 minus T = 4}{says:t20-beats-t4}, though the intervals of the two gains overlap: pairs tell more.",
    "That, too, belongs to its budget. With ten times the steps the gain is {claim:fifty-digits/gain at T = 1, ten times the steps} at T = 1, {claim:fifty-digits/gain at T = 4, ten times the steps} at T = 4 and {claim:fifty-digits/gain at T = 20, ten times the steps} at T = 20, and T = 20 less T = 4 is {claim:fifty-digits/T = 20 minus T = 4, ten times the steps}. With 600 steps T = 1 gains {claim:short-training/gain at T = 1} and T = 20 {claim:short-training/gain at T = 20}. So here it is the low temperature that learns slowly{says:t1-learns-slowly}; for students that are too small it is the high one (chapter 9).",
    "The best temperature belongs to a task, not to distillation. Forty values of a made-up signal in place of images, 3,000 steps: {claim:mnist1d/gain at T = 1} at T = 1, {claim:mnist1d/gain at T = 4} at T = 4, {claim:mnist1d/gain at T = 20} at T = 20; with ten times the steps {claim:mnist1d/gain at T = 1, ten times the steps}, {claim:mnist1d/gain at T = 4, ten times the steps} and {claim:mnist1d/gain at T = 20, ten times the steps}. On two spirals, after 3,000 steps, a high one does harm: {claim:spirals/gain at T = 1} at T = 1, {claim:spirals/gain at T = 4} at T = 4{says:spirals-t4-harms}; after ten times as many T = 4 gives {claim:spirals/gain at T = 4, ten times the steps}.",
    "A sweep of many points has two traps, and the panel minds both. The best of five on the test images looks better than it is, since the test set has been looked at five times: so the sweep chooses by images set aside for that (*validation*) where there are enough, and reports on the test set. And of many differences one is large by luck: which points cannot be told apart from the best is decided by Holm's procedure over all pairs.",
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
