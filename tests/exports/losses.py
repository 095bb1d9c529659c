"""The loss that an exported script defines, against the golden cases of whole methods; prints how many were compared.

    python losses.py SCRIPT GOLDEN

The script is run first (few steps are enough), for its functions. Its constants are then set to each case's own, by their names:
T and ALPHA, and the method's options in capitals. `cross_entropy` is a case's loss where the golden file is that of cross-entropy.
"""

import json
import os
import runpy
import sys

import numpy as np


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def call(loss, targets: np.ndarray, outputs: np.ndarray) -> float:
    """The mean over the batch, in the framework's own numbers."""
    if "torch" in sys.modules:
        import torch

        return float(loss(torch.tensor(targets), torch.tensor(outputs)).mean())
    return float(np.asarray(loss(targets, outputs)).mean())


def teacher_of(scope: dict, given: dict) -> None:
    """Puts the case's teacher, transfer set and labels where the script's own stood, for the code that makes the targets."""
    logits = np.array(given["teacher_logits"])
    scope["x"], scope["y"] = np.arange(len(logits)), np.array(given["labels"])
    scope["hard"] = scope["label_rows"](scope["y"], given["label_smoothing"])
    scope["teachers"] = [None]
    scope["logits"] = lambda model, x: logits
    scope["teacher_probabilities"] = lambda x, temperature=1.0: softmax(logits / temperature)
    scope["hidden"] = lambda model, layer, x: np.array(given["teacher_hidden"])


def main(script: str, golden: str) -> None:
    with open(script, encoding="utf8") as file:
        source = file.read()
    scope = runpy.run_path(script)["cross_entropy"].__globals__
    with open(golden, encoding="utf8") as file:
        cases = json.load(file)
    # The lines that make the targets, as the script has them: what follows the teacher's last function, up to the next section.
    after = source.split("\ndef teacher_probabilities(", 1)[1].split("\n# %% [markdown]", 1)[0].splitlines()[1:]
    body = next((i for i, line in enumerate(after) if line and not line.startswith(" ")), len(after))
    made = "\n".join(after[body:])
    compared = 0
    for case in cases:
        given, wanted = case["inputs"], case["expected"]["loss"]
        outputs = np.array(given["student_logits" if "student_logits" in given else "logits"], "float32")
        scope["CLASSES"] = outputs.shape[1]
        if "method" in given:
            scope |= {"T": given["temperature"], "ALPHA": given["alpha"]}
            scope |= {option.upper(): value for option, value in given["options"].items()}
            teacher_of(scope, given)
            exec(made, scope)
            targets, loss = scope["targets"], scope["distillation_loss"]
            if "learner" in scope:
                # Behind the logits comes the hidden layer, or what a regressor makes of it.
                behind, w, b = (np.array(given[key]) for key in ("student_hidden", "w", "b"))
                regressed = np.any(case["expected"]["grad_w"])
                outputs = np.concatenate([outputs, behind @ w + b if regressed else behind], axis=1)
        else:
            loss = scope["cross_entropy"]
            targets = scope["label_rows"](np.array(given["labels"]), given["label_smoothing"])
        found = call(loss, targets.astype("float32"), outputs.astype("float32"))
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
