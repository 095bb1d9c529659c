# %% [markdown]
# ## 1. The data
#[if data.name = digits]
# 1,797 handwritten digits of 8 x 8 pixels (Alpaydin and Kaynak, UCI Machine Learning Repository 1998, CC BY 4.0): the first
# 1,000 rows are for training, the other 797 for testing.
#[end]
#[if data.name = mnist10k]
# 10,000 handwritten digits of 28 x 28 pixels, the test part of MNIST (LeCun, Cortes, Burges; CC BY-SA 3.0), shuffled once: the
# first 8,000 are for training, the other 2,000 for testing.
#[end]
#[if data.name = mnist1d]
# MNIST-1D (Greydanus and Kobak 2020, arXiv:2011.14439): ten shapes drawn as lines of 40 values, moved, scaled and tilted.
#[end]
#[if data.name = notebook]
# Ten features, uniform in [0, 1), and labels drawn at random: there is nothing to be learned here.
#[end]
#[if data.name = planted]
# Ten features, uniform in [0, 1), labelled by a rule: a random network of two layers, new with every seed.
#[end]
#[if data.name = spirals|moons|circles|gaussians]
# Points in the plane, two classes, equally many of each.
#[end]
#[if data.name = table]
# A table: {{data.table.file}}. It is not in this script. It is read as the page read it, to the same numbers, or the script
# stops: which rows are for training follows from what is in it.
#[end]

# %%
#[if data.name = digits]
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
#[end]
#[if data.name = mnist10k]
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
#[end]
#[if data.name = mnist1d]
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
#[end]
#[if data.name = notebook]
FEATURES, CLASSES = 10, 2


def load(rng):
    """Features and labels for training, then for testing."""

    def draw(n):
        return rng.random((n, FEATURES), dtype="float32"), rng.integers(0, 2, n)

    return *draw({{data.train}}), *draw({{data.test}})
#[end]
#[if data.name = planted]
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
#[end]
#[if data.name = spirals|moons|circles|gaussians]
FEATURES, CLASSES = 2, 2


def load(rng):
    """Features and labels for training, then for testing."""

    def draw(n):
        y = np.arange(n) % 2
        side = 1 - 2 * y  # 1 for the first class, -1 for the second
        u = rng.random(n)
#[if data.name = spirals]
        # An arm of one and a half turns; the other is the same, turned by half a turn. The root keeps the density even.
        r = 0.1 + 0.9 * np.sqrt(u)
        x = np.stack([side * r * np.cos(3 * np.pi * r), side * r * np.sin(3 * np.pi * r)], axis=1)
#[end]
#[if data.name = moons]
        # An upper half circle, and a lower one pushed into it.
        x = np.stack([0.65 * np.cos(np.pi * u) - 0.325, 0.65 * np.sin(np.pi * u) - 0.16], axis=1) * side[:, None]
#[end]
#[if data.name = circles]
        r = np.where(y == 0, 0.9, 0.4)
        x = np.stack([r * np.cos(2 * np.pi * u), r * np.sin(2 * np.pi * u)], axis=1)
#[end]
#[if data.name = gaussians]
        x = np.stack([0.4 * side, 0.4 * side], axis=1)
#[end]
        return (x + {{data.noise}} * rng.normal(size=x.shape)).astype("float32"), y

    return *draw({{data.train}}), *draw({{data.test}})
#[end]

#[if data.name = points]
FEATURES, CLASSES = 2, 2
POINTS = np.array({{data.points}}, dtype="float32")


def load(rng):
    """The points: those that train, then every fourth one, which is held out as a test."""
    x, y = POINTS[:, :2], POINTS[:, 2].astype("int64")
    held_out = np.arange(len(POINTS)) % 4 == 3
    train, test = np.flatnonzero(~held_out)[:{{data.train}}], np.flatnonzero(held_out)[:{{data.test}}]
    return x[train], y[train], x[test], y[test]
#[end]
#[if data.name = table]
ROWS, FEATURES, NUMBERS, CLASSES = {{data.table.shape}}
NAMES = {{'recipe.classes'}}
# The script's first argument; else the file's own name, beside the script (a notebook: where it runs).
FILE = pathlib.Path(__file__).parent / {{'data.table.file'}} if "__file__" in globals() else pathlib.Path({{'data.table.file'}})
if "__file__" in globals() and len(sys.argv) > 1:
    FILE = pathlib.Path(sys.argv[1])
# Columns, from 0.
LABEL, NUMBER_COLUMNS, CATEGORY_COLUMNS = {{recipe.label}}, {{recipe.numbers}}, {{recipe.categories}}
CONTENT = 0x{{data.table.hash}}  # a hash of what is read
NOTHING = {"", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "#n/a"}
NUMBER = re.compile(r"[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf|infinity|nan)", re.ASCII | re.IGNORECASE)


def number(field):
    """The number that a field holds, or None."""
    if len(field.encode()) > 64:
        return None
#[if recipe.decimal_comma]
    if "." in field:
        return None
    field = field.replace(",", ".", 1)
