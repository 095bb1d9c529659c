import type { Chapter } from "../model";

export const teacher: Chapter = {
  id: "2",
  title: "The teacher",
  minutes: 4,
  predict: {
    ask: "A teacher trained with label smoothing reads more digits right. Will its student gain more, too?",
    options: ["more", "the same", "less"],
  },
  run: { label: "Distil from a smoothed teacher, 12 seeds", set: { preset: "smoothed-teacher" }, seeds: 12 },
  text: [
    "The teacher is a network of two layers with 128 {term:hidden units} each, trained on {term:hard labels} by {term:cross-entropy}. After training it is left as it is; only its answers are used. Its output is ten {term:logits}, one a class.",
    "A good teacher is not simply one with high accuracy. Training with label smoothing (every label gives a little to all classes) makes this teacher better, {claim:smoothed-teacher/teacher} instead of {claim:fifty-digits/teacher}{says:smoothed-better-teacher}. Yet at T = 20 its student gains only {claim:smoothed-teacher/gain at T = 20} where the plain teacher's student gains {claim:fifty-digits/gain at T = 20}; seed by seed that is {claim:smoothed-teacher/at T = 20, minus a teacher without smoothing}{says:smoothed-worse-student}. At T = 1 nothing is lost in these 2,000 steps: {claim:smoothed-teacher/at T = 1, minus a teacher without smoothing}{says:smoothed-no-harm-at-t1}; in ten times as many something is: {claim:smoothed-teacher/at T = 1, minus a teacher without smoothing, ten times the steps}.",
    "Müller, Kornblith and Hinton explained it so: smoothing pulls the images of a class together and wipes out which wrong class was nearly right, which is what the student would have learned from. Shen and others found smoothed teachers that taught as well as others; Chandrasegaran and others showed that both occur, and that a high temperature brings out the harm. Here it shows at once at a high temperature, and late at T = 1. A larger or more accurate teacher is not always a better one: judge it by its student.",
  ],
  check: {
    ask: "What makes a teacher useful to a student?",
    options: [
      "accuracy above all",
      "what it says about the wrong classes, on top of being right",
      "a low training loss",
    ],
    answer: 1,
    why: "An accurate teacher that says the same about all wrong classes tells the student little more than the label does.",
  },
  sources: [
    {
      title: "Müller, Kornblith, Hinton 2019: When does label smoothing help?",
      url: "https://arxiv.org/abs/1906.02629",
    },
    {
      title: "Shen et al. 2021: Is label smoothing truly incompatible with knowledge distillation?",
      url: "https://arxiv.org/abs/2104.00676",
    },
    {
      title: "Chandrasegaran et al. 2022: Revisiting label smoothing and knowledge distillation compatibility",
      url: "https://arxiv.org/abs/2206.14532",
    },
  ],
};
