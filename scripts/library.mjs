// What the npm package has beside the built site: the engine's module with its types, and the element's types, in lib/.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run, step } from "./setup.mjs";

/** Compiles lib/ where its sources have changed; needs the engine in pkg/. */
export function library() {
  const inputs = ["www/engine", "www/embed", "www/shared", "tsconfig.json", "package-lock.json", "scripts/library.mjs"];
  step("npm package's modules", inputs, ["lib/engine/index.js", "lib/embed/element.d.ts"], () => {
    rmSync(join(root, "lib"), { recursive: true, force: true });
    run("node_modules/.bin/tsc", ["-p", "www/engine/tsconfig.json"]);
    for (const path of readdirSync(join(root, "lib"), { recursive: true, encoding: "utf8" })) {
      const file = join(root, "lib", path);
      // The element itself is built by Vite, into dist/, beside the page that it frames.
      if (/^embed.*\.js$/.test(path)) rmSync(file);
      else if (/\.(js|d\.ts)$/.test(path)) writeFileSync(file, withEndings(readFileSync(file, "utf8")));
    }
  });
}

/** Node.js and browsers want the whole name of a file; the sources leave it to the bundler. */
function withEndings(code) {
  return code.replace(/((?:from|import\() ?")(\.{1,2}\/[^"]+?)(?:\.js)?"/g, '$1$2.js"');
}
