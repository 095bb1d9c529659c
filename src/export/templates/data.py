# %% [markdown]
# ## 1. The data
#[include load]


x_train, y_train, x_test, y_test = load(np.random.default_rng([SEED, 0]))
#[if data.label_noise]

# Label noise: this share of the training labels is replaced by another class.
noise = np.random.default_rng([SEED, 1])
wrong = noise.random(len(y_train)) < {{data.label_noise}}
y_train = np.where(wrong, (y_train + noise.integers(1, CLASSES, len(y_train))) % CLASSES, y_train)
#[end]
#[if data.validation]

# Samples to choose between settings by: no network sees them.
order = np.random.default_rng([SEED, 8]).permutation(len(x_train))
x_validation, y_validation = x_train[order[: {{data.validation}}]], y_train[order[: {{data.validation}}]]
x_train, y_train = x_train[order[{{data.validation}} :]], y_train[order[{{data.validation}} :]]
#[end]


def batches(n, batch_size, rng):
    """Indices without end: shuffled epochs cut into batches, of which an epoch's last may be shorter."""
    while True:
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            yield order[start : start + batch_size]


def label_rows(labels, smoothing=0.0):
    """The labels as rows of probabilities [n, classes]; a share `smoothing` of each is spread evenly over all classes.

    A withheld label (-1) becomes a row of zeros: its sample adds nothing to the cross-entropy, but counts in the mean.
    """
    rows = np.full((len(labels), CLASSES), smoothing / CLASSES, "float32")
    rows[np.arange(len(labels)), labels] += 1 - smoothing
    rows[labels < 0] = 0
    return rows


def softmax(logits, temperature=1.0):
    """softmax(logits / T), row by row."""
    z = logits / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
