# Ten features, uniform in [0, 1), and labels drawn at random: there is nothing to be learned here.

# %%
FEATURES, CLASSES = 10, 2


def load(rng):
    """Features and labels for training, then for testing."""

    def draw(n):
        return rng.random((n, FEATURES), dtype="float32"), rng.integers(0, 2, n)

    return *draw({{data.train}}), *draw({{data.test}})
