// node run.mjs [PRESET] [SEED]: a whole experiment from a script, with its progress and a way to give it up (Ctrl+C).
import { LabError, run } from "distill-lab/engine";

const [preset = "notebook-repaired", seed] = process.argv.slice(2);
const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("given up")));

try {
  const result = await run(
    { preset, ...(seed !== undefined && { seed: Number(seed) }) },
    {
      signal: stop.signal,
      onProgress({ phase, step, steps, points }) {
        const last = points.at(-1);
        const accuracy = last === undefined ? "" : `, ${last.model}: ${(100 * last.test_accuracy).toFixed(1)} %`;
        process.stderr.write(`\r${phase}: step ${step} of ${steps}${accuracy}   `);
      },
    },
  );
  process.stderr.write("\n");
  const percent = (model) => `${(100 * result[model].accuracy).toFixed(1)} %`;
  console.log(`teacher ${percent("teacher")}`);
  console.log(`student alone ${percent("student_alone")}, distilled ${percent("student_distilled")}`);
  console.log(`digest ${result.digest}`);
} catch (error) {
  // What is wrong with a config is said by its field: "distillation.temperature: got 0; allowed: ...".
  console.error(error instanceof LabError ? `${error.code}: ${error.message}` : String(error));
  process.exitCode = 1;
}
