/** Canvases that keep their size and are drawn again: pixels of the screen, not of the page. */

/** Clears `canvas` for a drawing of so many CSS pixels; the context then counts in these. */
export function cleared(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio = devicePixelRatio || 1,
): CanvasRenderingContext2D | null {
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  const context = canvas.getContext("2d");
  if (context === null) return null;
  // A new size makes a new buffer: only where it changes.
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, w, h);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** How large this part of the page is set: 1 where its text, meant for twelve pixels, has twelve. */
export const unitOf = (element: Element): number => Number.parseFloat(getComputedStyle(element).fontSize) / 12 || 1;

/** Whether the focus leaves the element that listens, and does not only move within it. */
export const leaves = (event: FocusEvent & { currentTarget: Element }): boolean =>
  !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget));

/** Where the arrow keys lead from item `at` of `count` laid out in `columns`; null: another key. */
export function moved(key: string, at: number, count: number, columns: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (by === undefined) return null;
  const to = at + by;
  return to < 0 || to >= count ? at : to;
}
