import type { Chapter } from "../model";

export const why: Chapter = {
  id: "1",
  title: "Why a smaller model",
  minutes: 4,
  predict: {
    ask: "A small network sees only 50 labelled digits. How many of 100 new digits will it read?",
    options: ["about 50", "about 65", "about 80", "about 95"],
  },
  run: { label: "Train teacher and students", set: { preset: "fifty-digits" }, seeds: 1 },
  text: [
    "A large network is easy to train well and costly to use: every answer needs all of its weights, on a phone as much as on a server. A small one answers with a tenth of the work, and learns less from the same examples. Look at the columns for parameters and multiply-adds in the scoreboard: here the teacher has more than ten times as many as the student.",
    "Distillation trains the small network, the student, on what the large one, the teacher, says about each image, instead of on the bare label. The teacher has read 1,000 images and gets {claim:fifty-digits/teacher} of the test digits right. The student alone sees 50 of them and gets {claim:fifty-digits/alone}. The same student, the same 50 images and the same initial weights, but with the teacher's {term:soft targets}, gains {claim:fifty-digits/gain at T = 20}{says:fifty-gain-t20}.",
    "Is that magic? No: the teacher has seen more data, and passes on some of what it learned there. When this student may see all the labelled images itself, nothing is left to gain; a preset shows that, too (gain at T = 4 after 900 steps: {claim:all-labels/gain at T = 4}{says:all-labels-loses}).",
  ],
  check: {
    ask: "What does the distilled student have that the student alone has not?",
    options: ["more weights", "more images", "the teacher's probabilities for the same images"],
    answer: 2,
    why: "Both have the same 50 images, the same number of weights, even the same initial weights. Only the targets differ.",
  },
  sources: [
    {
      title: "Hinton, Vinyals, Dean 2015: Distilling the knowledge in a neural network",
      url: "https://arxiv.org/abs/1503.02531",
    },
    {
      title: "Buciluă, Caruana, Niculescu-Mizil 2006: Model compression",
      url: "https://doi.org/10.1145/1150402.1150464",
    },
  ],
};
