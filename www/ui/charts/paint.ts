/**
 * Paints a chart's picture on a canvas. An image element would read the SVG by itself, but asks for a policy that lets images come
 * from data addresses; this asks for nothing. It knows the shapes that the pictures of this page are made of, and refuses others:
 * a picture that lacks a part unseen would be worse than none.
 */

/** What parts that are within others take over from them. */
interface Looks {
  fill: string;
  stroke: string;
  family: string;
  size: number;
  weight: string;
}
const PLAIN: Looks = { fill: "black", stroke: "none", family: "sans-serif", size: 16, weight: "400" };
/** What is not drawn. */
const SILENT = new Set(["title", "metadata"]);
const ANCHORS: Readonly<Record<string, CanvasTextAlign>> = { start: "left", middle: "center", end: "right" };

/** A canvas with the picture on it, `scale` times as fine as its size in the file. */
export function painted(svg: string, scale: number): HTMLCanvasElement {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement as Element;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [scale * number(root, "width"), scale * number(root, "height")];
  const to = canvas.getContext("2d");
  if (!to) throw new Error("The browser has no canvas to draw the picture on.");
  to.scale(scale, scale);
  // As in the file, whatever the page around it says.
  to.direction = "ltr";
  // Letters as far apart as their outlines say, as SVG has them, not rounded to pixels.
  to.textRendering = "geometricPrecision";
  paintAll(to, root, looksOf(root, PLAIN));
  return canvas;
}

function paintAll(to: CanvasRenderingContext2D, parent: Element, looks: Looks): void {
  for (const element of parent.children) {
    if (SILENT.has(element.nodeName)) continue;
    to.save();
    to.globalAlpha *= number(element, "opacity", 1);
    place(to, element.getAttribute("transform") ?? "");
    paint(to, element, looksOf(element, looks));
    to.restore();
  }
}

function paint(to: CanvasRenderingContext2D, element: Element, looks: Looks): void {
  const at = (name: string): number => number(element, name);
  const path = new Path2D();
  switch (element.nodeName) {
    case "svg": {
      const [left = 0, top = 0, width = 1, height = 1] = numbers(element.getAttribute("viewBox"));
      path.rect(at("x"), at("y"), at("width"), at("height"));
      to.clip(path);
      to.translate(at("x"), at("y"));
      // Both the same: a drawing's box has its picture's shape.
      to.scale(at("width") / width, at("height") / height);
      to.translate(-left, -top);
      paintAll(to, element, looks);
      return;
    }
    case "g":
      paintAll(to, element, looks);
      return;
    case "text":
      to.font = `${looks.weight} ${looks.size}px ${looks.family}`;
      to.textAlign = ANCHORS[element.getAttribute("text-anchor") ?? "start"] ?? "left";
      if (!fills(to, element, looks)) return;
      to.fillText((element.textContent ?? "").replace(/\s+/g, " ").trim(), at("x"), at("y"));
      return;
    case "rect":
      path.rect(at("x"), at("y"), at("width"), at("height"));
      break;
    case "circle":
      path.arc(at("cx"), at("cy"), at("r"), 0, 2 * Math.PI);
      break;
    case "line":
      path.moveTo(at("x1"), at("y1"));
      path.lineTo(at("x2"), at("y2"));
      break;
    case "polyline":
    case "polygon": {
      const points = numbers(element.getAttribute("points"));
      for (let i = 0; i + 1 < points.length; i += 2) path.lineTo(points[i] ?? 0, points[i + 1] ?? 0);
      if (element.nodeName === "polygon") path.closePath();
      break;
    }
    default:
      throw new Error(`This picture cannot be painted: it has a <${element.nodeName}>.`);
  }
  const alpha = to.globalAlpha;
  if (fills(to, element, looks)) to.fill(path);
  to.globalAlpha = alpha;
  if (looks.stroke === "none") return;
  to.strokeStyle = looks.stroke;
  to.lineWidth = number(element, "stroke-width", 1);
  to.setLineDash(numbers(element.getAttribute("stroke-dasharray")));
  to.stroke(path);
}

/** Takes up an element's colour to fill with; false where it has none. */
function fills(to: CanvasRenderingContext2D, element: Element, { fill }: Looks): boolean {
  to.fillStyle = fill;
  to.globalAlpha *= number(element, "fill-opacity", 1);
  return fill !== "none";
}

function place(to: CanvasRenderingContext2D, transform: string): void {
  for (const [, name, list] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a = 0, b = 0] = numbers(list ?? "");
    if (name === "translate") to.translate(a, b);
    else if (name === "rotate") to.rotate((a * Math.PI) / 180);
    else throw new Error(`This picture cannot be painted: it is moved by ${name}().`);
  }
}

function looksOf(element: Element, { fill, stroke, family, size, weight }: Looks): Looks {
  return {
    fill: element.getAttribute("fill") ?? fill,
    stroke: element.getAttribute("stroke") ?? stroke,
    family: element.getAttribute("font-family") ?? family,
    size: number(element, "font-size", size),
    weight: element.getAttribute("font-weight") ?? weight,
  };
}

/** A number, with or without "px" behind it. */
function number(element: Element, name: string, otherwise = 0): number {
  const value = Number.parseFloat(element.getAttribute(name) ?? "");
  return Number.isNaN(value) ? otherwise : value;
}

/** The numbers of a list; none in "none". */
function numbers(list: string | null): number[] {
  return (list ?? "").match(/-?[\d.]+(?:e-?\d+)?/gi)?.map(Number) ?? [];
}
