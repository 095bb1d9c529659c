"""The losses that an exported script defines, against the golden cases of its method; prints how many were compared.

    python losses.py SCRIPT GOLDEN METHOD

The notebook's own loss has no golden cases: its formula is written out here once more, in float64, on those of soft targets.

The script is run first (few steps are enough), for its functions; T, ALPHA and CLASSES are then set to each case's own.
"""

import json
import os
import runpy
import sys

import numpy as np


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def call(loss, targets: np.ndarray, z: np.ndarray) -> float:
    """The mean over the batch, in the framework's own numbers."""
    if "torch" in sys.modules:
        import torch

        return float(loss(torch.tensor(targets), torch.tensor(z)).mean())
    return float(np.asarray(loss(targets, z)).mean())


def main(script: str, golden: str, method: str) -> None:
    names = runpy.run_path(script)
    compared = 0
    with open(golden, encoding="utf8") as file:
        cases = json.load(file)
    for case in cases:
        given, wanted = case["inputs"], case["expected"]["loss"]
        z = np.array(given["student_logits" if "student_logits" in given else "logits"], "float32")
        scope = names["cross_entropy"].__globals__
        scope["CLASSES"] = z.shape[1]
        if method == "cross_entropy":
            loss = names["cross_entropy"]
            targets = names["label_rows"](np.array(given["labels"]), given["label_smoothing"])
        elif method == "notebook_as_written":
            loss = names["notebook_loss"]
            scope["T"] = given["temperature"]
            labels = np.array(given["labels"])
            targets = names["label_rows"](labels)
            squeezed = softmax(softmax(z.astype("float64")) / given["temperature"])
            rows = np.flatnonzero(labels >= 0)
            wanted = -np.log(squeezed[rows, labels[rows]]).sum() / len(labels)
        else:
            loss = names["distillation_loss"]
            scope["ALPHA"] = given.get("alpha", 1.0)
            teacher = np.array(given["teacher_logits"], "float64")
            if method == "soft_targets":
                scope["T"] = given["temperature"]
                teacher = softmax(teacher / given["temperature"])
            labels = np.array(given.get("labels", [0] * len(z)))
            targets = np.concatenate([teacher, names["label_rows"](labels)], axis=1)
        found = call(loss, targets.astype("float32"), z)
        # float32 beside float64: ten times the tolerance that tests/golden/README.md gives the engine, for frameworks that
        # sum in float32, and T^2 times the rounding of a divergence that nearly cancels.
        scale = 2e-4 if "large" not in case["kind"] else 2e-3
        slack = scale * max(abs(wanted), 1e-2) + 3e-7 * given.get("temperature", 1.0) ** 2
        assert abs(found - wanted) <= slack, f"{case['name']}: {found}, where {wanted} is right"
        compared += 1
    assert compared > 0
    print(compared)


if __name__ == "__main__":
    os.environ.setdefault("KERAS_BACKEND", "jax")
    main(*sys.argv[1:])
