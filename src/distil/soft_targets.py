#[part keras]
T, ALPHA = {{distillation.temperature}}, {{distillation.alpha}}


def distillation_loss(targets, z):
    """alpha T^2 KL(teacher_T || student_T) + (1 - alpha) CE(labels), for each sample.

    The factor T^2 keeps the size of the soft gradient as T changes (Hinton, Vinyals and Dean 2015, section 2).
    """
    p, hard = targets[:, :CLASSES], targets[:, CLASSES:]
    log_p = ops.log(ops.maximum(p, 1e-30))
    kl = ops.sum(p * (log_p - ops.log_softmax(z / T)), axis=-1)
    return ALPHA * T**2 * kl + (1 - ALPHA) * cross_entropy(hard, z)
#[part pytorch]
T, ALPHA = {{distillation.temperature}}, {{distillation.alpha}}


def distillation_loss(targets, z):
    """alpha T^2 KL(teacher_T || student_T) + (1 - alpha) CE(labels), for each sample.

    The factor T^2 keeps the size of the soft gradient as T changes (Hinton, Vinyals and Dean 2015, section 2).
    """
    p, hard = targets[:, :CLASSES], targets[:, CLASSES:]
    kl = F.kl_div(F.log_softmax(z / T, dim=1), p, reduction="none").sum(dim=1)
    return ALPHA * T**2 * kl + (1 - ALPHA) * cross_entropy(hard, z)
#[part targets]
targets = np.concatenate([teacher_probabilities(x, T), hard], axis=1)  # the soft targets, then the labels
