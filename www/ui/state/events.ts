/** What the lab tells the world: the events of `window.distillLab`. */
import { checkHandler, type LabEvent, type LabEvents } from "../../shared/page_api";

export { LAB_EVENTS, type LabEvent, type LabEvents, type LabPoint } from "../../shared/page_api";

type Handler<E extends LabEvent> = (detail: LabEvents[E]) => void;

export class Emitter {
  readonly #handlers = new Map<LabEvent, Set<Handler<never>>>();

  on<E extends LabEvent>(event: E, handler: Handler<E>): () => void {
    checkHandler(event, handler);
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
        // A copy for each: what one writes into it neither the others nor the lab's own state get to see.
        (handler as Handler<E>)(structuredClone(detail));
      } catch (thrown) {
        // A guest's mistake is the guest's to see, and not ours to fail by.
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }
}
