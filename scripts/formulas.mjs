// Formulas of the lesson as MathML, made while building: `import formulas from "virtual:formulas"`.
import { readFileSync } from "node:fs";
import temml from "temml";

const NAME = "virtual:formulas";
const SOURCE = "www/ui/lesson/formulas.json";

/** A Vite plugin. */
export function formulas() {
  return {
    name: "formulas",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      this.addWatchFile(SOURCE);
      const tex = JSON.parse(readFileSync(SOURCE, "utf8"));
      const rendered = Object.entries(tex).map(([name, text]) => [
        name,
        temml.renderToString(text, { throwOnError: true, annotate: false }),
      ]);
      return `export default ${JSON.stringify(Object.fromEntries(rendered))};`;
    },
  };
}
