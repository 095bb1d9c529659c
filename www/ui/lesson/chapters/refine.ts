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
    "It costs accuracy. Over 12 seeds the distilled student reads {claim:fifty-digits/distilled, T = 20} of the test digits; after 10 steps of refining {claim:fifty-digits/refined for 10 steps after T = 20}, after 500 {claim:fifty-digits/refined for 500 steps after T = 20}{says:refining-fifty-costs}; the student alone reads {claim:fifty-digits/alone}. Hard labels ask for certainty, and in growing certain on 50 images the student gives up part of what the soft targets had taught it. (That so few steps cost anything may be the fresh optimiser, whose first steps are large.)",
    "Where all 1,000 images have their labels it helps: distilled at T = 4 the student reads {claim:all-labels/distilled at T = 4}, after 900 steps of refining {claim:all-labels/refined for 900 steps after T = 4}{says:refining-all-labels-helps}. But it has had 900 steps more. A student alone with the same steps more, and the same fresh optimiser, reads {claim:all-labels/alone, with the same 900 steps more}; the difference, seed by seed, is {claim:all-labels/refined minus alone with the same steps}{says:refined-minus-alone-all-labels}. Without that control the steps would pass for the teacher's merit.",
    "Set refine.steps to other values and press *Repeat × 12* to see how the gain goes.",
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
