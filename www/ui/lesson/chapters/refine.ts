import type { Chapter } from "../model";

export const refine: Chapter = {
  id: "5",
  title: "Refine",
  minutes: 3,
  predict: {
    ask: "After distilling, the student trains 500 more steps on its 50 hard labels alone. What becomes of its accuracy?",
    options: ["it rises", "it stays about the same", "it falls back to the student alone"],
  },
  run: {
    label: "Distil, then refine for 500 steps",
    set: { preset: "fifty-digits", refine: { steps: 500 } },
    seeds: 1,
  },
  text: [
    "Refining goes on training the distilled student with {term:hard labels} alone. It is a common last step where labels are good and plenty. Here they are few, and the student gets nearly all of its 50 images right before it begins: there is little left for the labels to say about those, and nothing about any others.",
    "It costs accuracy. Over 12 seeds the distilled student reads {claim:fifty-digits/distilled, T = 20} of the test digits, and after 500 steps of refining {claim:fifty-digits/refined for 500 steps after T = 20}; the student alone reads {claim:fifty-digits/alone}. Hard labels ask for certainty, and in growing certain on 50 images the student gives up part of what the soft targets had taught it.",
    "The refined student starts from the distilled one's weights with a fresh optimiser. Set refine.steps to other values and press *Repeat × 12* to see how fast the gain goes.",
  ],
  check: {
    ask: "When would you expect refining to help?",
    options: [
      "always",
      "when labels are many and the teacher is sometimes wrong",
      "when the student is already right on all of its images",
    ],
    answer: 1,
    why: "Hard labels can correct the teacher only where they say something the student does not fit yet.",
  },
  sources: [{ title: "Hinton, Vinyals, Dean 2015, section 2", url: "https://arxiv.org/abs/1503.02531" }],
};
