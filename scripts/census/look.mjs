// What is in sight on a page, counted inside it. Both functions are handed to the browser as they stand, so that each holds all
// that it uses. docs/comparison.md defines every count in words.

/**
 * Keeps what a page writes into its canvases, as `look` counts it too: `window.censusWritten` by canvas, in the canvas's own pixels.
 * To be run before any script of the page.
 */
export function keepWriting() {
  const written = new WeakMap();
  window.censusWritten = written;
  const context = CanvasRenderingContext2D.prototype;
  for (const method of ["fillText", "strokeText"]) {
    const plain = context[method];
    context[method] = function (text, x, y, ...more) {
      const { x: left, y: top } = this.getTransform().transformPoint(new DOMPoint(x, y));
      const texts = written.get(this.canvas) ?? written.set(this.canvas, new Map()).get(this.canvas);
      texts.set(`${Math.round(left)} ${Math.round(top)}`, { text: String(text), x: left, y: top });
      return plain.call(this, text, x, y, ...more);
    };
  }
  const { clearRect } = context;
  context.clearRect = function (x, y, width, height) {
    const transform = this.getTransform();
    const from = transform.transformPoint(new DOMPoint(x, y));
    const to = transform.transformPoint(new DOMPoint(x + width, y + height));
    for (const [place, text] of written.get(this.canvas) ?? [])
      if (text.x >= from.x && text.x <= to.x && text.y >= from.y && text.y <= to.y)
        written.get(this.canvas).delete(place);
    return clearRect.call(this, x, y, width, height);
  };
  // A new size empties a canvas.
  for (const side of ["width", "height"]) {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, side);
    Object.defineProperty(HTMLCanvasElement.prototype, side, {
      configurable: true,
      enumerable: true,
      get,
      set(value) {
        written.delete(this);
        set.call(this, value);
      },
    });
  }
}

/**
 * Counts what is in sight. `window.censusSeen` holds the elements that are, for the Tab stops that are counted afterwards.
 * @returns {{ controls: number, hands: number, words: number, numbers: number, pictures: number[][] }} `pictures` are boxes in the
 *   viewport, in CSS pixels: left, top, right, bottom.
 */
