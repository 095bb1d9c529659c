"""Golden cases of whole methods: `method_NAME.json`, by JAX in float64; see README.md.

    python generate_methods.py [FOLDER]

Each method's loss is written out here from its paper, as a sum over samples with a plain mask for withheld labels, and shares
nothing with the engine. Gradients are jax.grad's, each checked against 4th-order central differences.
"""

import json
import os
import sys

import jax
import jax.numpy as jnp
import numpy as np

jax.config.update("jax_enable_x64", True)
UNIT = 2.0**-10  # inputs are multiples of it, exact in float32


def cross_entropy(z, labels, smoothing=0.0):
    """Mean over all rows; a withheld label (-1) adds nothing and is counted."""
    classes = z.shape[1]
    rows = (1 - smoothing) * jax.nn.one_hot(labels, classes) + smoothing / classes
    return jnp.mean(jnp.where(labels >= 0, -jnp.sum(rows * jax.nn.log_softmax(z), 1), 0.0))


def kl(z, teacher, t):
    log_p, log_q = jax.nn.log_softmax(teacher / t), jax.nn.log_softmax(z / t)
    return jnp.sum(jnp.exp(log_p) * (log_p - log_q), 1)


def soft_targets(c, z, h, w, b):
    return c["temperature"] ** 2 * jnp.mean(kl(z, c["teacher_logits"], c["temperature"]))


def logit_matching(c, z, h, w, b):
    d = z - c["teacher_logits"]
    d = d - jnp.mean(d, 1, keepdims=True)
    return jnp.mean(0.5 * d**2)


def hard_teacher(c, z, h, w, b):
    return cross_entropy(z, jnp.argmax(c["teacher_logits"], 1))


def decoupled(c, z, h, w, b):
    """Row by row, with the label's class taken out of a list; a row without a label gives its plain KL."""
    t, total = c["temperature"], 0.0
    for i, y in enumerate(np.array(c["labels"])):
        s, teacher = z[i] / t, c["teacher_logits"][i] / t
        if y < 0:
            total += kl(z[i : i + 1], c["teacher_logits"][i : i + 1], t)[0]
            continue
        others = np.array([k for k in range(z.shape[1]) if k != y])

        def binary(u):
            rest = jax.nn.logsumexp(u[others])
            return jax.nn.log_softmax(jnp.stack([u[y], rest]))

        for log_p, log_q, weight in [
            (binary(teacher), binary(s), 1.0),
            (jax.nn.log_softmax(teacher[others]), jax.nn.log_softmax(s[others]), c["options"]["beta"]),
        ]:
            total += weight * jnp.sum(jnp.exp(log_p) * (log_p - log_q))
    return t**2 * total / z.shape[0]


def hint(c, z, h, w, b):
    guess = h @ w + b
    return c["options"]["hint_weight"] * jnp.mean(jnp.mean((guess - c["teacher_hidden"]) ** 2, 1) / 2)


def relational(c, z, h, w, b):
    def relations(x):
        u = x[:, None] - x[None]
        squares = jnp.sum(u**2, -1)
        apart = squares > 0
        lengths = jnp.where(apart, jnp.sqrt(jnp.where(apart, squares, 1.0)), 0.0)
        mean = jnp.sum(lengths) / jnp.maximum(jnp.sum(apart), 1)
        e = u / jnp.where(apart, lengths, 1.0)[..., None]
        return lengths / jnp.where(mean > 0, mean, 1.0), jnp.einsum("ijc,ikc->ijk", e, e)

    def huber(d):
        return jnp.where(jnp.abs(d) <= 1, d**2 / 2, jnp.abs(d) - 0.5)

    (d, a), (d_t, a_t) = relations(h), relations(c["teacher_hidden"])
    o = c["options"]
    return o["distance"] * jnp.mean(huber(d - d_t)) + o["angle"] * jnp.mean(huber(a - a_t))


def notebook(c, z):
    squeezed = jax.nn.softmax(z) / c["temperature"]
    return cross_entropy(squeezed, c["labels"])


def loss_of(name):
    def total(c, z, h, w, b):
        soft = {"hint": soft_targets, "relational": soft_targets}.get(name, globals().get(name))
        if name == "label_smoothing":
            return cross_entropy(z, c["labels"], c["options"]["label_smoothing"])
        if name == "notebook_as_written":
            return notebook(c, z)
        a = c["alpha"]
        value = a * soft(c, z, h, w, b) + (1 - a) * cross_entropy(z, c["labels"], c["label_smoothing"])
        return value + (globals()[name](c, z, h, w, b) if name in ("hint", "relational") else 0.0)

    return total


def differences(f, x):
    """4th-order central differences."""
    x, out, step = np.array(x), np.zeros_like(x), 2.0**-10
    for i in np.ndindex(x.shape):
        def at(k):
            moved = x.copy()
            moved[i] += k * step
            return float(f(moved))
        out[i] = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
    return out


OPTIONS = {
    "label_smoothing": {"label_smoothing": 0.25},
    "decoupled": {"beta": 8.0},
    "hint": {"hint_weight": 10.0},
    "relational": {"distance": 25.0, "angle": 50.0},
}
METHODS = ["soft_targets", "logit_matching", "hard_teacher", "label_smoothing", "notebook_as_written", *list(OPTIONS)[1:]]


def cases(name, rng):
    draw = lambda *shape: np.round(rng.normal(0, 2, shape) / UNIT) * UNIT
    for kind, n, k, withheld in [
        ("labelled", 4, 5, []),
        ("withheld", 6, 10, [0, 3]),
        ("withheld", 5, 2, [1, 2, 4]),
        ("unlabelled", 3, 4, [0, 1, 2]),
        ("one_row", 1, 3, [0]),
    ]:
        labels = rng.integers(0, k, n)
        labels[withheld] = -1
        c = {
            "method": name, "temperature": 4.0, "alpha": 0.75, "label_smoothing": 0.125, "options": OPTIONS.get(name, {}),
            "labels": labels, "student_logits": draw(n, k), "teacher_logits": draw(n, k),
            "student_hidden": draw(n, 3), "teacher_hidden": draw(n, 6), "w": draw(3, 6), "b": draw(6),
        }
        inputs = [c["student_logits"], c["student_hidden"], c["w"], c["b"]]
        loss = loss_of(name)
        gradients = jax.grad(lambda *x: loss(c, *x), argnums=(0, 1, 2, 3))(*inputs)
        for j, gradient in enumerate(gradients):
            numeric = differences(lambda x: loss(c, *[x if i == j else v for i, v in enumerate(inputs)]), inputs[j])
            error = np.abs(numeric - gradient).max() / max(np.abs(gradient).max(), 1e-3)
            assert error < 1e-6, (name, kind, j, error)
        plain = {key: v.tolist() if isinstance(v, np.ndarray) else v for key, v in c.items()}
        fields = ["grad_student_logits", "grad_student_hidden", "grad_w", "grad_b"]
        expected = {"loss": float(loss(c, *inputs)), **{f: np.array(g).tolist() for f, g in zip(fields, gradients)}}
        yield {"name": f"{kind}_{n}x{k}", "kind": kind, "inputs": plain, "expected": expected}


if __name__ == "__main__":
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    for seed, name in enumerate(METHODS):
        with open(os.path.join(folder, f"method_{name}.json"), "w", encoding="utf8") as file:
            json.dump(list(cases(name, np.random.default_rng(seed))), file, indent=None, separators=(",", ":"))
            file.write("\n")