#[end]
    return float(field) if NUMBER.fullmatch(field) else None


def read_records():
    """Records with all their fields, trimmed; those whose quotes are broken or that lack a field are left out."""
    with open(FILE, encoding="utf-8-sig", newline="") as file:
        if not re.fullmatch(r"sep=[,;|\t]\s*", file.readline(), re.IGNORECASE):  # a spreadsheet's own first line
            file.seek(0)
        reader, first = csv.reader(file, delimiter={{'recipe.delimiter'}}, strict=True), {{recipe.header}}
        while True:
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                record = None
            if record == []:
                continue
            if first:  # the columns' names
                first = False
            elif record is not None and len(record) == {{recipe.width}} and max(len(f.encode()) for f in record) <= 65536:
                yield [field.strip(" \t\r\n\f") for field in record]


def read_table():
    """Features [rows, FEATURES], NaN where a number is missing, and labels, for each row that can be used."""
    records = list(read_records())

    def values(column):
        """Of each record: what it has in a column, None where that is nothing; a number where the column has no words."""
        fields = [record[column] for record in records]
        numbers = [number(field) for field in fields]
        missing = [z != z if z is not None else f.lower() in NOTHING for f, z in zip(fields, numbers)]
        words = any(z is None and not m for z, m in zip(numbers, missing))
        return [None if m else f if words else z + 0.0 for f, z, m in zip(fields, numbers, missing)]

    columns, gaps = [], np.zeros(len(records), bool)
    for column in NUMBER_COLUMNS:
        found = np.array([z if z is not None else np.nan for z in map(number, (r[column] for r in records))])
        found[np.abs(found) > np.finfo("float32").max] = np.nan
        columns.append(found.astype("float32"))
        gaps |= np.isnan(found)
    for column in CATEGORY_COLUMNS:
        found = values(column)
        gaps |= np.array([value is None for value in found], bool)
        for category in sorted({value for value in found if value is not None}):
            columns.append(np.array([value == category for value in found], "float32"))
    classes = values(LABEL)
    used = np.array([label is not None for label in classes], bool)
#[if recipe.leave_out]
    used &= ~gaps
#[end]
    rows = np.flatnonzero(used)
    known = {label: k for k, label in enumerate(sorted({classes[row] for row in rows}))}
    x = np.stack(columns, axis=1)[rows] if columns else np.zeros((len(rows), 0), "float32")
    return x, np.array([known[classes[row]] for row in rows], "int64")


def content(x, y):
    """The hash (FNV-1a, 64 bits) that names the table."""
    names = b"".join(name.encode() + b"\0" for name in NAMES)
    found = 0xCBF29CE484222325
    for byte in names + NUMBERS.to_bytes(4, "little") + x.astype("<f4").tobytes() + y.astype("<i4").tobytes():
        found = (found ^ byte) * 0x100000001B3 % 2**64
    return found


def load(rng):
    """Features and labels for training, then for testing. The split follows from the table, so nothing is drawn from rng."""
    if not FILE.is_file():
        raise SystemExit(f"{FILE}: no such file; allowed: the run's table, named as this script's argument or lying beside it")
    x, y = read_table()
    if content(x, y) != CONTENT:
        raise SystemExit(
            f"{FILE}: got {len(x)} rows of {x.shape[1]} features, content {content(x, y):016x}; allowed: {ROWS} rows of "
            f"{FEATURES} features, content {CONTENT:016x}, as in the run. Has the file been changed since, or is it another one?"
        )
    # Rows change places as Fisher and Yates have it; the draws are those of SplitMix64, seeded with the hash.
    order = list(range(ROWS))
    for i in range(ROWS - 1, 0, -1):
        z = (CONTENT + (i + 1) * 0x9E3779B97F4A7C15) % 2**64
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        j = (z ^ (z >> 31)) % (i + 1)
        order[i], order[j] = order[j], order[i]
    train, test = order[:{{data.train}}], order[ROWS - {{data.test}} :]
    # Numbers are standardised by what is there in the training rows; a missing one becomes their mean, which is 0.
    there = ~np.isnan(x[train, :NUMBERS])
    numbers, count = np.where(there, x[train, :NUMBERS].astype("float64"), 0), np.maximum(1, there.sum(axis=0))
    mean = numbers.sum(axis=0) / count
    deviation = np.sqrt((np.where(there, numbers - mean, 0) ** 2).sum(axis=0) / count)
    scaled = (x[:, :NUMBERS] - mean) / np.where(deviation > 0, deviation, 1)
    x[:, :NUMBERS] = np.where(np.isnan(scaled), 0, scaled)
    return x[train], y[train], x[test], y[test]
#[end]


x_train, y_train, x_test, y_test = load(np.random.default_rng([SEED, 0]))
#[if data.label_noise]

# Label noise: this share of the training labels is replaced by another class.
noise = np.random.default_rng([SEED, 1])
wrong = noise.random(len(y_train)) < {{data.label_noise}}
y_train = np.where(wrong, (y_train + noise.integers(1, CLASSES, len(y_train))) % CLASSES, y_train)
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