export function look() {
  const CONTROLS =
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], " +
    "[contenteditable]:not([contenteditable=false]), [tabindex]";
  const PICTURES = "canvas, svg, img, video";
  const HANDS = /^(pointer|grab|move|crosshair|(col|row|[nesw]{1,2}|ew|ns|nesw|nwse)-resize)$/;
  const screen = [0, 0, innerWidth, innerHeight];
  const both = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  const area = (box) => Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
  const boxOf = ({ left, top, right, bottom }) => [left, top, right, bottom];

  /** The element that an element's style is inherited from; a slot's and a shadow root's host among them. */
  const above = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  /** What ancestors leave of the screen for an element: scrollers and clipped boxes cut what they contain. */
  const rooms = new Map();
  const room = (element) => {
    const known = rooms.get(element);
    if (known) return known;
    const { position } = getComputedStyle(element);
    let left = screen;
    for (let at = above(element), out = position; at && out !== "fixed"; at = above(at)) {
      const style = getComputedStyle(at);
      const holds = style.position !== "static" || style.transform !== "none";
      if (out === "absolute" && !holds) continue;
      if (at !== document.documentElement && at !== document.body && style.overflow !== "visible")
        left = both(left, boxOf(at.getBoundingClientRect()));
      out = style.position;
    }
    rooms.set(element, left);
    return left;
  };
  /** Half of it at least, and more than a hidden pixel. */
  const inSight = (box, left) => area(box) >= 4 && area(both(box, left)) * 2 >= area(box);
  const boxInSight = (element) => shown(element) && inSight(boxOf(element.getBoundingClientRect()), room(element));

  const all = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      all.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);

  const labels = (element) => [...(element.labels ?? [])];
  const controlInSight = (element) => boxInSight(element) || labels(element).some(boxInSight);
  const controls = all.filter(
    (element) =>
      element.matches(CONTROLS) &&
      !element.matches(
        ":disabled, [aria-disabled=true], [tabindex^='-']:not(a, button, input, select, textarea, summary)",
      ) &&
      controlInSight(element),
  );
  window.censusSeen = new Set([...all.filter(boxInSight), ...controls]);

  const pictures = all
    .filter((element) => {
      const style = getComputedStyle(element);
      const background = element.childNodes.length === 0 && style.backgroundImage.includes("url(");
      return (element.matches(PICTURES) || background) && shown(element);
    })
    .map((element) => both(boxOf(element.getBoundingClientRect()), room(element)))
    .filter((box) => area(box) >= 4);

  /** What a pointer is told that it can press or drag, though no control is there. */
  const hand = (element) => HANDS.test(getComputedStyle(element).cursor);
  const operable = new Set(controls.flatMap((element) => [element, ...labels(element)]));
  const ofControl = (element) => {
    for (let at = element; at; at = above(at)) if (operable.has(at) || at.matches(CONTROLS)) return true;
    return false;
  };
  const hands = all.filter(
    (element) =>
      hand(element) &&
      !(above(element) && hand(above(element))) &&
      boxInSight(element) &&
      !ofControl(element) &&
      ![...operable].some((one) => element.contains(one)),
  ).length;

  let [words, numbers] = [0, 0];
  const count = (text) => {
    for (const part of text.split(/\s+/)) if (/\p{L}/u.test(part)) words++;
    numbers += text.match(/(?<![\p{L}\p{N}_])\d+(?:[.,'’]\d+)*/gu)?.length ?? 0;
  };
  /** Letters of such a font are drawings. */
  const icons = ({ fontFamily }) => /icon|symbol|awesome/i.test(fontFamily.split(",")[0]);
  const range = document.createRange();
  const written = (node) => {
    const element = node.parentElement ?? node.getRootNode().host;
    if (
      !element ||
      element.closest("script, style, noscript, title, select, textarea, template") ||
      !shown(element) ||
      icons(getComputedStyle(element))
    )
      return;
    const clip = room(element);
    const { overflow } = getComputedStyle(element);
    const left = overflow === "visible" ? clip : both(clip, boxOf(element.getBoundingClientRect()));
    let seen = "";
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      // A word that is broken over two lines has two boxes.
      const boxes = [...range.getClientRects()].map(boxOf);
      const whole = boxes.reduce((sum, box) => sum + area(box), 0);
      const cut = boxes.reduce((sum, box) => sum + area(both(box, left)), 0);
      if (whole >= 4 && cut * 2 >= whole) seen += `${word} `;
    }
    count(seen);
  };
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) written(walker.currentNode);
  };
  texts(document.body);
  for (const element of all) {
    if (element.shadowRoot) texts(element.shadowRoot);
    if (element.matches("canvas") && shown(element)) {
      const box = element.getBoundingClientRect();
      const [across, down] = [box.width / element.width, box.height / element.height];
      for (const { text, x, y } of window.censusWritten?.get(element)?.values() ?? []) {
        const [left, top] = [box.left + x * across, box.top + y * down];
        if (area(both([left - 1, top - 1, left + 1, top + 1], room(element))) > 2) count(text);
      }
    }
    if (!window.censusSeen.has(element)) continue;
    const field = element.matches(
      "input:not([type=range], [type=checkbox], [type=radio], [type=color], [type=file]), textarea",
    );
    if (field && boxInSight(element)) count(element.value || element.placeholder);
    if (element.matches("select") && boxInSight(element))
      count([...element.selectedOptions].map(({ text }) => text).join(" "));
    for (const side of ["::before", "::after"]) {
      const style = getComputedStyle(element, side);
      if (style.content.startsWith('"') && !icons(style)) count(style.content.slice(1, -1));
    }
  }
  return { controls: controls.length, hands, words, numbers, pictures };
}
