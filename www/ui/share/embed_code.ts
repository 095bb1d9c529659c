/** The text that puts a panel into a page of each kind of host. docs/embedding.md shows them at work. */

/** In the order in which they are offered. */
export const HOSTS = ["iframe", "element", "quarto", "myst", "reveal", "mkdocs", "jupyter"] as const;
export type Host = (typeof HOSTS)[number];

/** Their own names, the same in every language. */
export const HOST_NAMES: Record<Host, string> = {
  iframe: "HTML <iframe>",
  element: "HTML <distill-lab>",
  quarto: "Quarto",
  myst: "MyST, Jupyter Book 2",
  reveal: "reveal.js",
  mkdocs: "MkDocs",
  jupyter: "Jupyter",
};

export interface Embedding {
  /** Address of the page with every setting. */
  link: string;
  /** What the frame is called by a screen reader. */
  title: string;
  /** In CSS pixels; null: as wide as there is room. */
  width: number | null;
  /** In CSS pixels. */
  height: number;
}

export function embedCode(host: Host, embedding: Embedding): string {
  const { link, title, width, height } = embedding;
  const wide = width === null ? "100%" : String(width);
  switch (host) {
    case "iframe":
    case "mkdocs":
      return frame("src", embedding);
    case "element":
      return element(embedding);
    case "quarto":
      return "```{=html}\n" + frame("src", embedding) + "\n```";
    case "myst": {
      // The directive takes no height: the theme makes one of the width.
      const css = width === null ? "100%" : `${width}px`;
      return "```{iframe} " + link + `\n:width: ${css}\n:title: ${title}\n` + "```";
    }
    case "reveal":
      // `data-src`: loaded when the slide is near, and left again; the address brings the state back.
      return `<section>\n  ${frame("data-src", embedding)}\n</section>`;
    case "jupyter": {
      const size = `width=${JSON.stringify(wide)}, height=${height}`;
      return `from IPython.display import IFrame\n\nIFrame(${python(link)}, ${size})`;
    }
  }
}

function frame(source: "src" | "data-src", { link, title, width, height }: Embedding): string {
  const loading = source === "src" ? ' loading="lazy"' : "";
  const size = `width="${width ?? "100%"}" height="${height}"`;
  return `<iframe ${source}="${html(link)}" title="${html(title)}" ${size} style="border: 0"${loading}></iframe>`;
}

/** Parameters become attributes, which HTML reads in small letters. */
function element({ link, title, width }: Embedding): string {
  const url = new URL(link);
  const script = new URL("distill-lab.js", url).href;
  const attributes = [...url.searchParams].map(([key, value]) => ` ${key.toLowerCase()}="${html(value)}"`).join("");
  const style = width === null ? "" : ` style="max-width: ${width}px"`;
  // Without scripts, and in print, the link stands there.
  const inside = `<a href="${html(link)}">${html(title)}</a>`;
  return `<script type="module" src="${html(script)}"></script>\n<distill-lab${attributes}${style}>${inside}</distill-lab>`;
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** An address is plain ASCII, of which a string of JSON is one of Python's too. */
function python(text: string): string {
  return JSON.stringify(text);
}
