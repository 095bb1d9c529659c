/**
 * The page's address as the place where its settings are kept: written when they change, read when someone goes back.
 */
import { type Address, parseAddress } from "../../shared/address";

/** The part of `window` that is used. */
export interface AddressWindow {
  location: Pick<Location, "search" | "hash" | "pathname" | "href">;
  /** A frame's name. */
  name?: string;
  history: Pick<History, "pushState" | "replaceState">;
  addEventListener(type: "popstate", listener: () => void): void;
  removeEventListener(type: "popstate", listener: () => void): void;
  setTimeout(task: () => void, ms: number): number;
  clearTimeout(timer: number): void;
}

/** Changes of the same settings within this time are one gesture, such as a drag, and one entry of the history. */
const GESTURE_MS = 1000;
/** Browsers refuse a page that writes its address some hundred times in half a minute. */
const WRITE_EVERY_MS = 300;

/** What a part of a config sets, without the values: one subject for as long as it is the same settings that change. */
export function subjectOf(partial: object): string {
  const names = (value: unknown): string[] => (typeof value === "object" && value !== null ? Object.keys(value) : []);
  return JSON.stringify(Object.entries(partial).map(([key, value]: [string, unknown]) => [key, names(value)]));
}

interface Write {
  query: string;
  push: boolean;
}

export class AddressBar {
  readonly #window: AddressWindow;
  readonly #embedded: boolean;
  readonly #now: () => number;
  #foreign: string[] = [];
  /** The query last written or read, without what is foreign. */
  #query: string | null = null;
  #pending: Write | null = null;
  #timer: number | null = null;
  #lastWrite = Number.NEGATIVE_INFINITY;
  #lastChange = Number.NEGATIVE_INFINITY;
  #lastSubject = "";

  constructor(view: AddressWindow, embedded: boolean, now: () => number = () => performance.now()) {
    this.#window = view;
    this.#embedded = embedded;
    this.#now = now;
  }

  read(): Address {
    const { search, hash, href } = this.#window.location;
    const { name = "" } = this.#window;
    // A frame whose page is its `srcdoc` has no query; its name may be one: `<iframe name="?view=curves" srcdoc=...>`.
    const query = href === "about:srcdoc" && name.startsWith("?") ? name : search;
    const address = parseAddress(query, hash);
    this.#foreign = address.foreign;
    return address;
  }

  /** `restore` is called when the person goes back or forward. Returns what takes it off again. */
  onBack(restore: (address: Address) => void): () => void {
    const listener = (): void => {
      this.#cancel();
      this.#query = null;
      this.#lastSubject = "";
      restore(this.read());
    };
    this.#window.addEventListener("popstate", listener);
    return () => {
      this.#cancel();
      this.#window.removeEventListener("popstate", listener);
    };
  }

  /** `subject` says which settings changed: the same ones again, soon, overwrite the entry. */
  write(query: string, subject: string): void {
    if (query === (this.#pending?.query ?? this.#query)) return;
    const now = this.#now();
    const goesOn = subject === this.#lastSubject && now - this.#lastChange < GESTURE_MS;
    this.#lastSubject = subject;
    this.#lastChange = now;
    if (!goesOn) this.#flush();
    // An embedded page shares its history with its host, whose back button is not ours to fill.
    const push = !this.#embedded && (!goesOn || (this.#pending?.push ?? false));
    this.#pending = { query, push };
    const wait = this.#lastWrite + WRITE_EVERY_MS - now;
    if (wait <= 0) this.#flush();
    else this.#timer ??= this.#window.setTimeout(() => this.#flush(), wait);
  }

  /** The address of `query` on this page, to be handed out. */
  link(query: string): string {
    const url = new URL(this.#window.location.href);
    url.search = query;
    url.hash = "";
    return url.href;
  }

  #flush(): void {
    const write = this.#pending;
    this.#cancel();
    if (write === null) return;
    this.#lastWrite = this.#now();
    this.#query = write.query;
    const { pathname, hash } = this.#window.location;
    const query = [write.query, ...this.#foreign].filter((part) => part !== "").join("&");
    // A hash with settings has been read into the query; any other is a place in the page.
    const place = hash.includes("=") ? "" : hash;
    const url = `${pathname}${query === "" ? "" : `?${query}`}${place}`;
    try {
      if (write.push) this.#window.history.pushState(null, "", url);
      else this.#window.history.replaceState(null, "", url);
    } catch {
      // A page from a file or in a sandbox may have no address of its own to change.
    }
  }

  #cancel(): void {
    if (this.#timer !== null) this.#window.clearTimeout(this.#timer);
    this.#timer = null;
    this.#pending = null;
  }
}
