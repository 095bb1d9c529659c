/** The scripts' templates: the same files that the command line has compiled in. They come with the panel that needs them. */
import data from "../../../src/export/templates/data.py?raw";
import keras from "../../../src/export/templates/keras.py?raw";
import process from "../../../src/export/templates/process.py?raw";
import pytorch from "../../../src/export/templates/pytorch.py?raw";
import type { ScriptTemplate } from "../../shared/engine_types";

/** What every data set and every method adds. */
const files = import.meta.glob<string>("../../../src/{data,distil}/*.py", {
  query: "?raw",
  import: "default",
  eager: true,
});
const own = Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/.*\//, ""), text]));

export const TEMPLATES: Record<"keras" | "pytorch", ScriptTemplate> = {
  keras: { main: keras, data, process, own },
  pytorch: { main: pytorch, data, process, own },
};
