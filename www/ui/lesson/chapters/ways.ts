import type { Chapter } from "../model";

export const ways: Chapter = {
  id: "11",
  title: "Other ways to distil",
  minutes: 5,
  predict: {
    ask: "In place of soft targets the student copies the teacher's logits, by the squared difference. With 50 labelled images and as against T = 20, it gains",
    options: ["much less", "about as much", "much more"],
  },
  run: {
    label: "Match logits, with 12 seeds",
    set: { preset: "fifty-digits", distillation: { method: "logit_matching" } },
    seeds: 12,
  },
  text: [
    "The teacher's {term:logits}, less their mean for each sample, are what soft targets become at a very high {term:temperature}: to first order the soft term's gradient is then the difference of the logits. Matching them gives {claim:fifty-digits/gain by matching logits}; T = 20 gives {claim:fifty-digits/gain at T = 20}, and the paired difference is {claim:fifty-digits/matching logits minus T = 20}{says:logits-like-t20}. There is no temperature to choose, and no way to listen less to the classes that the teacher thinks impossible.",
    "Several teachers. Three networks, started differently, whose softened outputs are averaged: they read {claim:fifty-digits/three teachers together} of the test images, one alone {claim:fifty-digits/teacher}; their student gains {claim:fifty-digits/gain with three teachers}, by pairs {claim:fifty-digits/three teachers minus one}{says:three-teachers}. One teacher leaves few errors here for the others to correct.",
    "A student of the teacher's own shape. It is no smaller, yet with 50 images it reads {claim:fifty-digits/alone, of the teacher's shape} alone and gains {claim:fifty-digits/gain, of the teacher's shape}{says:own-shape-gains}: what comes over is what the teacher saw in the other 950 images, and size has little to do with it. Repeated over generations with the same data this is called born again.",
    "Two controls tell what of it is softness. The teacher's {term:hard labels}: {claim:fifty-digits/control: the teacher's hard labels}. Labels smoothed evenly, without any teacher: {claim:fifty-digits/control: label smoothing 0.1}. Neither says which wrong classes are nearly right, and neither gains anything on these images. A third tells where the knowledge is from: a teacher that saw only the same 50 images gives, in these 2,000 steps, {claim:fifty-digits/control: a teacher that saw the same 50 images}{says:same-images-teacher}.",
    "More ways that this page trains, beside T = 20 and by pairs: the teacher's sureness and its ranking of the rest weighed apart (decoupled) {claim:fifty-digits/decoupled minus T = 20}{says:decoupled-like-t20}; a layer in between matched as well (hints) {claim:fifty-digits/hints minus T = 20}{says:hints-like-t20}; distances and angles between samples (relational) {claim:fifty-digits/relations minus T = 20}{says:relations-like-t20}. None was tuned; all are at the settings that their authors give or that these pages start from.",
  ],
  check: {
    ask: "A paper's new method gains 2 points on the student alone. What is missing?",
    options: [
      "a larger teacher",
      "soft targets at a temperature chosen with as much care, over the same seeds",
      "a comparison with the teacher",
    ],
    answer: 1,
    why: "The student alone is the lowest bar. What a method adds shows beside the simplest one, tuned as well as it was, with the interval of the difference.",
  },
  sources: [
    { title: "Ba, Caruana 2014: Do deep nets really need to be deep?", url: "https://arxiv.org/abs/1312.6184" },
    { title: "Romero et al. 2015: FitNets", url: "https://arxiv.org/abs/1412.6550" },
    { title: "Zhang et al. 2018: Deep mutual learning", url: "https://arxiv.org/abs/1706.00384" },
    { title: "Furlanello et al. 2018: Born-again networks", url: "https://arxiv.org/abs/1805.04770" },
    { title: "Park et al. 2019: Relational knowledge distillation", url: "https://arxiv.org/abs/1904.05068" },
    { title: "Zhao et al. 2022: Decoupled knowledge distillation", url: "https://arxiv.org/abs/2203.08679" },
  ],
};
