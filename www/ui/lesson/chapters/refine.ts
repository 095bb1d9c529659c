import type { Chapter } from "../model";

export const refine: Chapter = {
  id: "5",
  title: "Refine",
  minutes: 3,
  predict: { ask: "After distilling, the student trains 500 more steps on its 50 hard labels alone. What becomes of its accuracy?", options: ["it rises", "it stays about the same", "it falls back to the student alone"] },
  run: { label: "Distil, then refine for 500 steps", set: { preset: "fifty-digits", refine: { steps: 500 } }, seeds: 1 },
  text: [
    "Refining goes on training the distilled student with {term:hard labels} alone. It is a common last step where labels are good and plenty. Here they are few, and the student already gets nearly all of its 50 right: there is little left for the labels to say.",
    "So compare the last two lines of the scoreboard, and do not stop at one run: press *Repeat × 12* and see whether the difference is larger than its interval. Refining for long enough on few labels can only bring back what training alone does; refining a little may do nothing at all. Both are worth seeing.",
    "The refined student starts from the distilled one's weights with a fresh optimiser, so its first steps are a little rough: look at the curve where it begins.",
  ],
  check: { ask: "When would you expect refining to help?", options: ["always", "when labels are many and the teacher is sometimes wrong", "when the student is already right on all of its images"], answer: 1, why: "Hard labels can correct the teacher only where they say something the student does not fit yet." },
  sources: [{ title: "Hinton, Vinyals, Dean 2015, section 2", url: "https://arxiv.org/abs/1503.02531" }],
};
