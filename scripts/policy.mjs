// The content security policies that the page works under: what a careful host may send, and what the single file says of itself.
import { createHash } from "node:crypto";

/** For the site, as a header: nothing inline, no `eval`, nothing from elsewhere. */
export const SITE_POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self'";

const sums = (html, tag) =>
  [...html.matchAll(new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`, "g"))]
    .filter(([, text]) => text !== "")
    .map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
    .join(" ");

/** The single file with a policy of its own: its one script and its one style by their sums, workers that it makes, an empty icon. */
export function withPolicy(html) {
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
