/** Whether a measured ratio of speeds is what the multiply-adds promise. */
import type { SpeedRatio } from "../../shared/engine_types";

/** Less than promised, about as much, more. */
export const KEPT_PROMISE = ["less", "as", "more"] as const;
export type KeptPromise = (typeof KEPT_PROMISE)[number];

/** What differs by less is within the noise of a measurement of a tenth of a second. */
const NOISE = 0.15;

/** One sample at a time, which is where a small network's fixed costs show. */
export function keptPromise({ promised, single }: SpeedRatio): KeptPromise {
  if (single < promised * (1 - NOISE)) return "less";
  return single > promised * (1 + NOISE) ? "more" : "as";
}
