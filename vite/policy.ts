// The content security policies that the page works under: what a careful host may send, and what the single file says of itself.
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** For the site, as a header: nothing inline, no `eval`, nothing from elsewhere. */
export const SITE_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'";

const sums = (html: string, tag: string): string =>
  [...html.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, "g"))]
    .map(([, text]) => text ?? "")
    .filter((text) => text !== "")
    .map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
    .join(" ");

/** The single file with a policy of its own: its one script and its one style by their sums, workers that it makes, an empty icon. */
function withPolicy(html: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${sums(html, "script")} 'wasm-unsafe-eval' blob:`,
    "worker-src blob:",
    `style-src ${sums(html, "style")}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  // Nothing lies beside the file, its icon neither.
  const alone = html.replace(/<link rel="icon"[^>]*>/, '<link rel="icon" href="data:," />');
  return alone.replace(/<meta charset="utf-8" ?\/?>/, (charset) => `${charset}\n    ${meta}`);
}

/** Puts the policy into the page once all of it is in one file; comes after the plugin that makes it one. */
export function singleFilePolicy(): Plugin {
  return {
    name: "single-file-policy",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("policy: the single file has no index.html");
        page.source = withPolicy(String(page.source));
        page.fileName = "distill-lab.html";
      },
    },
  };
}
