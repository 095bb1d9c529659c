// Python for the exports' tests: packages in an environment of its own under .cache, PyTorch wherever it is.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fail, root, run, step } from "./setup.mjs";

const REQUIREMENTS = "tests/exports/requirements.txt";
const OWN = ".cache/exports";

/** Path of a Python with Keras, JAX, scikit-learn, safetensors and a Jupyter kernel, in the versions pinned. */
export function python() {
  const bin = join(root, OWN, "bin/python");
  step("Python packages", [REQUIREMENTS], [`${OWN}/bin/python`], () => {
    run(process.env.PYTHON ?? "python3", ["-m", "venv", "--clear", OWN]);
    run(bin, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]);
  });
  return bin;
}

const hasTorch = (bin) => spawnSync(bin, ["-c", "import torch, numpy; torch.zeros(1).numpy()"]).status === 0;

/**
 * Path of a Python with PyTorch. What PyPI serves for Linux has CUDA linked in: half a gigabyte that does not load without
 * several more. Debian's package is for the processor alone.
 */
export function torch() {
  const there = [process.env.TORCH_PYTHON, join(root, OWN, "bin/python"), "python3", "/usr/bin/python3"];
  const found = () => there.find((bin) => bin && hasTorch(bin));
  const first = found();
  if (first) return first;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const shell = "apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-torch python3-numpy";
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const done = spawnSync("sh", ["-c", shell], { encoding: "utf8", env });
    return found() ?? fail(`PyTorch could not be installed:\n${done.stderr}`);
  }
  return fail("No Python with PyTorch was found. Name one by TORCH_PYTHON, or: apt-get install python3-torch");
}
