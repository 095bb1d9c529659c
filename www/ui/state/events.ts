/** What the lab tells the world: the events of `window.distillLab`. */
import type { LabEvent, LabEvents } from "../../shared/page_api";

export type { LabEvent, LabEvents, LabPoint } from "../../shared/page_api";
export const LAB_EVENTS: readonly LabEvent[] = ["status", "progress", "result", "error", "configchange", "check"];

type Handler<E extends LabEvent> = (detail: LabEvents[E]) => void;

export class Emitter {
  readonly #handlers = new Map<LabEvent, Set<Handler<never>>>();

  on<E extends LabEvent>(event: E, handler: Handler<E>): () => void {
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers);
    // A handler of its own for each call, so that one function registered twice can be taken off once.
    const own: Handler<E> = (detail) => handler(detail);
    handlers.add(own);
    return () => handlers.delete(own);
  }

  has(event: LabEvent): boolean {
    return (this.#handlers.get(event)?.size ?? 0) > 0;
  }

  emit<E extends LabEvent>(event: E, detail: LabEvents[E]): void {
    for (const handler of [...(this.#handlers.get(event) ?? [])]) {
      try {
        (handler as Handler<E>)(detail);
      } catch (thrown) {
        // A guest's mistake is the guest's to see, and not ours to fail by.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}
