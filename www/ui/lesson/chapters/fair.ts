import type { Chapter } from "../model";

export const fair: Chapter = {
  id: "6",
  title: "A fair comparison: seeds and intervals",
  minutes: 6,
  predict: {
    ask: "All 1,000 images keep their labels. What does distillation at T = 4 change in 900 steps?",
    options: ["a clear gain", "no gain, or a small loss", "a large loss"],
  },
  run: { label: "Repeat with 12 seeds", set: { preset: "all-labels" }, seeds: 12 },
  text: [
    "One run is an anecdote. Another {term:seed} draws other initial weights, other batches, other 50 images, and the student alone may end several points higher or lower. In a single run distillation can look better or worse by luck alone.",
    "So everything here is run over 12 {term:paired seeds}: for each seed both students start from the same weights and meet the same batches, and what counts is the difference, seed by seed. Its mean and 95 % interval are {math:interval}, with Student's t for the number of seeds. The verdict says *better* only where the interval leaves out 0. Two intervals that overlap prove nothing either way: what is tested is the interval of the paired difference.",
    "With 50 labelled images the gain at T = 4 is {claim:fifty-digits/gain at T = 4}: clear{says:fifty-gain-t4}. With all 1,000 labelled, after 900 steps, it is {claim:all-labels/gain at T = 4}: a small loss, and at T = 1 {claim:all-labels/gain at T = 1}{says:all-labels-loses}; after ten times the steps {claim:all-labels/gain at T = 4, ten times the steps}. Distillation does not always help.",
    "An interval over seeds answers: what if the weights, batches and transfer images were drawn again? The test images stay the same ones. If they are to be drawn again as well, it grows: the panel of repeats shows both, and says which it shows.",
    "A comparison also needs controls. Would any other target have done as well? The teacher's arg-max as a label gives {claim:fifty-digits/control: the teacher's hard labels}{says:fifty-hard-labels-nothing}, label smoothing on the student {claim:fifty-digits/control: label smoothing 0.1}{says:fifty-label-smoothing-costs}. So here the gain comes from what the soft targets say. With 950 unlabelled images it is different: the teacher's hard labels alone give {claim:unlabelled/control: the teacher's hard labels}, and soft targets less these, seed by seed and after 900 steps, {claim:unlabelled/T = 4 minus the teacher's hard labels}{says:unlabelled-soft-minus-hard}.",
  ],
  check: {
    ask: "Gain +0.8 ± 1.1 points over 12 seeds. What may you say?",
    options: ["distillation helps by 0.8 points", "no clear difference", "distillation does nothing"],
    answer: 1,
    why: "The interval holds 0, and it holds 1.5 as well: these runs do not decide it. That is not the same as no effect.",
  },
  sources: [
    {
      title: "Bouthillier et al. 2021: Accounting for variance in machine learning benchmarks",
      url: "https://arxiv.org/abs/2103.03098",
    },
  ],
};
