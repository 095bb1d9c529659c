/** Work that is asked for more often than it is worth doing: at once when none was lately, else together a little later. */
export class Pace {
  readonly #everyMs: number;
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = false;

  constructor(everyMs: number, work: () => void) {
    this.#everyMs = everyMs;
    this.#work = work;
  }

  ask(): void {
    this.#asked = true;
    if (this.#timer === undefined) this.#turn();
  }

  /** Does what is asked for now, and nothing later. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#asked) {
      this.#asked = false;
      this.#work();
    }
  }

  #turn(): void {
    this.flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#asked) this.#turn();
    }, this.#everyMs);
  }
}
