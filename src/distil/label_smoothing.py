#[part keras]
distillation_loss = cross_entropy  # the control: no teacher, but smoothed labels
#[part pytorch]
distillation_loss = cross_entropy  # the control: no teacher, but smoothed labels
#[part targets]
targets = label_rows(y, {{distillation.label_smoothing}})
