/** Words of the field, in one sentence each. */
export const GLOSSARY = {
  logits:
    "The numbers a network gives for each class before softmax makes probabilities of them; larger means more likely.",
  temperature: "What logits are divided by before softmax: 1 leaves them, more makes the probabilities more even.",
  "soft targets": "The teacher's softened probabilities for every class, which the student learns from.",
  "transfer set": "The samples on which the student sees the teacher's answers; they may have labels or not.",
  "hard labels": "The one right class of each sample, without degrees.",
  entropy: "How undecided a distribution is: 0 when one class has everything, ln K when all K classes are equal.",
  "hidden units": "The numbers a network computes between its input and its logits; more of them can hold more.",
  "learning rate": "How far one step moves the weights along the gradient.",
  "cross-entropy": "Minus the log of the probability given to the right class; the loss of plain training.",
  "KL divergence": "How much one distribution differs from another, in nats; 0 when they are equal.",
  seed: "The number from which every random draw of a run follows; the same seed gives the same run.",
  "paired seeds": "Comparing two trainings seed by seed, so that what the seed does to both cancels out.",
};

/** What each word means, in one language. */
export type Glossary = Readonly<Record<keyof typeof GLOSSARY, string>>;
