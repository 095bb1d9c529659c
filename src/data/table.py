# A table: {{data.table.file}}. It is not in this script. It is read as the page read it, to the same numbers, or the script
# stops: which rows are for training follows from what is in it.

# %%
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
