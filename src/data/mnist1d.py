# MNIST-1D (Greydanus and Kobak 2020, arXiv:2011.14439): ten shapes drawn as lines of 40 values, moved, scaled and tilted.

# %%
FEATURES, CLASSES = 40, 10
SHAPES = np.array([
    [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5],
    [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
    [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5],
    [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
    [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5],
    [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
    [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5],
    [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
])
SHAPES = (SHAPES - SHAPES[:, :1]) / (6 * SHAPES.std(axis=1, keepdims=True))
BELL = np.exp(-(np.arange(-8, 9) ** 2) / 8)


def load(rng):
    """Features and labels for training, then for testing."""

    def read_off(line, n):
        return np.interp(np.linspace(0, len(line) - 1, n), np.arange(len(line)), line)

    def sample(label):
        line = read_off(np.pad(SHAPES[label], (0, rng.integers(36, 61))), 72)
        line = np.roll(line * (1 + 0.4 * (rng.random() - 0.5)), rng.integers(48))
        # Where nothing is drawn there is smooth noise, so that the shape's ends do not give it away.
        noise = np.convolve(np.pad(0.25 * rng.normal(size=72), 8, mode="symmetric"), BELL / BELL.sum(), mode="valid")
        line = np.where(line == 0, noise, line) + 0.02 * rng.normal(size=72)
        return read_off(line - 0.75 * (rng.random() - 0.5) * np.linspace(-0.5, 0.5, 72), 40)

    def draw(n):
        y = np.arange(n) % CLASSES
        return np.stack([sample(label) for label in y]).astype("float32"), y

    return *draw({{data.train}}), *draw({{data.test}})
