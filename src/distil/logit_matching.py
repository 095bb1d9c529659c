#[part keras]
ALPHA = {{distillation.alpha}}


def distillation_loss(targets, z):
    """alpha mean(d^2) / 2 + (1 - alpha) CE(labels), for each sample, with d = z - z_teacher, centred.

    What soft targets tend to as T grows (Ba and Caruana 2014; Hinton, Vinyals and Dean 2015, section 2.1).
    """
    d = z - targets[:, :CLASSES]
    d = d - ops.mean(d, axis=-1, keepdims=True)
    return ALPHA * ops.mean(d**2, axis=-1) / 2 + (1 - ALPHA) * cross_entropy(targets[:, CLASSES:], z)
#[part pytorch]
ALPHA = {{distillation.alpha}}


def distillation_loss(targets, z):
    """alpha mean(d^2) / 2 + (1 - alpha) CE(labels), for each sample, with d = z - z_teacher, centred.

    What soft targets tend to as T grows (Ba and Caruana 2014; Hinton, Vinyals and Dean 2015, section 2.1).
    """
    d = z - targets[:, :CLASSES]
    d = d - d.mean(dim=1, keepdim=True)
    return ALPHA * (d**2).mean(dim=1) / 2 + (1 - ALPHA) * cross_entropy(targets[:, CLASSES:], z)
#[part targets]
answers = np.mean([logits(one, x) for one in teachers], axis=0)
targets = np.concatenate([answers, hard], axis=1)  # the teacher's logits, then the labels
