# 10,000 handwritten digits of 28 x 28 pixels, the test part of MNIST (LeCun, Cortes, Burges; CC BY-SA 3.0), shuffled once: the
# first 8,000 are for training, the other 2,000 for testing.

# %%
FEATURES, CLASSES = 784, 10
# A folder or an address that holds the two files; they are MNIST's test files t10k-*-ubyte.gz under other names.
MNIST = os.environ.get("MNIST10K", str(pathlib.Path(__file__).parent) if "__file__" in globals() else ".")


def load(rng):
    """Features and labels for training, then for testing. The split is always the same, so nothing is drawn from rng."""

    def read(name, header):
        if MNIST.startswith("http"):
            with urllib.request.urlopen(MNIST.rstrip("/") + "/" + name) as file:
                packed = file.read()
        else:
            packed = (pathlib.Path(MNIST) / name).read_bytes()
        return np.frombuffer(gzip.decompress(packed), "uint8", offset=header)

    pixels = read("mnist10k-images-idx3-ubyte.gz", 16).reshape(-1, FEATURES)
    labels = read("mnist10k-labels-idx1-ubyte.gz", 8)
    # The engine's order: one shuffle, by a linear congruential generator.
    order, state = np.arange(10000), 0
    for i in range(9999, 0, -1):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        j = (state >> 32) % (i + 1)
        order[[i, j]] = order[[j, i]]
    x, y = (pixels[order] / 255).astype("float32"), labels[order].astype("int64")
    test = slice(8000, 8000 + {{data.test}})
    return x[:{{data.train}}], y[:{{data.train}}], x[test], y[test]
