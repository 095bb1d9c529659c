import type { Chapter } from "../model";

export const without: Chapter = {
  id: "8",
  title: "Without labels, without a whole class",
  minutes: 5,
  predict: {
    ask: "50 images with labels, 950 without. The teacher may answer for all. What helps the student more?",
    options: ["its soft targets, at T = 4", "only its one best class for each image", "both as much"],
  },
  run: { label: "Repeat with 12 seeds", set: { preset: "unlabelled" }, seeds: 12 },
  text: [
    "An image without a label has no {term:cross-entropy}, but the teacher has an answer for it: the soft term is all that it needs. The student alone, with its 50 labels, reads {claim:unlabelled/alone}; distilled at T = 4 it gains {claim:unlabelled/gain at T = 4}{says:unlabelled-gains}.",
    "Is that the softness? The control says no. Where each image gets the teacher's best class as a hard label (see {term:hard labels}), the gain is {claim:unlabelled/control: the teacher's hard labels}. Soft targets less hard ones, seed by seed: {claim:unlabelled/T = 4 minus the teacher's hard labels} after 900 steps{says:unlabelled-soft-minus-hard}, {claim:unlabelled/T = 4 minus the teacher's hard labels, ten times the steps} after ten times as many. 950 more images with nearly right labels are worth more than the shades in them. Compare chapter 6: with the same 50 images for both, hard labels of the teacher give {claim:fifty-digits/control: the teacher's hard labels}, and all of the gain is softness.",
    "A class that is missing altogether is the other way round. No hard label ever says 3 if no 3 is there, so a student alone recognises {claim:unseen-digit/3s recognised: alone} of them; at T = 4 a distilled one recognises {claim:unseen-digit/3s recognised at T = 4}{says:unseen-digit-is-read}, learned from how much a 3 other digits are.",
    "How much is said about the missing class depends on the teacher. On MNIST at T = 1, after 2,500 steps, the student recognises {claim:mnist10k-unseen-digit/3s recognised at T = 1} of the 3s; where the teacher stops after 800 steps in place of 1,250, hardly less accurate, {claim:mnist10k-unseen-digit/3s recognised at T = 1, the teacher stopped after 800 steps}{says:mnist-early-teacher-says-more}. The longer it learns, the surer it is, and the less it says about what else an image could be. A longer student's training makes up for it: ten times the steps, {claim:mnist10k-unseen-digit/3s recognised at T = 1, ten times the steps}.",
  ],
  check: {
    ask: "You have 10,000 images without labels and a good teacher. What should you compare distillation with?",
    options: [
      "a student trained on the labelled images alone",
      "a student trained on the teacher's hard labels of all images",
      "the teacher",
    ],
    answer: 1,
    why: "It sees the same images. Only what soft targets gain beyond that is owed to softness.",
  },
  sources: [
    { title: "Hinton, Vinyals, Dean 2015, section 3", url: "https://arxiv.org/abs/1503.02531" },
    { title: "Xie et al. 2020: Self-training with noisy student", url: "https://arxiv.org/abs/1911.04252" },
  ],
};
