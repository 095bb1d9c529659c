/**
 * `<distill-lab view="temperature" preset="fifty-digits" t="4">`: the page, or one panel of it, in a frame.
 *
 * Attributes become the frame's address; methods of the page API are calls to it and return promises; its events bubble from
 * the element as `distill-lab-result` and so on. The frame takes the height that its content asks for, unless `height` is given.
 * What stands inside the element (a picture, a link) is shown where there is no script, and in print.
 */
import type { Call } from "../shared/envelope";
import type { Comparison, Config, Result, Speed } from "../shared/engine_types";
import { LabError, fail, toDistillError } from "../shared/errors";
import type { PartialConfig, SweepResult } from "../shared/requests";
import {
  checkHandler,
  type ComparisonAsk,
  LAB_EVENTS,
  type LabEvents,
  type Predictions,
  type PresetName,
  type RunAsk,
  type SweepAsk,
} from "../shared/page_api";
import { plain } from "../shared/plain";
import { VIEW_KEYS } from "../shared/view";

export type {
  ComparisonAsk,
  LabEvent,
  LabEvents,
  LabPoint,
  Predictions,
  PresetName,
  RunAsk,
  SweepAsk,
} from "../shared/page_api";
export type { Comparison, Config, Result, Speed } from "../shared/engine_types";
export type { DistillError } from "../shared/errors";
export type { PartialConfig, SweepResult } from "../shared/requests";

/** Keys of the address; as attributes they are written in small letters. */
const KEYS = ["preset", "seed", "budget", "T", "alpha", "method", "student", "teacher", "data", "c", ...VIEW_KEYS];
const PAGE = new URL("./index.html", import.meta.url);
/** Until the content has told its own. */
const FIRST_HEIGHT = "420px";
const [LEAST_HEIGHT, MOST_HEIGHT] = [100, 20_000];
const STYLE = `:host{display:block}iframe{display:block;width:100%;border:0;color-scheme:auto}.paper{display:none}
@media print{iframe{display:none}.paper{display:block}}`;

/** The page API's events, and the content's height. */
export interface ElementEvents extends LabEvents {
  height: number;
}
const EVENTS: readonly string[] = [...LAB_EVENTS, "height"];

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}
interface CallMessage {
  "distill-lab": 1;
  id: number;
  call: Call;
  args: unknown[];
}

export class DistillLabElement extends HTMLElement {
  static observedAttributes = [...KEYS.map((key) => key.toLowerCase()), "src", "height", "title"];

  // Properties that are attributes; more of them are defined below, one a key of the address.
  declare preset: string | null;
  declare seed: string | null;
  declare budget: string | null;
  declare t: string | null;
  declare alpha: string | null;
  declare method: string | null;
  declare student: string | null;
  declare teacher: string | null;
  declare data: string | null;
  declare view: string | null;
  declare theme: string | null;
  declare controls: string | null;
  declare autorun: string | null;
  declare src: string | null;
  declare height: string | null;

