"""Reads exported weights as a user would, and asks of them what the engine's result says; prints how many tensors there were.

    python weights.py SAFETENSORS RESULT DIGITS_CSV

Names and shapes follow from the config in the metadata; a forward pass in numpy gives every model's confusion matrix; and the
digest is that of the weights.
"""

import json
import sys

import numpy as np
from safetensors import safe_open


def activate(name: str, z: np.ndarray) -> np.ndarray:
    if name == "relu":
        return np.maximum(z, 0)
    if name == "tanh":
        return np.tanh(z)
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


def digest(numbers: bytes) -> str:
    """FNV-1a, 64 bits."""
    state = 0xCBF29CE484222325
    for byte in numbers:
        state = ((state ^ byte) * 0x100000001B3) % 2**64
    return f"{state:016x}"


def main(weights: str, result: str, csv: str) -> None:
    with open(result, encoding="utf8") as text:
        run = json.load(text)
    with safe_open(weights, framework="numpy") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    config = json.loads(metadata["config"])
    assert config == run["config"] and metadata["digest"] == run["digest"]
    assert metadata["engine_version"] == run["engine_version"] and metadata["format"] == "pt"

    members = config["teacher"]["members"]
    teachers = ["teacher"] if members == 1 else [f"teacher_{m}" for m in range(members)]
    students = ["student_alone", "student_distilled"] + ["student_refined"] * (config["refine"]["steps"] > 0)
    table = np.loadtxt(csv, delimiter=",", skiprows=1, usecols=range(1, 66))
    x = (table[1000 : 1000 + config["data"]["test"], 1:] / 16).astype("float32")
    labels = table[1000 : 1000 + config["data"]["test"], 0].astype(int)

    numbers, seen, probabilities = b"", 0, {}
    for model in teachers + students:
        part = config["teacher" if model in teachers else "student"]
        widths = [64, *part["hidden"], 10]
        a = x
        for layer, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
            weight, bias = tensors[f"{model}.{2 * layer}.weight"], tensors[f"{model}.{2 * layer}.bias"]
            assert weight.shape == (outputs, inputs) and bias.shape == (outputs,)
            assert weight.dtype == bias.dtype == np.float32
            # The digest takes weights as [inputs, outputs].
            numbers += np.ascontiguousarray(weight.T).tobytes() + bias.tobytes()
            seen += 2
            z = a @ weight.T + bias
            a = z if layer == len(widths) - 2 else activate(part["activation"], z)
        e = np.exp(a - a.max(axis=1, keepdims=True))
        probabilities[model] = e / e.sum(axis=1, keepdims=True)
    assert seen == len(tensors)
    assert digest(numbers) == metadata["digest"]

    joint = np.mean([probabilities[t] for t in teachers], axis=0)
    for name, p in [("teacher", joint), *((s, probabilities[s]) for s in students)]:
        confusion = np.zeros((10, 10), int)
        np.add.at(confusion, (labels, p.argmax(axis=1)), 1)
        assert confusion.tolist() == run[name]["confusion"], name
    print(seen)


if __name__ == "__main__":
    main(*sys.argv[1:])
