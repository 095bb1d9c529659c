# Ten features, uniform in [0, 1), labelled by a rule: a random network of two layers, new with every seed.

# %%
FEATURES, CLASSES = 10, 2


def load(rng):
    """Features and labels for training, then for testing."""
    # The rule: v . tanh(W (2x - 1)) against its own median, so that both classes are equally frequent.
    w, v = rng.normal(size=(FEATURES, 8)), rng.normal(size=8)

    def score(x):
        return np.tanh((2 * x - 1) @ w) @ v

    threshold = np.median(score(rng.random((1001, FEATURES))))

    def draw(n):
        x = rng.random((n, FEATURES), dtype="float32")
        return x, (score(x) > threshold).astype("int64")

    return *draw({{data.train}}), *draw({{data.test}})
