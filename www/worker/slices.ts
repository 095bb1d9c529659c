/**
 * Slices of work that are long against their overhead and short against a person's patience.
 *
 * A slice takes about 8 ms and at most 12. It is made of chunks of about 0.4 ms, so that a unit of work that turns
 * out eight times dearer than the one before still ends in time; the pace is learnt from each chunk, falls at once
 * and at most doubles.
 */

/** A slice ends with the first chunk that ends after this many milliseconds. */
const TARGET_MS = 8;
/** A chunk that is expected to end after this many milliseconds is left to the next slice. */
const LAST_END_MS = 10;
const CHUNK_MS = 0.4;
/** Shorter times say nothing: browsers round their clocks to 0.1 ms, and some to 1 ms. */
const TRUSTED_MS = 0.2;
const MOST_UNITS = 1 << 20;

/** Work that can be cut anywhere. */
export interface Sliceable {
  /** Units of one kind cost about the same; where the kind changes, the pace is learnt anew. */
  kind(): number;
  /** Bounds the next chunk, so that it ends where the kind changes; at least 1. */
  most(): number;
  /** Does up to n units and returns how many; 0: nothing is left for this slice. */
  work(n: number): number;
}

export class Slicer {
  readonly #now: () => number;
  #kind = Number.NaN;
  /** Units per millisecond; 0 while unknown. */
  #pace = 0;
  /** Size of the next chunk while the pace is unknown. */
  #trial = 1;
  #units = 0;
  #ms = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Works for a slice and returns the milliseconds spent in `work`. */
  slice(job: Sliceable): number {
    const begin = this.#now();
    let spent = 0;
    for (;;) {
      this.#attend(job.kind());
      const units = Math.max(1, Math.min(this.#next(), job.most()));
      const before = this.#now();
      const late = this.#pace > 0 && before - begin + units / this.#pace > LAST_END_MS;
      if (late && spent > 0) return spent;
      const done = job.work(units);
      const after = this.#now();
      spent += after - before;
      if (done === 0) return spent;
      this.#learn(done, after - before);
      if (after - begin >= TARGET_MS) return spent;
    }
  }

  /** Another kind of work begins: what was learnt of the one before says nothing. */
  #attend(kind: number): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#pace = 0;
    this.#trial = 1;
    this.#units = 0;
    this.#ms = 0;
  }

  #next(): number {
    return this.#pace > 0 ? Math.min(MOST_UNITS, Math.floor(this.#pace * CHUNK_MS)) : this.#trial;
  }

  #learn(units: number, ms: number): void {
    this.#units += units;
    this.#ms += ms;
    if (this.#ms < TRUSTED_MS) {
      this.#trial = Math.min(MOST_UNITS, this.#trial * 2);
      return;
    }
    const measured = this.#units / this.#ms;
    this.#pace = this.#pace > 0 ? Math.min(measured, this.#pace * 2) : measured;
    this.#units = 0;
    this.#ms = 0;
  }
}

/**
 * Runs a task after the messages that wait. A message to oneself comes back at once, where a timer would be
 * stretched to 4 ms (and to a second in a hidden page).
 */
export function taskQueue(): (task: () => void) => void {
  const tasks: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => tasks.shift()?.();
  return (task) => {
    tasks.push(task);
    channel.port2.postMessage(null);
  };
}
