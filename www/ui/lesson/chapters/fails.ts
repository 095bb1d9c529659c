import type { Chapter } from "../model";

export const fails: Chapter = {
  id: "9",
  title: "When it fails",
  minutes: 6,
  predict: {
    ask: "A student of 6 hidden units, all 1,000 labels, T = 4. What does distillation do to it?",
    options: ["a gain, as it needs help most", "nothing", "a loss"],
  },
  run: { label: "Repeat with 12 seeds", set: { preset: "tiny-student" }, seeds: 12, budgets: true },
  text: [
    "A student too small. With 6 {term:hidden units} it changes by {claim:tiny-student/gain, 6 units, T = 4} at T = 4 and {claim:tiny-student/gain, 6 units, T = 20} at T = 20; with 8 units by {claim:tiny-student/gain, 8 units, T = 4} and {claim:tiny-student/gain, 8 units, T = 20}. In the steps that it has, it tries to copy all shades of ten classes and gets none quite right; labels ask for less.",
    "Nothing to add. Where all 1,000 images keep their labels, labels say enough: {claim:all-labels/gain at T = 1} at T = 1, {claim:all-labels/gain at T = 4} at T = 4. MNIST with all labels and 16 hidden units: {claim:mnist10k-all-labels/gain at T = 20} at T = 20.",
    "A better teacher that teaches worse. Label smoothing makes this teacher more accurate, {claim:smoothed-teacher/teacher} against {claim:fifty-digits/teacher}, and its student gains {claim:smoothed-teacher/gain at T = 4} at T = 4, where the other one's gains {claim:fifty-digits/gain at T = 4}: smoothing has wiped out the differences among the wrong classes, which are what is learned from.",
    "Nothing to learn. With labels drawn at random teacher and students end where guessing ends, {claim:notebook-repaired/teacher with random labels} of two classes, and the gain is {claim:notebook-repaired/gain with random labels}. A table of such figures still has a best row; only the intervals give it away.",
    "A border that winds. Two spirals lie close together; at T = 4 the student changes by {claim:spirals/gain at T = 4}. The panel of boundaries shows where it gives in.",
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
