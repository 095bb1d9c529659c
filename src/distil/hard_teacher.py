#[part keras]
ALPHA = {{distillation.alpha}}


def distillation_loss(targets, z):
    """alpha CE(the teacher's answer) + (1 - alpha) CE(labels), for each sample: a control without softness."""
    answers, hard = targets[:, :CLASSES], targets[:, CLASSES:]
    return ALPHA * cross_entropy(answers, z) + (1 - ALPHA) * cross_entropy(hard, z)
#[part pytorch]
ALPHA = {{distillation.alpha}}


def distillation_loss(targets, z):
    """alpha CE(the teacher's answer) + (1 - alpha) CE(labels), for each sample: a control without softness."""
    answers, hard = targets[:, :CLASSES], targets[:, CLASSES:]
    return ALPHA * cross_entropy(answers, z) + (1 - ALPHA) * cross_entropy(hard, z)
#[part targets]
answers = label_rows(teacher_probabilities(x).argmax(axis=1))
targets = np.concatenate([answers, hard], axis=1)  # the teacher's answers, as if they were labels, then the labels
