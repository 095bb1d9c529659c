/** What a method lets through the pipe into the distilled student, as shares of its loss: strands that a picture makes ribbons of. */
import type { Flow } from "./view";

export interface Strand {
  /** `doubt`: the teacher's share of a class. `minus`: a logit below the mean. `label`: the label. `smooth`: a label's blur. */
  kind: "doubt" | "minus" | "label" | "smooth";
  /** The class; null: all. */
  index: number | null;
  /** Its width, as a share of the pipe. */
  share: number;
  /** Strands of one group lie together. */
  group: "label" | "target" | "others";
}

export interface Asked {
  flow: Flow;
  /** softmax(logits / T), by class. */
  softened: ArrayLike<number>;
  logits: ArrayLike<number>;
  /** The teacher's answer. */
  says: number;
  /** The sample's class, -1 where it has none or the students do not see it. */
  label: number;
}

export function strandsOf({ flow, softened, logits, says, label }: Asked): Strand[] {
  const { method, smoothing } = flow;
  const alpha = method === "label_smoothing" || method === "notebook_as_written" ? 0 : flow.alpha;
  const classes = softened.length;
  const all = Array.from({ length: classes }, (_, index) => index);
  const known = label >= 0 && label < classes;
  const blur = method === "label_smoothing" ? smoothing : 0;
  const hard = (1 - alpha) * (1 - blur + (blur > 0 ? blur / classes : 0));
  const thread: Strand[] = known && hard > 0 ? [{ kind: "label", index: label, share: hard, group: "label" }] : [];
  if (blur > 0) {
    const others = known ? all.filter((index) => index !== label) : [];
    return [
      ...thread,
      ...others.map((index): Strand => ({ kind: "smooth", index, share: blur / classes, group: "others" })),
    ];
  }
  if (alpha === 0) return thread;
  if (method === "hard_teacher") return [...thread, { kind: "doubt", index: says, share: alpha, group: "others" }];
  if (method === "logit_matching") {
    const mean = all.reduce((sum, k) => sum + (logits[k] ?? 0), 0) / Math.max(1, classes);
    const away = all.map((k) => (logits[k] ?? 0) - mean);
    const sum = away.reduce((total, v) => total + Math.abs(v), 0) || 1;
    return [
      ...thread,
      ...away.map((v, index): Strand => ({
        kind: v < 0 ? "minus" : "doubt",
        index,
        share: (alpha * Math.abs(v)) / sum,
        group: "others",
      })),
    ];
  }
  const apart = method === "decoupled" && known;
  const doubts = all.map((index): Strand => ({
    kind: "doubt",
    index,
    share: alpha * (softened[index] ?? 0),
    group: apart && index === label ? "target" : "others",
  }));
  // The class first, so that each group lies together.
  return [
    ...thread,
    ...(apart ? doubts.toSorted((a, b) => Number(b.index === label) - Number(a.index === label)) : doubts),
  ];
}
