// What is exported, used as its readers use it. Keras, PyTorch and notebook code is run under seeds of its own, and each model's
// accuracy must fall into the engine's 95 % prediction interval; losses meet the golden cases; weights are read in Python.
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, test } from "vitest";
import { root } from "../../scripts/setup.mjs";
import { keras, torch } from "./python.mjs";

/**
 * Seeds of the engine, and the 97.5 % quantile of Student's t with one degree of freedom less. Twice the dozen that is used
 * elsewhere: this is some eighty comparisons, and with 12 the spread itself is known too badly (a teacher whose standard
 * deviation is 0.3 points has one of 0.17 over seeds 0 to 11).
 */
const [SEEDS, T_QUANTILE] = [24, 2.069];
/** Seeds of each script: they have nothing in common with the engine's but the numbers' names. */
const OWN_SEEDS = ["101", "102", "103"];

const here = join(root, "tests/exports");
const digits = join(root, "data/digits.csv");
const scratch = mkdtempSync(join(tmpdir(), "distill-lab-exports-"));
/** By format: the Python that runs it. */
const pythons = { keras, notebook: keras, pytorch: "" };
beforeAll(() => {
  pythons.pytorch = torch();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const execute = promisify(execFile);
const engine = async (...args) =>
  (await execute(join(root, "target/release/distill-lab"), args, { maxBuffer: 1 << 28 })).stdout;

const env = {
  ...process.env,
  MNIST10K: join(root, "data"),
  KERAS_BACKEND: "jax",
  JAX_PLATFORMS: "cpu",
  PYTHONWARNINGS: "ignore",
  // As many scripts as cores run at once, one thread each.
  OMP_NUM_THREADS: "1",
  XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
};

/** What a script of this folder prints last. */
async function lastLine(python, ...args) {
  const { stdout } = await execute(python, args, { cwd: here, env, maxBuffer: 1 << 28 });
  return stdout.trim().split("\n").at(-1);
}

/** Mean and half width of the interval in which one more run lies with 95 %, by model, in per cent. */
function intervals(runs) {
  const models = ["teacher", "student_alone", "student_distilled", "student_refined"].filter((name) => runs[0][name]);
  return models.map((model) => {
    const values = runs.map((result) => 100 * result[model].accuracy);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
    return { model, mean, half: T_QUANTILE * Math.sqrt(variance * (1 + 1 / values.length)) };
  });
}

/** A folder of a test's own. */
function folder(...names) {
  const made = join(scratch, names.join(" ").replaceAll(/\W+/g, "-"));
  mkdirSync(made, { recursive: true });
  return made;
}

/** A file in `into` with an export of `config` (another file, or a preset's name). */
async function exported(config, format, into, sets = [], flags = []) {
  const file = join(into, `run.${{ keras: "py", pytorch: "py", notebook: "ipynb" }[format] ?? format}`);
  await engine("export", config, "--format", format, "--out", file, ...sets.flatMap((s) => ["--set", s]), ...flags);
  return file;
}

/** Every method that a config can name: the engine's schema lists them. */
const SCHEMA = JSON.parse(readFileSync(join(root, "docs/config.schema.json"), "utf8"));
const METHODS = SCHEMA.properties.distillation.properties.method.enum;

const text = readFileSync(join(here, "cases.json"), "utf8");
const cases = JSON.parse(text);
/** A method that no case names has one all the same, with some labels withheld. */
const others = METHODS.filter(
  (name) => name !== METHODS[0] && !text.includes(`"${name}"`) && !text.includes(`"${name.replaceAll("_", "-")}"`),
);
for (const method of others) {
  const set = { transfer: { size: 100, labelled: 60 }, student: { steps: 600 }, distillation: { method } };
  cases.push({ name: `the method ${method}`, preset: "fifty-digits", set });
}
const named = cases.map(({ name, ...one }) => [name, one]);
describe.each(named)("%s: the script's accuracies lie in the engine's interval", (name, { preset, set, ...one }) => {
  const config = join(folder(name), "config.json");
  writeFileSync(config, JSON.stringify({ ...(preset && { preset }), ...set }));
  const table = one.table && join(here, one.table);
  const flags = [...(table ? ["--table", table] : []), ...(one.flags ?? [])];
  let asked;
  const wanted = () =>
    (asked ??= engine("run", config, "--seeds", `0..${SEEDS}`, "--json", ...flags).then((text) =>
      intervals(JSON.parse(text).runs),
    ));
  test.concurrent.for([
    ["keras", "run_script.py"],
    ["pytorch", "run_script.py"],
    ...(one.notebook ? [["notebook", "run_notebook.py"]] : []),
  ])("%s", async ([format, runner], { expect }) => {
    const file = await exported(config, format, folder(name, format), [], flags);
    // Keras' script is told where the table is; PyTorch's and the notebook find it beside them.
    const told = table && format === "keras" ? ["--", table] : [];
    if (table && format !== "keras") copyFileSync(table, join(file, "..", one.table));
    // PyTorch's script finds the engine's own file beside it, Keras' asks scikit-learn: both ways are taken.
    if (format === "pytorch") copyFileSync(digits, join(file, "../digits.csv"));
    const found = JSON.parse(await lastLine(pythons[format], runner, file, ...OWN_SEEDS, ...told));
    for (const { model, mean, half } of await wanted()) {
      const own = found.reduce((sum, accuracy) => sum + accuracy[model], 0) / found.length;
      const said = `${model}: ${own.toFixed(1)} %, the engine ${mean.toFixed(1)} ± ${half.toFixed(1)}`;
      expect.soft(Math.abs(own - mean), said).toBeLessThanOrEqual(half);
    }
  });
});

const QUICK = ["teacher.steps=1", "student.steps=1"];
/** The losses that have golden cases: cross-entropy, and every method's. */
const GOLDEN = [
  ["cross_entropy", "cross_entropy", []],
  ...METHODS.map((name) => [name, `method_${name}`, [`distillation.method=${name}`]]),
]
  .map(([name, file, set]) => [name, join(root, `tests/golden/${file}.json`), set])
  .filter(([, file]) => existsSync(file));
describe.each(GOLDEN)("%s: the script's loss meets the golden cases", (name, golden, set) => {
  test.concurrent.for(["keras", "pytorch"])("%s", async (format, { expect }) => {
    const file = await exported("fifty-digits", format, folder("losses", name, format), [...QUICK, ...set]);
    copyFileSync(digits, join(file, "../digits.csv"));
    expect(Number(await lastLine(pythons[format], "losses.py", file, golden))).toBeGreaterThan(0);
  });
});

const REFINED = ["teacher.members=2", "refine.steps=50", "student.hidden=[24, 12]", "student.activation=gelu"];
test.concurrent.for([
  ["one teacher", []],
  ["an ensemble, refined", REFINED],
])("the weights of %s are read in Python", async ([name, sets], { expect }) => {
  const into = folder("weights", name);
  const files = [];
  for (const format of ["safetensors", "json"]) files.push(await exported("fifty-digits", format, into, sets));
  expect(Number(await lastLine(keras, "weights.py", ...files, digits))).toBeGreaterThan(0);
});
