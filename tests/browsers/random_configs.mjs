// Configs for a comparison of digests.

/** Small configs of every kind, the same at every run. */
export function* randomConfigs() {
  let state = 20_261_124;
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(draw() * list.length)];
  const whole = (low, high) => low + Math.floor(draw() * (high - low + 1));
  const training = () => ({
    hidden: Array.from({ length: whole(0, 3) }, () => whole(1, 40)),
    activation: pick(["relu", "tanh", "gelu"]),
    steps: whole(1, 60),
    batch_size: whole(1, 40),
    label_smoothing: pick([0, 0, 0.1]),
    optimizer: pick([
      { name: "adam", learning_rate: 0.003 },
      { name: "adamw", learning_rate: 0.003, weight_decay: 0.01 },
      { name: "sgd", learning_rate: 0.02, momentum: pick([0, 0.9]), nesterov: draw() < 0.5 },
    ]),
  });
  for (;;) {
    yield {
      seed: whole(0, 1e6),
      data: {
        name: pick(["digits", "notebook", "planted", "spirals", "moons", "circles", "gaussians", "mnist1d"]),
        label_noise: pick([0, 0.2]),
      },
      teacher: { ...training(), members: pick([1, 1, 2]) },
      transfer: { size: whole(5, 50) },
      student: training(),
      distillation: {
        method: pick(["soft_targets", "logit_matching", "hard_teacher"]),
        temperature: 0.5 + Math.round(200 * draw()) / 10,
        alpha: pick([0, 0.3, 0.9, 1]),
      },
      refine: { steps: pick([0, 0, 15]) },
    };
  }
}
