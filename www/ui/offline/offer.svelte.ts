/**
 * A new version of the page, offered: nothing changes before it is accepted, and then everything does.
 *
 *     none ──ready──► offered ──accept──► taking ──took──► reload
 *       └────────took (by another tab)──► replaced ──accept──► reload
 *
 * New is only what follows an older one: a page that came from the server, on a first visit, is of the version that is then
 * installed. It has no worker that answers for it until that one takes it over.
 */
export interface OfferPorts {
  /** Lets the version that waits take over. */
  takeOver(): void;
  reload(): void;
}

export class Offer {
  state = $state<"none" | "offered" | "taking" | "replaced">("none");
  readonly #ports: OfferPorts;
  #controlled: boolean;

  /** `controlled`: whether a version answers for this page already. */
  constructor(ports: OfferPorts, controlled: boolean) {
    this.#ports = ports;
    this.#controlled = controlled;
  }

  /** A whole new version waits. */
  ready(): void {
    if (this.#controlled && this.state === "none") this.state = "offered";
  }

  /** Another version answers this page from now on, or the first one does. */
  took(): void {
    const first = !this.#controlled;
    this.#controlled = true;
    if (first) return;
    if (this.state === "taking") this.#ports.reload();
    else this.state = "replaced";
  }

  accept(): void {
    if (this.state === "replaced") this.#ports.reload();
    if (this.state !== "offered") return;
    this.state = "taking";
    this.#ports.takeOver();
  }

  /** Not now: the version comes by itself with the next visit after all tabs of this one are closed. */
  later(): void {
    if (this.state === "offered" || this.state === "replaced") this.state = "none";
  }
}
