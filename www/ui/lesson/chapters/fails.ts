import type { Chapter } from "../model";

export const fails: Chapter = {
  id: "9",
  title: "When it fails",
  minutes: 6,
  predict: {
    ask: "A student of 6 hidden units, all 1,000 labels, T = 4, 900 steps. What does distillation do to it?",
    options: ["a gain, as it needs help most", "nothing", "a loss"],
  },
  run: { label: "Repeat with 12 seeds", set: { preset: "tiny-student" }, seeds: 12, budgets: true },
  text: [
    "A student too small, and a short budget. After 900 steps a student of 6 {term:hidden units} changes by {claim:tiny-student/gain, 6 units, T = 4} at T = 4 and {claim:tiny-student/gain, 6 units, T = 20} at T = 20{says:six-units-lose}; one of 8 units by {claim:tiny-student/gain, 8 units, T = 4} and {claim:tiny-student/gain, 8 units, T = 20}{says:eight-units-lose}. It tries to copy all shades of ten classes, and in these steps gets none quite right. With ten times the steps the loss at T = 4 is gone: {claim:tiny-student/gain, 6 units, T = 4, ten times the steps} with 6 units, {claim:tiny-student/gain, 8 units, T = 4, ten times the steps} with 8. At T = 20 a part of it stays: {claim:tiny-student/gain, 8 units, T = 20, ten times the steps} with 8; and with 4 units, which lose {claim:tiny-student/gain, 4 units, T = 20} first, still {claim:tiny-student/gain, 4 units, T = 20, ten times the steps}{says:four-units-lose}. And accuracy is not all: with 8 units at T = 4 the negative log likelihood goes from {claim:tiny-student/NLL, 8 units, alone} to {claim:tiny-student/NLL, 8 units, T = 4}, which is no worse, while fewer digits are read{says:eight-units-as-likely}.",
    "Nothing to add. Where all 1,000 images keep their labels, labels say enough here: {claim:all-labels/gain at T = 1} at T = 1, {claim:all-labels/gain at T = 4} at T = 4. MNIST with all labels and 16 hidden units, 1,500 steps: {claim:mnist10k-all-labels/gain at T = 20} at T = 20{says:mnist-all-labels-loses}; ten times the steps: {claim:mnist10k-all-labels/gain at T = 20, ten times the steps}. It need not be so: Hinton, Vinyals and Dean distilled with all labels and gained, from a large teacher that was kept from overfitting by dropout and jittered images.",
    "A better teacher that teaches worse. Label smoothing makes this teacher more accurate, {claim:smoothed-teacher/teacher} against {claim:fifty-digits/teacher}, and its student gains {claim:smoothed-teacher/gain at T = 4} at T = 4, where the other one's gains {claim:fifty-digits/gain at T = 4}; chapter 2 has the reasons given for it.",
    "Nothing to learn. With labels drawn at random teacher and students end where guessing ends, {claim:notebook-repaired/teacher with random labels} of two classes, and the gain after 320 steps is {claim:notebook-repaired/gain with random labels}{says:random-labels-nothing}. A table of such figures still has a best row; only the intervals give it away, and not always: after ten times the steps it is {claim:notebook-repaired/gain with random labels, ten times the steps}, where the truth is 0. One interval of 95 % in twenty leaves the truth out.",
    "A border that winds. Two spirals lie close together; at T = 4 and 3,000 steps the student changes by {claim:spirals/gain at T = 4}{says:spirals-t4-harms}. The panel of boundaries shows where it gives in.",
  ],
  check: {
    ask: "Your small student got worse by distillation at T = 8. What is worth trying first?",
    options: ["T = 20", "a teacher twice as large", "a lower T, or more steps or units for the student"],
    answer: 2,
    why: "Softer targets ask more of a student that is short of steps or units already. A larger teacher does not change that.",
  },
  sources: [
    {
      title: "Müller, Kornblith, Hinton 2019: When does label smoothing help?",
      url: "https://arxiv.org/abs/1906.02629",
    },
    { title: "Mirzadeh et al. 2020: Teacher assistant", url: "https://arxiv.org/abs/1902.03393" },
    {
      title: "Cho, Hariharan 2019: On the efficacy of knowledge distillation",
      url: "https://arxiv.org/abs/1910.01348",
    },
  ],
};
