// The two Pythons that run what is exported.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { apt } from "../../scripts/chromium.mjs";
import { root } from "../../scripts/setup.mjs";

/** With Keras on JAX, scikit-learn, safetensors and a Jupyter kernel in the versions pinned: `npm run setup:exports` makes it. */
export const keras = join(root, ".cache/exports/bin/python");

const hasTorch = (bin) => spawnSync(bin, ["-c", "import torch, numpy; torch.zeros(1).numpy()"]).status === 0;

/**
 * Path of a Python with PyTorch. What PyPI serves for Linux has CUDA linked in: half a gigabyte that does not load without
 * several more. Debian's package is for the processor alone.
 */
export function torch() {
  const there = [process.env.TORCH_PYTHON, keras, "python3", "/usr/bin/python3"].filter(Boolean);
  const found =
    there.find(hasTorch) ?? (apt("--no-install-recommends", "python3-torch", "python3-numpy") && there.find(hasTorch));
  if (found) return found;
  throw new Error("No Python with PyTorch was found. Name one by TORCH_PYTHON, or: apt-get install python3-torch");
}
