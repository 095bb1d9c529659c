import type { Chapter } from "../model";

export const loss: Chapter = {
  id: "4",
  title: "The student's loss: alpha and T²",
  minutes: 6,
  predict: {
    ask: "Give all the weight to the hard labels (alpha = 0). What is left of the gain?",
    options: ["all of it", "half of it", "nothing"],
  },
  run: { label: "Train with alpha = 0", set: { preset: "fifty-digits", distillation: { alpha: 0 } }, seeds: 1 },
  text: [
    "The distilled student minimises two terms at once: {math:loss}",
    "The first, a {term:KL divergence} at temperature T, draws the student's softened output to the teacher's. The second is the {term:cross-entropy} of training alone, at T = 1. Alpha weighs them: with alpha = 0 both students are the same network to the last bit, and the gain is exactly 0. An image without a label has the first term only.",
    "Why T²? Softening makes gradients smaller. By the student's logits the soft term's gradient is {math:gradient} with the factor T² in it. Once T is large against the spread of the logits, the differences q − p shrink like 1/T; without T² the gradient would then shrink like 1/T², and a high temperature would hand the student over to the hard labels in silence. At a low T it is otherwise: there the two outputs agree on nearly every image, and the soft term is small with T² as without. The loss panel shows both sizes, with and without T²: move alpha and T there and look at the two terms.",
    "T² matters for the balance of the two terms. With alpha = 1 there is only one, and Adam, which divides by the gradient's own size, hardly notices a factor.",
    "Two more mistakes worth knowing: swapping alpha's sides (then a high alpha means labels), and averaging the KL divergence over classes as well as over images (then it is K times too weak).",
  ],
  check: {
    ask: "You raise T from 4 to 20 and forget T². What happens to the soft term's gradient?",
    options: ["it grows about 25 times", "it stays", "it shrinks about 25 times"],
    answer: 2,
    why: "It shrinks like 1/T²: (20 / 4)² = 25.",
  },
  sources: [{ title: "Hinton, Vinyals, Dean 2015, section 2.1", url: "https://arxiv.org/abs/1503.02531" }],
};
