/** The presets' figures, which the lesson quotes: they come with it, and the engine is without them. */
import type { Figure } from "../../shared/engine_types";

const files = import.meta.glob<Figure[]>("../../../src/config/presets/figures/*.json", {
  import: "default",
  eager: true,
});

/** By preset. */
export const FIGURES: Readonly<Record<string, readonly Figure[]>> = Object.fromEntries(
  Object.entries(files).map(([path, figures]) => [path.replace(/.*\/|\.json$/g, ""), figures]),
);
