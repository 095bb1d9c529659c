"""The bench's workloads in JAX, compiled by XLA for one thread: microseconds a step, JSON on standard output."""

import json
import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax
import jax.numpy as jnp

WORKLOADS = {
    "notebook": ([10, 64, 2], 32),
    "digits": ([64, 128, 128, 10], 32),
    "digits-student": ([64, 32, 10], 32),
    "mnist": ([784, 256, 10], 128),
    "wide": ([784, 800, 800, 10], 128),
}
RATE, B1, B2, EPS = 1e-3, 0.9, 0.999, 1e-7
INNER = 20


def loss(params, x, y):
    for w, b in params[:-1]:
        x = jax.nn.relu(x @ w + b)
    w, b = params[-1]
    z = x @ w + b
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1))


def step(carry, _, x, y):
    params, m, v, k = carry
    grads = jax.grad(loss)(params, x, y)
    tree = jax.tree_util.tree_map
    m = tree(lambda m, g: B1 * m + (1 - B1) * g, m, grads)
    v = tree(lambda v, g: B2 * v + (1 - B2) * g * g, v, grads)
    a, c = 1 - B1**k, 1 - B2**k
    params = tree(lambda p, m, v: p - RATE * (m / a) / (jnp.sqrt(v / c) + EPS), params, m, v)
    return (params, m, v, k + 1), None


def measure(widths, rows, rounds):
    keys = jax.random.split(jax.random.PRNGKey(0), len(widths))
    params = [
        (jax.random.uniform(keys[i], (a, b), minval=-0.05, maxval=0.05), jnp.zeros(b))
        for i, (a, b) in enumerate(zip(widths, widths[1:]))
    ]
    x = jax.random.uniform(keys[-1], (rows, widths[0]), minval=-1)
    y = jnp.arange(rows) % widths[-1]
    zeros = jax.tree_util.tree_map(jnp.zeros_like, params)
    # Many steps in one call, as in our bench: what a step costs, not what a call from Python costs.
    run = jax.jit(lambda carry: jax.lax.scan(lambda c, u: step(c, u, x, y), carry, None, length=INNER)[0])
    carry = run((params, zeros, zeros, jnp.float32(1)))
    jax.block_until_ready(carry)
    found = []
    for _ in range(rounds):
        calls, start = 0, time.perf_counter()
        while time.perf_counter() - start < 0.15:
            carry = jax.block_until_ready(run(carry))
            calls += 1
        found.append(1e6 * (time.perf_counter() - start) / (calls * INNER))
    return found


if __name__ == "__main__":
    rounds = int(sys.argv[1])
    print(json.dumps({name: measure(*shape, rounds) for name, shape in WORKLOADS.items()}))
