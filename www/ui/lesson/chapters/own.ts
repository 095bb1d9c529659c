import type { Chapter } from "../model";

export const own: Chapter = {
  id: "12",
  title: "Your own data; take it home",
  minutes: 6,
  predict: {
    ask: "A table of yours: 600 rows, all with labels, 20 columns. Will a small student gain by distillation?",
    options: ["surely", "perhaps a little; it has to be measured", "surely not"],
  },
  run: {
    label: "Open the panels for your data and to take a run home",
    set: { preset: "fifty-digits" },
    seeds: 1,
    open: { ownData: true, take: true },
  },
  text: [
    "Give a table as text: a row for a sample, a column with the class. It is read on your machine and goes nowhere. What was guessed, the header, the delimiter, which column holds the label, is shown and can be changed; columns are standardised by the training part alone, since whoever uses the test rows for that has looked at them.",
    "Then ask in this order. How good is the teacher: if it is hardly better than the student alone, it has nothing to hand on. How much do labels leave open: few labels or many rows without one are where gains came from in these chapters. Repeat with 12 seeds before you believe a difference. Only then sweep T and alpha.",
    "Take the run home as a script for Keras or PyTorch or as a notebook: the same networks, losses and settings, with random numbers of their own, so that figures agree within their intervals and not to the digit. The weights come as safetensors, curves and results as CSV and JSON; that JSON, loaded here again, gives the same digest, and so does the link.",
    "When you write it in your own code, check what the notebook of chapter 10 got wrong: the teacher's outputs are used; {term:logits} are divided by T, not probabilities; the soft term has its T²; the KL divergence is summed over classes and averaged over samples; soft targets stay with their samples when batches are shuffled; T = 1 when the student is used.",
  ],
  check: {
    ask: "Which figure belongs beside the distilled student's accuracy in a report?",
    options: [
      "the teacher's accuracy alone",
      "the same student's, trained alone under the same seeds, with the interval of the difference",
      "the best of all seeds",
    ],
    answer: 1,
    why: "Without it nobody can tell what distillation has added, nor whether it is more than luck.",
  },
  sources: [
    {
      title: "Stanton et al. 2021: Does knowledge distillation really work?",
      url: "https://arxiv.org/abs/2106.05945",
    },
  ],
};