  #frame: HTMLIFrameElement | null = null;
  #link = document.createElement("a");
  #place = document.createElement("div");
  #origin = "*";
  #waiting = new Map<number, Waiting>();
  #queued: CallMessage[] = [];
  #next = 1;
  #talks = false;
  #pending = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    // A sheet that is made, not written, which the strictest policy of a host allows.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const paper = document.createElement("div");
    paper.className = "paper";
    const slot = document.createElement("slot");
    slot.append(this.#link);
    paper.append(slot);
    root.append(this.#place, paper);
  }

  connectedCallback(): void {
    window.addEventListener("message", this.#receive);
    this.#show();
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#receive);
    this.#drop("removed", "The element was removed.");
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

  /** The address that the attributes give. */
  get address(): string {
    const url = new URL(this.getAttribute("src") ?? PAGE, document.baseURI);
    for (const key of KEYS) {
      const value = this.getAttribute(key);
      if (value !== null) url.searchParams.set(key, value);
    }
    return url.href;
  }

  /** The page API's `ready`; brings a frame that waits to be scrolled to. */
  ready(): Promise<void> {
    return this.#call("ready");
  }
  version(): Promise<string> {
    return this.#call("version");
  }
  presets(): Promise<PresetName[]> {
    return this.#call("presets");
  }
  config(): Promise<Config> {
    return this.#call("config");
  }
  /** Rejects with `code`, `path` and `message`, and then nothing has changed. */
  configure(partial: PartialConfig): Promise<Config> {
    return this.#call("configure", "", partial);
  }
  run(ask?: RunAsk): Promise<Result> {
    return ask === undefined ? this.#call("run") : this.#call("run", "", ask);
  }
  speed(): Promise<Speed> {
    return this.#call("speed");
  }
  pause(): Promise<void> {
    return this.#call("pause");
  }
  resume(): Promise<void> {
    return this.#call("resume");
  }
  step(n = 1): Promise<void> {
    return this.#call("step", "n", n);
  }
  back(n = 1): Promise<void> {
    return this.#call("back", "n", n);
  }
  reset(): Promise<void> {
    return this.#call("reset");
  }
  sweep(request: SweepAsk): Promise<SweepResult> {
    return this.#call("sweep", "", request);
  }
  compare(request: ComparisonAsk): Promise<Comparison> {
    return this.#call("compare", "", request);
  }
  predict(input: ArrayLike<number>): Promise<Predictions> {
    return this.#call("predict", "input", input);
  }
  /** The event's detail for `handler`, as the page API has it; returns what takes it off again. */
  on<E extends keyof ElementEvents>(event: E, handler: (detail: ElementEvents[E]) => void): () => void {
    checkHandler(event, handler, EVENTS);
    const name = `distill-lab-${event}`;
    const own = (told: Event): void => {
      // Events bubble: one of an element within this one is not its own.
      if (told.target === this) handler(structuredClone((told as CustomEvent<ElementEvents[E]>).detail));
    };
    this.addEventListener(name, own);
    return () => this.removeEventListener(name, own);
  }

  /** `path` is what errors call the argument; a config's or request's own fields go by their own. */
  async #call<T>(call: Call, path = "", ...given: unknown[]): Promise<T> {
    if (!this.isConnected) throw fail("detached", "", "The element is in no page: put it into one first.");
    // The other side ignores whatever is no plain data within bounds; here it can be said.
    const args = given.map((argument) => plain(argument, path));
    // Attributes that were set just before the call count.
    if (this.#pending) this.#show();
    const message: CallMessage = { "distill-lab": 1, id: this.#next++, call, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.id, { resolve: resolve as (value: unknown) => void, reject });
      if (this.#talks) return this.#post(message);
      this.#queued.push(message);
      // A caller wants an answer before anyone scrolls there.
      if (this.#frame) this.#frame.loading = "eager";
    });
  }

  /** Another address is another frame: one that goes from page to page would fill the host's back button. */
  #show(): void {
    const address = this.address;
    this.#link.href = address;
    this.#link.textContent = this.title || "distill-lab";
    const fixed = this.getAttribute("height");
    const height = fixed === null ? FIRST_HEIGHT : /^\d+$/.test(fixed) ? `${fixed}px` : fixed;
    let frame = this.#frame;
    if (frame === null || frame.src !== address) {
      const before = frame?.style.height;
      if (frame !== null) this.#drop("replaced", "The element shows another address.");
      frame = document.createElement("iframe");
      frame.loading = "lazy";
      frame.src = address;
      frame.style.height = fixed === null && before ? before : height;
      const { origin } = new URL(address);
      this.#origin = origin === "null" ? "*" : origin;
      this.#frame = frame;
      this.#place.append(frame);
    } else if (fixed !== null) frame.style.height = height;
    frame.title = this.title || "distill-lab";
  }

  /** Ends the frame, its workers and whatever waits for it. */
  #drop(code: string, why: string): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#talks = false;
    this.#queued = [];
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(fail(code, "", why));
  }

  #post(message: CallMessage): void {
    this.#frame?.contentWindow?.postMessage(message, this.#origin);
  }

  #receive = (event: MessageEvent<unknown>): void => {
    const frame = this.#frame;
    const body = event.data;
    if (frame === null || event.source !== frame.contentWindow || typeof body !== "object" || body === null) return;
    const message = body as Record<string, unknown>;
    if (message["distill-lab"] !== 1) return;
    // The frame's first words, its height, say that it listens; its `load` may be that of the empty page before.
    this.#talks = true;
    for (const waiting of this.#queued.splice(0)) this.#post(waiting);
    const { id, event: name, detail, ok, value, error } = message;
    if (typeof name === "string") {
      if (name === "height" && typeof detail === "number" && !this.hasAttribute("height")) {
        frame.style.height = `${Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, detail))}px`;
      }
      this.dispatchEvent(new CustomEvent(`distill-lab-${name}`, { detail, bubbles: true, composed: true }));
      return;
    }
    const waiting = this.#waiting.get(id as number);
    if (waiting === undefined) return;
    this.#waiting.delete(id as number);
    if (ok === true) waiting.resolve(value);
    else waiting.reject(new LabError(toDistillError(error)));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "distill-lab": DistillLabElement;
  }
  interface GlobalEventHandlersEventMap {
    "distill-lab-status": CustomEvent<LabEvents["status"]>;
    "distill-lab-progress": CustomEvent<LabEvents["progress"]>;
    "distill-lab-result": CustomEvent<LabEvents["result"]>;
    "distill-lab-error": CustomEvent<LabEvents["error"]>;
    "distill-lab-configchange": CustomEvent<LabEvents["configchange"]>;
    "distill-lab-height": CustomEvent<number>;
  }
}

for (const key of [...KEYS, "src", "height"]) {
  if (key in HTMLElement.prototype) continue; // `lang` reflects by itself
  const name = key.toLowerCase();
  // As usual for attributes: `soft-t` is the property `softT`.
  const property = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  // A view may be called like a method; the method wins.
  if (property in DistillLabElement.prototype) continue;
  Object.defineProperty(DistillLabElement.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: HTMLElement) {
      return this.getAttribute(name);
    },
    set(this: HTMLElement, value: unknown) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
  });
}
if (!customElements.get("distill-lab")) customElements.define("distill-lab", DistillLabElement);
