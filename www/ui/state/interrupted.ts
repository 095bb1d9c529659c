/**
 * Whether this tab was left in the middle of a sweep: a reload ends the workers, and the page then offers to run the same
 * again. Each tab has a note of its own; where storage is forbidden there is none.
 */
const KEY = "distill-lab.sweep";

/** `sweep` tells one sweep from another: its settings as text. */
export function begun(sweep: string): void {
  try {
    sessionStorage.setItem(KEY, sweep);
  } catch {
    // Forbidden in some frames, or full: nothing is offered then.
  }
}

export function ended(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Likewise.
  }
}

/** The sweep that was running when the page was left; null: none. */
export function interrupted(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
