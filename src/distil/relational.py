#[part keras]
T, ALPHA = {{distillation.temperature}}, {{distillation.alpha}}
DISTANCE, ANGLE = {{distillation.distance}}, {{distillation.angle}}
STUDENT_LAYER, TEACHER_LAYER = {{method.student_layer}}, {{method.teacher_layer}}


def learner(model):
    """The student, with the activations of its last hidden layer behind its logits."""
    return keras.Model(model.inputs, ops.concatenate([model.outputs[0], model.layers[STUDENT_LAYER].output], axis=1))


def relations(rows):
    """Distances over their mean [n, n] and cosines of angles [n, n, n]; equal rows are at 0 from each other."""
    differences = rows[:, None, :] - rows[None, :, :]
    squares = ops.sum(differences**2, axis=-1)
    apart = ops.cast(squares > 0, "float32")
    lengths = apart * ops.sqrt(squares + 1 - apart)  # the root of 0 has no derivative
    distances = lengths * ops.sum(apart) / ops.maximum(ops.sum(lengths), 1e-12)
    directions = differences / (lengths + 1 - apart)[:, :, None]
    return distances, ops.einsum("ijc,ikc->ijk", directions, directions)


def huber(d):
    """d^2 / 2 up to 1, |d| - 1/2 beyond."""
    return ops.where(ops.abs(d) <= 1, d**2 / 2, ops.abs(d) - 0.5)


def distillation_loss(targets, outputs):
    """alpha T^2 KL + (1 - alpha) CE(labels), for each sample, and the batch's distances and angles (Park et al. 2019)."""
    p, hard, theirs = targets[:, :CLASSES], targets[:, CLASSES : 2 * CLASSES], targets[:, 2 * CLASSES :]
    z, mine = outputs[:, :CLASSES], outputs[:, CLASSES:]
    log_p = ops.log(ops.maximum(p, 1e-30))
    kl = ops.sum(p * (log_p - ops.log_softmax(z / T)), axis=-1)
    (distances, angles), (wanted_distances, wanted_angles) = relations(mine), relations(theirs)
    distance, angle = ops.mean(huber(distances - wanted_distances)), ops.mean(huber(angles - wanted_angles))
    return ALPHA * T**2 * kl + (1 - ALPHA) * cross_entropy(hard, z) + DISTANCE * distance + ANGLE * angle
#[part pytorch]
T, ALPHA = {{distillation.temperature}}, {{distillation.alpha}}
DISTANCE, ANGLE = {{distillation.distance}}, {{distillation.angle}}
STUDENT_LAYER, TEACHER_LAYER = {{method.student_layer}}, {{method.teacher_layer}}


class Learner(nn.Module):
    """The student, with the activations of its last hidden layer behind its logits."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        h = self.model[: 2 * STUDENT_LAYER + 2](x)
        return torch.cat([self.model[2 * STUDENT_LAYER + 2 :](h), h], dim=1)


learner = Learner


def relations(rows):
    """Distances over their mean [n, n] and cosines of angles [n, n, n]; equal rows are at 0 from each other."""
    differences = rows[:, None, :] - rows[None, :, :]
    squares = (differences**2).sum(dim=-1)
    apart = (squares > 0).float()
    lengths = apart * torch.sqrt(squares + 1 - apart)  # the root of 0 has no derivative
    distances = lengths * apart.sum() / lengths.sum().clamp(min=1e-12)
    directions = differences / (lengths + 1 - apart)[:, :, None]
    return distances, torch.einsum("ijc,ikc->ijk", directions, directions)


def huber(d):
    """d^2 / 2 up to 1, |d| - 1/2 beyond."""
    return torch.where(d.abs() <= 1, d**2 / 2, d.abs() - 0.5)


def distillation_loss(targets, outputs):
    """alpha T^2 KL + (1 - alpha) CE(labels), for each sample, and the batch's distances and angles (Park et al. 2019)."""
    p, hard, theirs = targets[:, :CLASSES], targets[:, CLASSES : 2 * CLASSES], targets[:, 2 * CLASSES :]
    z, mine = outputs[:, :CLASSES], outputs[:, CLASSES:]
    kl = F.kl_div(F.log_softmax(z / T, dim=1), p, reduction="none").sum(dim=1)
    (distances, angles), (wanted_distances, wanted_angles) = relations(mine), relations(theirs)
    distance, angle = huber(distances - wanted_distances).mean(), huber(angles - wanted_angles).mean()
    return ALPHA * T**2 * kl + (1 - ALPHA) * cross_entropy(hard, z) + DISTANCE * distance + ANGLE * angle
#[part targets]
seen_by_teacher = np.concatenate([hidden(one, TEACHER_LAYER, x) for one in teachers], axis=1)
targets = np.concatenate([teacher_probabilities(x, T), hard, seen_by_teacher], axis=1)
