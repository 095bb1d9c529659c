#[part keras]
T, ALPHA, BETA = {{distillation.temperature}}, {{distillation.alpha}}, {{distillation.beta}}


def parted(z, own):
    """Logarithms of the own class's probability and of the others' together, then of each other class among the others."""
    z = z / T
    others = z - 1e9 * own
    whole, rest = ops.logsumexp(z, axis=-1), ops.logsumexp(others, axis=-1)
    return ops.sum(own * z, axis=-1) - whole, rest - whole, ops.log_softmax(others)


def distillation_loss(targets, z):
    """alpha T^2 (TCKD + beta NCKD) + (1 - alpha) CE(labels), for each sample (Zhao et al. 2022, equation 7).

    TCKD compares how sure both are of the label's class, NCKD how they share out the rest. Without a label: alpha T^2 KL.
    """
    teacher, hard, own = targets[:, :CLASSES], targets[:, CLASSES : 2 * CLASSES], targets[:, 2 * CLASSES :]
    known = ops.sum(own, axis=-1)
    (log_q, log_not_q, log_others), (log_p, log_not_p, log_p_others) = parted(z, own), parted(teacher, own)
    tckd = ops.exp(log_p) * (log_p - log_q) + ops.exp(log_not_p) * (log_not_p - log_not_q)
    nckd = ops.sum(ops.exp(log_p_others) * (log_p_others - log_others), axis=-1)
    soft = ops.where(known > 0, tckd + BETA * nckd, nckd)
    return ALPHA * T**2 * soft + (1 - ALPHA) * cross_entropy(hard, z)
#[part pytorch]
T, ALPHA, BETA = {{distillation.temperature}}, {{distillation.alpha}}, {{distillation.beta}}


def parted(z, own):
    """Logarithms of the own class's probability and of the others' together, then of each other class among the others."""
    z = z / T
    others = z - 1e9 * own
    whole, rest = torch.logsumexp(z, dim=1), torch.logsumexp(others, dim=1)
    return (own * z).sum(dim=1) - whole, rest - whole, F.log_softmax(others, dim=1)


def distillation_loss(targets, z):
    """alpha T^2 (TCKD + beta NCKD) + (1 - alpha) CE(labels), for each sample (Zhao et al. 2022, equation 7).

    TCKD compares how sure both are of the label's class, NCKD how they share out the rest. Without a label: alpha T^2 KL.
    """
    teacher, hard, own = targets[:, :CLASSES], targets[:, CLASSES : 2 * CLASSES], targets[:, 2 * CLASSES :]
    known = own.sum(dim=1)
    (log_q, log_not_q, log_others), (log_p, log_not_p, log_p_others) = parted(z, own), parted(teacher, own)
    tckd = log_p.exp() * (log_p - log_q) + log_not_p.exp() * (log_not_p - log_not_q)
    nckd = (log_p_others.exp() * (log_p_others - log_others)).sum(dim=1)
    soft = torch.where(known > 0, tckd + BETA * nckd, nckd)
    return ALPHA * T**2 * soft + (1 - ALPHA) * cross_entropy(hard, z)
#[part targets]
answers = np.mean([logits(one, x) for one in teachers], axis=0)
targets = np.concatenate([answers, hard, label_rows(y)], axis=1)  # the teacher's logits, the labels, the own class
