/** The page's data from outside the engine, for each worker that starts or that has a job about it. In memory, and nowhere else. */
import type { SuppliedData } from "../../shared/protocol";

/** As the engine does (src/data/supplied.rs), so that both have the same. */
const MOST_BYTES = 64 << 20;

export class Supplied {
  #all: SuppliedData[] = [];

  /** The oldest first. */
  get all(): readonly SuppliedData[] {
    return this.#all;
  }

  find(hash: string): SuppliedData | null {
    return this.#all.find((data) => data.hash === hash) ?? null;
  }

  /** Keeps `data`; older data makes room for it. */
  add(data: SuppliedData): void {
    if (this.find(data.hash) !== null) return;
    this.#all.push(data);
    while (this.#all.length > 1 && this.#bytes() > MOST_BYTES) this.#all.shift();
  }

  #bytes(): number {
    return this.#all.reduce((sum, { values, labels }) => sum + values.size + labels.size, 0);
  }
}
