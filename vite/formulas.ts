// Formulas of the lesson as MathML, made while building: `import formulas from "virtual:formulas"`.
import { readFileSync } from "node:fs";
import temml from "temml";
import type { Plugin } from "vite";

const NAME = "virtual:formulas";
const SOURCE = "www/ui/lesson/formulas.json";

/** Looks of Temml's that theme.css knows. */
const LOOKS: Record<string, string> = { "margin-left:-0.1667em;": "closer", "math-depth:0;": "whole" };

function named(style: string): string {
  const look = LOOKS[style];
  if (look === undefined) throw new Error(`formulas: theme.css has no rule for the style "${style}"`);
  return look;
}

/** Serves `virtual:formulas`: the MathML of each formula by its name. */
export function formulas(): Plugin {
  return {
    name: "formulas",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      this.addWatchFile(SOURCE);
      const tex: Record<string, string> = JSON.parse(readFileSync(SOURCE, "utf8"));
      const rendered = Object.entries(tex).map(([name, text]) => [
        name,
        // Names in place of inline styles, which a strict policy forbids; theme.css says what they mean.
        temml
          .renderToString(text, { throwOnError: true, annotate: false })
          .replaceAll(/ style="([^"]*)"/g, (_, style: string) => ` data-look="${named(style)}"`),
      ]);
      return `export default ${JSON.stringify(Object.fromEntries(rendered))};`;
    },
  };
}
