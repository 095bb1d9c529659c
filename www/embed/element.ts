/**
 * `<distill-lab view="temperature" preset="fifty-digits" t="4">`: the page, or one panel of it, in a frame.
 *
 * Attributes become the frame's address; methods of the page API are calls to it and return promises; its events bubble from
 * the element as `distill-lab-result` and so on. The frame takes the height that its content asks for, unless `height` is given.
 */
import { type Call, CALLS } from "../shared/envelope";
import { VIEW_KEYS } from "../shared/view";

/** Keys of the address; as attributes they are written in small letters. */
const KEYS = ["preset", "seed", "T", "alpha", "method", "student", "teacher", "data", "c", ...VIEW_KEYS];
const PAGE = new URL("./index.html", import.meta.url);

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class DistillLabElement extends HTMLElement {
  static observedAttributes = [...KEYS.map((key) => key.toLowerCase()), "src", "height"];

  #frame = document.createElement("iframe");
  #waiting = new Map<number, Waiting>();
  #queued: object[] = [];
  #next = 1;
  #loaded = false;
  #pending = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    this.#frame.title = "distill-lab";
    this.#frame.loading = "lazy";
    Object.assign(this.#frame.style, { display: "block", width: "100%", border: "0", height: "420px" });
    root.append(this.#frame);
  }

  connectedCallback(): void {
    window.addEventListener("message", this.#receive);
    this.#show();
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#receive);
    for (const { reject } of this.#waiting.values()) reject(new Error("The element was removed."));
    this.#waiting.clear();
    this.#queued = [];
    this.#loaded = false;
    this.#frame.removeAttribute("src");
  }

  attributeChangedCallback(): void {
    // Several attributes that change together load the frame once.
    if (this.#pending || !this.isConnected) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      if (this.isConnected) this.#show();
    });
  }

  #show(): void {
    const url = new URL(this.getAttribute("src") ?? PAGE, document.baseURI);
    for (const key of KEYS) {
      const value = this.getAttribute(key);
      if (value !== null) url.searchParams.set(key, value);
    }
    const height = this.getAttribute("height");
    if (height !== null) this.#frame.style.height = /^\d+$/.test(height) ? `${height}px` : height;
    if (this.#frame.src === url.href) return;
    this.#loaded = false;
    this.#frame.src = url.href;
  }

  #post(message: object): void {
    this.#frame.contentWindow?.postMessage(message, "*");
  }

  /** Calls the page API in the frame. */
  call(call: Call, ...args: unknown[]): Promise<unknown> {
    const id = this.#next++;
    const message = { "distill-lab": 1, id, call, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#loaded) this.#post(message);
      else this.#queued.push(message);
    });
  }

  #receive = (event: MessageEvent): void => {
    const body: unknown = event.data;
    if (event.source !== this.#frame.contentWindow || typeof body !== "object" || body === null) return;
    const message = body as Record<string, unknown>;
    if (message["distill-lab"] !== 1) return;
    // The frame's first words, its height, say that it listens; its `load` may be that of the empty page before.
    this.#loaded = true;
    for (const waiting of this.#queued.splice(0)) this.#post(waiting);
    if (typeof message["event"] === "string") {
      const { detail } = message;
      const fixed = this.hasAttribute("height");
      if (message["event"] === "height" && !fixed && typeof detail === "number") {
        this.#frame.style.height = `${Math.min(20_000, Math.max(100, detail))}px`;
      }
      this.dispatchEvent(new CustomEvent(`distill-lab-${message["event"]}`, { detail, bubbles: true, composed: true }));
      return;
    }
    const waiting = this.#waiting.get(message["id"] as number);
    if (waiting === undefined) return;
    this.#waiting.delete(message["id"] as number);
    if (message["ok"] === true) waiting.resolve(message["value"]);
    else
      waiting.reject(
        Object.assign(new Error(String((message["error"] as { message?: unknown })?.message)), message["error"]),
      );
  };
}

for (const key of KEYS) {
  if (key in HTMLElement.prototype) continue; // `lang` reflects by itself
  const name = key.toLowerCase();
  // As usual for attributes: `soft-t` is the property `softT`.
  const property = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  Object.defineProperty(DistillLabElement.prototype, property, {
    get(this: HTMLElement) {
      return this.getAttribute(name);
    },
    set(this: HTMLElement, value: unknown) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
  });
}
for (const name of CALLS) {
  Object.defineProperty(DistillLabElement.prototype, name, {
    value(this: DistillLabElement, ...args: unknown[]) {
      return this.call(name, ...args);
    },
  });
}
if (!customElements.get("distill-lab")) customElements.define("distill-lab", DistillLabElement);
