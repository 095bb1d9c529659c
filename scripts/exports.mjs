// npm run test:exports: what is exported, used as its readers use it. Keras, PyTorch and notebook code is run under seeds of its
// own, and each model's accuracy must fall into the engine's 95 % prediction interval; losses meet the golden cases; weights
// are read in Python. One line for each test; the last line sums them up.
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { failure } from "./counts.mjs";
import { python, torch } from "./python.mjs";
import { packages, root, run } from "./setup.mjs";

/**
 * Seeds of the engine, and the 97.5 % quantile of Student's t with one degree of freedom less. Twice the dozen that is used
 * elsewhere: this is some eighty comparisons, and with 12 the spread itself is known too badly (a teacher whose standard
 * deviation is 0.3 points has one of 0.17 over seeds 0 to 11).
 */
const [SEEDS, T_QUANTILE] = [24, 2.069];
/** Seeds of each script: they have nothing in common with the engine's but the numbers' names. */
const OWN_SEEDS = ["101", "102", "103"];

packages();
const keras = python();
const pytorch = torch();
run("cargo", ["build", "--quiet", "--release", "--locked"]);
const binary = join(root, "target/release/distill-lab");
const scratch = mkdtempSync(join(tmpdir(), "distill-lab-exports-"));
const total = { passed: 0, failed: 0 };

function tell(holds, name, detail) {
  total[holds ? "passed" : "failed"] += 1;
  console.log(holds ? `holds  ${name}: ${detail}` : failure({ name, why: detail }));
}

const ENVIRONMENT = {
  ...process.env,
  MNIST10K: join(root, "data"),
  KERAS_BACKEND: "jax",
  JAX_PLATFORMS: "cpu",
  PYTHONWARNINGS: "ignore",
  // As many scripts as cores run at once, one thread each.
  OMP_NUM_THREADS: "1",
  XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
};

/** What a command prints last. */
function lastLine(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: join(root, "tests/exports"), env: ENVIRONMENT });
    let [output, errors] = ["", ""];
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (errors += data));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output.trim().split("\n").at(-1));
      else reject(new Error(errors.trim().split("\n").slice(-12).join("\n")));
    });
  });
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

/** A file with an export of `config` (another file, or a preset's name). */
function exported(config, format, name, sets = [], flags = []) {
  const folder = join(scratch, name.replaceAll(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `run.${{ keras: "py", pytorch: "py", notebook: "ipynb" }[format] ?? format}`);
  run(binary, [
    "export",
    config,
    "--format",
    format,
    "--out",
    file,
    ...sets.flatMap((set) => ["--set", set]),
    ...flags,
  ]);
  return file;
}

/** The scripts of a case against the engine's runs of it. */
function* scripts(one) {
  const config = join(scratch, "config.json");
  writeFileSync(config, JSON.stringify({ ...(one.preset && { preset: one.preset }), ...one.set }));
  const table = one.table && join(root, "tests/exports", one.table);
  const flags = [...(table ? ["--table", table] : []), ...(one.flags ?? [])];
  const runs = JSON.parse(run(binary, ["run", config, "--seeds", `0..${SEEDS}`, "--json", ...flags])).runs;
  const wanted = intervals(runs);
  const frameworks = [
    ["Keras", keras, "keras", "run_script.py"],
    ["PyTorch", pytorch, "pytorch", "run_script.py"],
    ...(one.notebook ? [["notebook", keras, "notebook", "run_notebook.py"]] : []),
  ];
  for (const [framework, bin, format, runner] of frameworks) {
    const file = exported(config, format, `${one.name} ${format}`, [], flags);
    // Keras' script is told where the table is; PyTorch's and the notebook find it beside them.
    const told = table && format === "keras" ? ["--", table] : [];
    if (table && format !== "keras") copyFileSync(table, join(file, "..", one.table));
    // PyTorch's script finds the engine's own file beside it, Keras' asks scikit-learn: both ways are taken.
    if (format === "pytorch") copyFileSync(join(root, "data/digits.csv"), join(file, "../digits.csv"));
    yield async () => {
      const found = JSON.parse(await lastLine(bin, [runner, file, ...OWN_SEEDS, ...told]));
      for (const { model, mean, half } of wanted) {
        const own = found.reduce((sum, accuracy) => sum + accuracy[model], 0) / found.length;
        const detail = `${own.toFixed(1)} %, the engine ${mean.toFixed(1)} ± ${half.toFixed(1)}`;
        tell(Math.abs(own - mean) <= half, `${one.name}, ${framework}, ${model}`, detail);
      }
    };
  }
}

const QUICK = ["teacher.steps=1", "student.steps=1"];

/** Every method that a config can name: the engine's schema lists them. */
const SCHEMA = JSON.parse(readFileSync(join(root, "docs/config.schema.json"), "utf8"));
const METHODS = SCHEMA.properties.distillation.properties.method.enum;

/** The losses in a script against golden cases: of cross-entropy, and of every method that has some. */
function* losses() {
  const golden = (name) => join(root, `tests/golden/${name}.json`);
  const families = [
    ["cross_entropy", golden("cross_entropy"), []],
    ...METHODS.map((name) => [name, golden(`method_${name}`), [`distillation.method=${name}`]]),
  ];
  for (const [name, file, set] of families.filter(([, file]) => existsSync(file))) {
    for (const [bin, format] of [
      [keras, "keras"],
      [pytorch, "pytorch"],
    ]) {
      const script = exported("fifty-digits", format, `losses ${name} ${format}`, [...QUICK, ...set]);
      copyFileSync(join(root, "data/digits.csv"), join(script, "../digits.csv"));
      yield async () => {
        const compared = await lastLine(bin, ["losses.py", script, file]);
        tell(Number(compared) > 0, `${name}, ${format}`, `${compared} golden cases`);
      };
    }
  }
}

/** Weights, loaded in Python. */
function* weights() {
  const members = ["teacher.members=2", "refine.steps=50", "student.hidden=[24, 12]", "student.activation=gelu"];
  for (const [name, sets] of [
    ["one teacher", []],
    ["an ensemble, refined", members],
  ]) {
    const [file, result] = ["safetensors", "json"].map((f) => exported("fifty-digits", f, `weights ${name}`, sets));
    yield async () => {
      const csv = join(root, "data/digits.csv");
      tell(true, `weights, ${name}`, `${await lastLine(keras, ["weights.py", file, result, csv])} tensors`);
    };
  }
}

const named = JSON.parse(readFileSync(join(root, "tests/exports/cases.json"), "utf8"));
/** A method that no case names has one all the same, with some labels withheld. */
const text = JSON.stringify(named);
const others = METHODS.filter(
  (name) => name !== METHODS[0] && !text.includes(`"${name}"`) && !text.includes(`"${name.replaceAll("_", "-")}"`),
);
const cases = [
  ...named,
  ...others.map((method) => ({
    name: `the method ${method}`,
    preset: "fifty-digits",
    set: { transfer: { size: 100, labelled: 60 }, student: { steps: 600 }, distillation: { method } },
  })),
];
const only = process.argv[2] ?? "";
const tasks = [
  ...["losses", "weights"].flatMap((name) => (only && only !== name ? [] : [[name, { losses, weights }[name]()]])),
  ...cases.filter((one) => one.name.includes(only)).map((one) => [one.name, scripts(one)]),
];
const queue = tasks.flatMap(([name, list]) => [...list].map((work) => [name, work]));
async function worker() {
  for (let task = queue.shift(); task; task = queue.shift()) {
    const [name, work] = task;
    await work().catch((error) => tell(false, name, error.message));
  }
}
await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, worker));
rmSync(scratch, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
