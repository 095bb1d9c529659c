#[part keras]
LABEL_SMOOTHING = {{distillation.label_smoothing}}
distillation_loss = cross_entropy  # the control: no teacher, but smoothed labels
#[part pytorch]
LABEL_SMOOTHING = {{distillation.label_smoothing}}
distillation_loss = cross_entropy  # the control: no teacher, but smoothed labels
#[part targets]
targets = label_rows(y, LABEL_SMOOTHING)
