/**
 * A chart as a picture that stands alone: its drawing, and around it title, axes, legend, the config that it shows and the
 * link that leads to it. Colours are those of the page as it is shown; nothing outside the file is needed to draw it.
 */
import type { Config } from "../../shared/engine_types";
import { describe } from "../describe";
import { painted } from "./paint";

export interface Caption {
  title: string;
  /** What the axes show; empty where there is no axis. */
  x: string;
  y: string;
  legend: { label: string; colour: string; dash: readonly number[] }[];
  config: Config;
  /** One line more: what was run, over which seeds. */
  note: string;
  link: string;
}

/** A chart's drawing: SVG elements in a box of this size. */
export interface Drawing {
  width: number;
  height: number;
  body: string;
}

const WIDTH = 720;
const MARGIN = 16;
/** Letters of the small print in a line; the widest that are usual there, digits and capitals, are about 6 wide. */
const LETTERS = 110;

export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The value of a custom property of the page's theme. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The file's text. */
export function picture(drawing: Drawing, caption: Caption): string {
  const left = MARGIN + (caption.y ? 20 : 0);
  const width = WIDTH - left - MARGIN;
  const height = (width * drawing.height) / drawing.width;
  const small = [describe(caption.config), caption.note, caption.link].filter(Boolean).flatMap(wrapped);
  const legend = legendOf(caption, left, 52);
  const top = legend.bottom;
  const below = top + height + (caption.x ? 22 : 6);
  const total = Math.ceil(below + 16 * small.length + MARGIN);
  const ink = `fill="${colour("--ink")}"`;
  const soft = `fill="${colour("--ink-soft")}"`;
  const middle = top + height / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" viewBox="0 0 ${WIDTH} ${total}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escape(caption.title)}</title>`,
    `<metadata>${escape(JSON.stringify({ config: caption.config, link: caption.link }))}</metadata>`,
    `<rect width="${WIDTH}" height="${total}" fill="${colour("--paper")}"/>`,
    `<text x="${MARGIN}" y="32" font-size="18" font-weight="600" ${ink}>${escape(caption.title)}</text>`,
    legend.body,
    `<svg x="${left}" y="${top}" width="${width}" height="${height}" viewBox="0 0 ${drawing.width} ${drawing.height}">${drawing.body}</svg>`,
    caption.x &&
      `<text x="${left + width / 2}" y="${top + height + 14}" text-anchor="middle" ${soft}>${escape(caption.x)}</text>`,
    caption.y &&
      `<text transform="translate(${MARGIN + 4} ${middle}) rotate(-90)" text-anchor="middle" ${soft}>${escape(caption.y)}</text>`,
    ...small.map(
      (line, i) => `<text x="${MARGIN}" y="${below + 14 + 16 * i}" font-size="10" ${soft}>${escape(line)}</text>`,
    ),
    "</svg>",
  ].join("\n");
}

function legendOf(caption: Caption, left: number, y: number): { body: string; bottom: number } {
  let [x, row] = [left, y];
  const parts = caption.legend.map(({ label, colour: stroke, dash }) => {
    const width = 40 + 7 * label.length;
    if (x > left && x + width > WIDTH - MARGIN) [x, row] = [left, row + 18];
    const line = `<line x1="${x}" x2="${x + 22}" y1="${row - 4}" y2="${row - 4}" stroke="${stroke}" stroke-width="2.5" stroke-dasharray="${dash.join(" ")}"/>`;
    const text = `<text x="${x + 28}" y="${row}" fill="${colour("--ink")}">${escape(label)}</text>`;
    x += width;
    return line + text;
  });
  return { body: parts.join(""), bottom: (parts.length ? row : y - 16) + 10 };
}

/** Lines of at most LETTERS letters, broken between words where there are any. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (let rest = text; rest !== "";) {
    const space = rest.length > LETTERS ? rest.lastIndexOf(" ", LETTERS) : -1;
    const end = rest.length <= LETTERS ? rest.length : space > 0 ? space : LETTERS;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return lines;
}

/** What of an element's looks comes from style sheets. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-size",
  "font-weight",
];

/** The drawing of an SVG panel of the page, with the looks that its style sheets give it written into its elements. */
export function drawingOf(svg: SVGSVGElement): Drawing {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [...svg.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((element, i) => {
    const original = originals[i];
    if (original === undefined) return;
    const computed = getComputedStyle(original);
    element.removeAttribute("class");
    element.removeAttribute("style");
    for (const look of LOOKS) element.setAttribute(look, computed.getPropertyValue(look));
  });
  const { width, height } = svg.viewBox.baseVal;
  const serializer = new XMLSerializer();
  return { width, height, body: [...copy.children].map((child) => serializer.serializeToString(child)).join("") };
}

/** The picture painted, twice as fine as its size on the page. */
export async function png(svg: string): Promise<Blob> {
  const canvas = painted(svg, 2);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not draw the picture."))));
  });
}
