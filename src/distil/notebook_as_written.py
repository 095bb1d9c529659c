#[part keras]
T = {{distillation.temperature}}


def distillation_loss(rows, z):
    """The notebook's loss, bugs and all: probabilities divided by T, softmaxed once more; the teacher is not in it."""
    return -ops.sum(rows * ops.log_softmax(ops.softmax(z) / T), axis=-1)
#[part pytorch]
T = {{distillation.temperature}}


def distillation_loss(rows, z):
    """The notebook's loss, bugs and all: probabilities divided by T, softmaxed once more; the teacher is not in it."""
    return -(rows * F.log_softmax(F.softmax(z, dim=1) / T, dim=1)).sum(dim=1)
#[part targets]
targets = label_rows(y)  # the teacher is not asked
