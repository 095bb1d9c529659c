import { expect, test, vi } from "vitest";
import { Offer } from "./offer.svelte";

function offer(controlled: boolean) {
  const ports = { takeOver: vi.fn(), reload: vi.fn() };
  return { offer: new Offer(ports, controlled), ports };
}

test("the version that a page came with is none that is new, however late it takes the page over", () => {
  const { offer: first } = offer(false);
  first.ready();
  first.took();
  expect(first.state).toBe("none");
  // The next one is.
  first.ready();
  expect(first.state).toBe("offered");
});

test("a version that waits is taken over and the page reloaded when that is accepted", () => {
  const { offer: next, ports } = offer(true);
  next.ready();
  expect(next.state).toBe("offered");
  next.accept();
  expect(ports.takeOver).toHaveBeenCalledOnce();
  expect(ports.reload).not.toHaveBeenCalled();
  next.took();
  expect(ports.reload).toHaveBeenCalledOnce();
});

test("where another tab has accepted, this page goes on until it is reloaded", () => {
  const { offer: other, ports } = offer(true);
  other.took();
  expect(other.state).toBe("replaced");
  other.later();
  expect([other.state, ports.reload.mock.calls.length]).toEqual(["none", 0]);
});
