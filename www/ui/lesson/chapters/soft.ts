import type { Chapter } from "../model";

export const soft: Chapter = {
  id: "3",
  title: "Soft targets and temperature",
  minutes: 6,
  predict: {
    ask: "No 3 is ever shown to the student. At T = 4, how many of 100 test 3s will it recognise?",
    options: ["none", "about 20", "about 50", "about 90"],
  },
  run: { label: "Distil without any 3", set: { preset: "unseen-digit" }, seeds: 1, budgets: true },
  text: [
    "Softmax makes probabilities of {term:logits}. A trained teacher is so sure that nearly everything goes to one class, and the differences among the others, 0.0001 against 0.0000001, hardly move a student. Dividing the logits by a {term:temperature} first brings them up: {math:soft}",
    "Drag T in the panel of soft targets. At T = 1 the image is just its class. At a higher T you see what else the teacher finds in it: this 2 is a bit of a 3, hardly a 4. At a very high T all classes come out nearly alike. The {term:entropy} below the bars says how even they are. Nothing is trained while you drag; the logits are kept.",
    "How much is in these small numbers? Leave every 3 out of the {term:transfer set}. The student alone never says 3: {claim:unseen-digit/3s recognised: alone}. After 3,000 steps with soft targets at T = 1 it recognises {claim:unseen-digit/3s recognised at T = 1} of the 3s in the test set, at T = 2 {claim:unseen-digit/3s recognised at T = 2}, at T = 4 {claim:unseen-digit/3s recognised at T = 4}{says:unseen-t1-behind-t4}. It has learned what a 3 looks like from how 3-like the other digits are{says:unseen-digit-is-read}. Where the spread is wide, it depends on which teacher one has.",
    "Small numbers are learned from slowly, not never. With three times the steps T = 1 comes to {claim:unseen-digit/3s recognised at T = 1, three times the steps}, with ten times to {claim:unseen-digit/3s recognised at T = 1, ten times the steps}, T = 4 then to {claim:unseen-digit/3s recognised at T = 4, ten times the steps}. What a high temperature saves here is time. Set the budget to 10 and see.",
    "A mistake often made: leaving T on when the student is used. T belongs to training; at inference T = 1. (The arg-max is the same either way, but the probabilities are not.)",
  ],
  check: {
    ask: "A logit gap of 8 between two classes: what does T = 4 make of their ratio of probabilities?",
    options: ["e^8, unchanged", "e^2", "8 / 4 = 2"],
    answer: 1,
    why: "The logits are divided, not the probabilities: the ratio is e to the power of 8 / 4.",
  },
  sources: [{ title: "Hinton, Vinyals, Dean 2015, sections 2 and 3", url: "https://arxiv.org/abs/1503.02531" }],
};
