#[part keras]
T, ALPHA, HINT_WEIGHT = {{distillation.temperature}}, {{distillation.alpha}}, {{distillation.hint_weight}}
STUDENT_LAYER, TEACHER_LAYER = {{method.student_layer}}, {{method.teacher_layer}}
UNITS, TEACHER_UNITS = {{student.hidden}}[STUDENT_LAYER], {{teacher.members}} * {{teacher.hidden}}[TEACHER_LAYER]


def learner(model):
    """The student, with its guess of the teacher's hidden layer behind its logits: the regressor is learned with it."""
    start = keras.initializers.GlorotUniform(seed=int(np.random.default_rng([SEED, 8]).integers(2**31)))
    guess = keras.layers.Dense(TEACHER_UNITS, kernel_initializer=start)(model.layers[STUDENT_LAYER].output)
    return keras.Model(model.inputs, ops.concatenate([model.outputs[0], guess], axis=1))


def distillation_loss(targets, outputs):
    """alpha T^2 KL + (1 - alpha) CE(labels) + beta / 2m |hW + b - h_teacher|^2, for each sample (Romero et al. 2015)."""
    p, hard, wanted = targets[:, :CLASSES], targets[:, CLASSES : 2 * CLASSES], targets[:, 2 * CLASSES :]
    z, guess = outputs[:, :CLASSES], outputs[:, CLASSES:]
    log_p = ops.log(ops.maximum(p, 1e-30))
    kl = ops.sum(p * (log_p - ops.log_softmax(z / T)), axis=-1)
    hint = ops.mean((guess - wanted) ** 2, axis=-1) / 2
    return ALPHA * T**2 * kl + (1 - ALPHA) * cross_entropy(hard, z) + HINT_WEIGHT * hint
#[part pytorch]
T, ALPHA, HINT_WEIGHT = {{distillation.temperature}}, {{distillation.alpha}}, {{distillation.hint_weight}}
STUDENT_LAYER, TEACHER_LAYER = {{method.student_layer}}, {{method.teacher_layer}}
UNITS, TEACHER_UNITS = {{student.hidden}}[STUDENT_LAYER], {{teacher.members}} * {{teacher.hidden}}[TEACHER_LAYER]


class Learner(nn.Module):
    """The student, with its guess of the teacher's hidden layer behind its logits: the regressor is learned with it."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        torch.manual_seed(int(np.random.default_rng([SEED, 8]).integers(2**31)))
        self.regressor = nn.Linear(UNITS, TEACHER_UNITS)
        nn.init.xavier_uniform_(self.regressor.weight)
        nn.init.zeros_(self.regressor.bias)

    def forward(self, x):
        h = self.model[: 2 * STUDENT_LAYER + 2](x)
        return torch.cat([self.model[2 * STUDENT_LAYER + 2 :](h), self.regressor(h)], dim=1)


learner = Learner


def distillation_loss(targets, outputs):
    """alpha T^2 KL + (1 - alpha) CE(labels) + beta / 2m |hW + b - h_teacher|^2, for each sample (Romero et al. 2015)."""
    p, hard, wanted = targets[:, :CLASSES], targets[:, CLASSES : 2 * CLASSES], targets[:, 2 * CLASSES :]
    z, guess = outputs[:, :CLASSES], outputs[:, CLASSES:]
    kl = F.kl_div(F.log_softmax(z / T, dim=1), p, reduction="none").sum(dim=1)
    hint = ((guess - wanted) ** 2).mean(dim=1) / 2
    return ALPHA * T**2 * kl + (1 - ALPHA) * cross_entropy(hard, z) + HINT_WEIGHT * hint
#[part targets]
seen_by_teacher = np.concatenate([hidden(one, TEACHER_LAYER, x) for one in teachers], axis=1)
targets = np.concatenate([teacher_probabilities(x, T), hard, seen_by_teacher], axis=1)
