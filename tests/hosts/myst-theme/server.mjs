// A theme for `myst build --html` that shows a page's content and nothing else. The book theme comes from an address that is
// no package registry; the components that turn MyST's syntax tree into HTML there are a package, and are what is used here.
import { createServer } from "node:http";
import { MyST, DEFAULT_RENDERERS } from "myst-to-react";
import { ThemeProvider } from "@myst-theme/providers";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

const content = `http://localhost:${process.env.CONTENT_CDN_PORT}`;

async function style() {
  const config = await (await fetch(`${content}/config.json`)).json();
  const file = config.options?.style;
  return file === undefined ? "" : (await fetch(`${content}${file}`)).text();
}

async function page(slug) {
  const answer = await fetch(`${content}/content/${slug}.json`);
  if (!answer.ok) return undefined;
  const { frontmatter, mdast } = await answer.json();
  const article = createElement(MyST, { ast: mdast });
  const whole = createElement(ThemeProvider, { renderers: DEFAULT_RENDERERS, theme: "light" }, article);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8" /><meta name="viewport" content="width=device-width" />
<title>${frontmatter.title}</title><link rel="stylesheet" href="theme.css" /><link rel="stylesheet" href="myst-theme.css" />
<main><h1>${frontmatter.title}</h1>${renderToStaticMarkup(whole)}</main></html>
`;
}

createServer(async (request, response) => {
  const path = new URL(request.url, content).pathname;
  const slug = path.replace(/^\/|\/$/g, "") || "index";
  const css = path === "/myst-theme.css";
  const text = css ? await style() : slug.includes(".") ? "" : await page(slug);
  response.writeHead(text === undefined ? 404 : 200, { "content-type": css ? "text/css" : "text/html; charset=utf-8" });
  response.end(text);
}).listen(process.env.PORT, () => console.log(`listening on http://localhost:${process.env.PORT}`));
