# Points in the plane, two classes, equally many of each.

# %%
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
