# %% [markdown]
# ## 3. What the students may see
# {{transfer.size}} of the training samples make the transfer set, and {{transfer.labelled}} of them keep their label.
#[if transfer.omit_classes]
#[if teacher.sees = transfer]
# Samples of the classes {{transfer.omit_classes}} are left out.
#[else]
# Samples of the classes {{transfer.omit_classes}} are left out: only the teacher has met them.
#[end]
#[end]

# %%
transfer = np.random.default_rng([SEED, 4]).permutation(len(x_train))[:{{transfer.size}}]
#[if transfer.omit_classes]
transfer = transfer[~np.isin(y_train[transfer], {{transfer.omit_classes}})]
#[end]
x, y = x_train[transfer], y_train[transfer].copy()
y[{{transfer.labelled}}:] = -1  # withheld
hard = label_rows(y, {{student.label_smoothing}})

# %% [markdown]
# ## 4. The teacher
#[if teacher.members = 1]
#[if teacher.sees = transfer]
# The larger network learns from the labels of the transfer set alone: it has seen nothing that the student alone does not see.
#[else]
# The larger network learns from every training label.
#[end]
#[else]
#[if teacher.sees = transfer]
# {{teacher.members}} larger networks learn from the labels of the transfer set alone, each from weights and in an order of its own;
# the teacher is the mean of their softened outputs.
#[else]
# {{teacher.members}} larger networks learn from every training label, each from weights and in an order of its own; the teacher
# is the mean of their softened outputs.
#[end]
#[end]

# %%
#[if teacher.sees = transfer]
x_teacher, y_teacher = x[y >= 0], y[y >= 0]
#[else]
x_teacher, y_teacher = x_train, y_train
#[end]
teachers = []
for member in range({{teacher.members}}):
    teachers.append(network({{teacher.hidden}}, TEACHER_ACTIVATION, [SEED, 2, member]))
    train(
        teachers[-1],
        teacher_optimizer(teachers[-1]),
        cross_entropy,
        x_teacher,
        label_rows(y_teacher, {{teacher.label_smoothing}}),
        steps={{teacher.steps}},
        batch_size={{teacher.batch_size}},
        rng=np.random.default_rng([SEED, 3, member]),
    )


def teacher_probabilities(x, temperature=1.0):
    """What the teacher says of each class, softened: [n, classes]."""
    return np.mean([softmax(logits(one, x), temperature) for one in teachers], axis=0)


#[include method.targets]

# %% [markdown]
# ## 5. The same student twice: alone, and distilled
# Both start from the same weights and, where every sample keeps its label, meet the same batches. Where some labels are
# withheld, the student alone draws its batches from the labelled samples: a batch without a label would teach it nothing.

# %%
#[if budget = 1]
STUDENT_STEPS = {{student.steps}}
#[else]
STUDENT_STEPS = {{student.steps}} * {{budget}}  # the steps of the config, times its budget
#[end]
alone = network({{student.hidden}}, STUDENT_ACTIVATION, [SEED, 5])
distilled = network({{student.hidden}}, STUDENT_ACTIVATION, [SEED, 5])  # the same seed: the same weights
seen = np.flatnonzero(y >= 0) if 0 < (y >= 0).sum() < len(y) else np.arange(len(y))
train(
    alone,
    student_optimizer(alone),
    cross_entropy,
    x[seen],
    hard[seen],
    steps=STUDENT_STEPS,
    batch_size={{student.batch_size}},
    rng=np.random.default_rng([SEED, 6]),
)
#[if method.hidden]
learning = learner(distilled)  # the same weights, with what the loss looks at beside the logits
#[else]
learning = distilled
#[end]
train(
    learning,
    student_optimizer(learning),
    distillation_loss,
    x,
    targets.astype("float32"),
    steps=STUDENT_STEPS,
    batch_size={{student.batch_size}},
    rng=np.random.default_rng([SEED, 6]),
)
models = {"teacher": teachers, "student_alone": [alone], "student_distilled": [distilled]}
#[if refine.steps]

# %% [markdown]
# ## 6. Refine
# A copy of the distilled student goes on with hard labels alone.

# %%
refined = network({{student.hidden}}, STUDENT_ACTIVATION, [SEED, 5])
copy_weights(distilled, refined)
train(
    refined,
    student_optimizer(refined),
    cross_entropy,
    x,
    hard,
    steps={{refine.steps}},
    batch_size={{student.batch_size}},
    rng=np.random.default_rng([SEED, 7]),
)
models["student_refined"] = [refined]
#[end]

# %% [markdown]
# ## The outcome
# At a temperature of 1, on {{data.test}} samples that no model has been trained on. One run is one run: try other seeds.

# %%
for name, networks in models.items():
    probabilities = np.mean([softmax(logits(one, x_test)) for one in networks], axis=0)
    accuracy = (probabilities.argmax(axis=1) == y_test).mean()
    print(f"{name:18} {100 * accuracy:6.2f} %")
#[if data.validation]

# %% [markdown]
# On the {{data.validation}} samples that are for choosing between settings. The test set is for the report on what was chosen.

# %%
for name, networks in models.items():
    probabilities = np.mean([softmax(logits(one, x_validation)) for one in networks], axis=0)
    accuracy = (probabilities.argmax(axis=1) == y_validation).mean()
    print(f"validation: {name:18} {100 * accuracy:6.2f} %")
#[end]
