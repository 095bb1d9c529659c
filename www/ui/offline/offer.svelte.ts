/**
 * A new version of the page, offered: nothing changes before it is accepted, and then everything does.
 *
 *     none ──ready──► offered ──accept──► taking ──took──► reload
 *       └────────took (by another tab)──► replaced ──accept──► reload
 */
export interface OfferPorts {
  /** Lets the version that waits take over. */
  takeOver(): void;
  reload(): void;
}

export class Offer {
  state = $state<"none" | "offered" | "taking" | "replaced">("none");
  readonly #ports: OfferPorts;

  constructor(ports: OfferPorts) {
    this.#ports = ports;
  }

  /** A whole new version waits. */
  ready(): void {
    if (this.state === "none") this.state = "offered";
  }

  /** The new version answers this page from now on. */
  took(): void {
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
