import type { Chapter } from "../model";

export const notebook: Chapter = {
  id: "10",
  title: "The notebook's four bugs",
  minutes: 6,
  predict: {
    ask: "A notebook reports 0.555 for the teacher and 0.525 for its student, on two classes. What do these figures say?",
    options: ["the student keeps most of the teacher's skill", "both have learned a little", "nothing: they are noise"],
  },
  run: { label: "Run the notebook as written, 12 seeds", set: { preset: "notebook-as-written" }, seeds: 12 },
  text: [
    "A notebook that goes from hand to hand trains a teacher 10-64-2 and a student 10-32-2 on 1,000 rows, and calls it distillation. It has four bugs; this preset computes it as it stands.",
    "First, the teacher's predictions are computed and then never used: the student learns from labels. Second, its loss divides *probabilities* by T and puts them through softmax again: {math:notebook}. What goes into the outer softmax lies between 0 and 1/T, so its output stays close to one half and the loss can't fall far below ln 2 = 0.693, whatever is learned. In the last epoch it stands at {claim:notebook-as-written/student's training loss, last epoch}.",
    "Third, the labels are drawn at random: there is nothing to learn. The teacher's test accuracy over 12 seeds is {claim:notebook-as-written/teacher's test accuracy}, the student's {claim:notebook-as-written/student's test accuracy}. Its training accuracy of {claim:notebook-as-written/teacher's training accuracy, last epoch} is memory, not skill. Fourth, an import is missing, so that as printed it does not even start.",
    "Now mend it one bug at a time, from the preset *notebook-repaired*. With data.name set back to notebook, random labels, the right loss and a teacher that is used change nothing: the student alone reads {claim:notebook-repaired/alone with random labels}. With labels that follow a rule and distillation.method set back to notebook_as_written, the student does learn, {claim:notebook-repaired/distilled with the notebook's loss}, though its training loss says {claim:notebook-repaired/training loss with the notebook's loss}, hardly below ln 2: the order of the classes is still right, the loss no longer tells how right. But the teacher's {term:soft targets} have no part in it.",
    "With all four mended the teacher reads {claim:notebook-repaired/teacher}, the student alone {claim:notebook-repaired/alone}, and distillation adds {claim:notebook-repaired/gain}: every label is there, so there is little to add. A repaired experiment may well say no.",
  ],
  check: {
    ask: "Why can the broken loss not fall?",
    options: [
      "the learning rate is too low",
      "softmax of probabilities divided by 5 is nearly even whatever the logits are",
      "the student is too small",
    ],
    answer: 1,
    why: "With inputs between 0 and 0.2 the two classes can differ by a factor of e^0.2 = 1.22 at most.",
  },
  sources: [
    {
      title: "Hinton, Vinyals, Dean 2015, section 2: what the loss should be",
      url: "https://arxiv.org/abs/1503.02531",
    },
  ],
};
