/** Data that is being fetched, for a run or for a sweep that waits for it: how far it is, and how long it will take. */
export class Download {
  /** Bytes so far, of how many (0: not known yet), and milliseconds left; null: nothing is under way. */
  progress = $state.raw<{ loaded: number; total: number; leftMs: number | null } | null>(null);
  #since = 0;

  tell(progress: { loaded: number; total: number } | null): void {
    if (progress === null) {
      this.progress = null;
      return;
    }
    const { loaded, total } = progress;
    if (this.progress === null) this.#since = performance.now();
    const spent = performance.now() - this.#since;
    // A first guess after a quarter second and a tenth of the way: before that it would only jump about.
    const guess = spent > 250 && loaded > total / 10;
    this.progress = { loaded, total, leftMs: guess ? (spent * (total - loaded)) / loaded : null };
  }
}
