# 1,797 handwritten digits of 8 x 8 pixels (Alpaydin and Kaynak, UCI Machine Learning Repository 1998, CC BY 4.0): the first
# 1,000 rows are for training, the other 797 for testing.

# %%
FEATURES, CLASSES = 64, 10


def load(rng):
    """Features and labels for training, then for testing. The split is always the same, so nothing is drawn from rng."""
    folder = pathlib.Path(__file__).parent if "__file__" in globals() else pathlib.Path()
    if (folder / "digits.csv").exists():
        table = np.loadtxt(folder / "digits.csv", delimiter=",", skiprows=1, usecols=range(1, 66))
        labels, pixels = table[:, 0], table[:, 1:]
    else:
        from sklearn.datasets import load_digits

        digits = load_digits()
        # The engine's rows are scikit-learn's, shuffled once and for all by this generator.
        order = np.random.RandomState(0).permutation(1797)
        labels, pixels = digits.target[order], digits.data[order]
    x, y = (pixels / 16).astype("float32"), labels.astype("int64")
    test = slice(1000, 1000 + {{data.test}})
    return x[:{{data.train}}], y[:{{data.train}}], x[test], y[test]
