/** Numbers of a training step, whose sizes lie orders of magnitude apart. */
import { decimalMark } from "../typed";

/** Four digits that count; powers of ten where zeros would crowd them out. */
export function short(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const text = size < 9.995e-4 || size >= 1e5 ? value.toExponential(2) : value.toPrecision(4);
  return text.replace(".", decimalMark());
}

/** Training steps from `phaseStep` to where the epoch of `samples` in batches of `batch` ends, at least 1. */
export function toEpoch(phaseStep: number, samples: number, batch: number): number {
  const epoch = Math.max(1, Math.ceil(samples / batch));
  return epoch - (phaseStep % epoch);
}
