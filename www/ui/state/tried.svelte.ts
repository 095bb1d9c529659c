/**
 * Settings whose test figures this session has shown, whatever their seeds: the more of them were tried, the better the best one looks
 * by chance. Each tab counts its own; where storage is forbidden, a reload counts from nothing.
 */
import { SvelteSet } from "svelte/reactivity";
import type { Config } from "../../shared/engine_types";

/** Where the count outlives a reload. Both may throw. */
export interface Store {
  read(): string | null;
  write(text: string): void;
}

export class Tried {
  readonly #keys: SvelteSet<string>;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.#keys = new SvelteSet(this.#stored());
  }

  /** How many different ones. */
  get count(): number {
    return this.#keys.size;
  }

  /** The test figures of a run of `config` are shown. */
  add(config: Config): void {
    const key = keyOf(config);
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    try {
      this.#store.write([...this.#keys].join());
    } catch {
      // Forbidden in some frames, or full: the count lives as long as the page.
    }
  }

  #stored(): string[] {
    try {
      return (this.#store.read() ?? "").split(",").filter((key) => /^[0-9a-z]{2,14}$/.test(key));
    } catch {
      return [];
    }
  }
}

/** Of equal settings equal: what a seed or a preset's name says is left out. A hash, since a sweep may have thousands. */
function keyOf(config: Config): string {
  const text = JSON.stringify({ ...config, seed: 0, preset: "" });
  // FNV-1a from two offsets, 32 bits each: a collision among thousands is one in a billion.
  let [one, other] = [0x811c9dc5, 0x01234567];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x01000193);
  }
  return (one >>> 0).toString(36) + (other >>> 0).toString(36);
}

const KEY = "distill-lab.tried";
/** This tab's. */
export const tabStore: Store = {
  read: () => sessionStorage.getItem(KEY),
  write: (text) => sessionStorage.setItem(KEY, text),
};
