# Points of the plane, two classes; every fourth is held out as a test.

# %%
FEATURES, CLASSES = 2, 2
POINTS = np.array({{data.points}}, dtype="float32")


def load(rng):
    """The points: those that train, then every fourth one, which is held out as a test."""
    x, y = POINTS[:, :2], POINTS[:, 2].astype("int64")
    held_out = np.arange(len(POINTS)) % 4 == 3
    train, test = np.flatnonzero(~held_out)[:{{data.train}}], np.flatnonzero(held_out)[:{{data.test}}]
    return x[train], y[train], x[test], y[test]
