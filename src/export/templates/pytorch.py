# %% [markdown]
# # Knowledge distillation: {{preset}}
# A larger network, the teacher, learns from labels; a smaller one, the student, learns once alone and once with what the teacher
# says. Written by distill-lab {{engine_version}} for PyTorch; it needs numpy and torch
#[if data.name = digits]
# (`pip install torch scikit-learn`).
#[else]
# (`pip install torch numpy`).
#[end]
#[if data.name = table]
#
# `python FILE TABLE` names the table that it reads; without an argument it is looked for beside the script.
#[end]
#
# Random draws come from numpy and PyTorch, so the figures are not those of the page to the bit: they lie within its interval
# over seeds. `SEED=5 python FILE` takes another seed. The same experiment in the engine: `distill-lab run config.json`, with
#
#     {{config}}
#[if link]
#
# On the page: {{link}}
#[end]

# %%
#[if data.name = table]
import csv
#[end]
#[if data.name = mnist10k]
import gzip
#[end]
import os
#[if data.name = digits|mnist10k|table]
import pathlib
#[end]
#[if data.name = table]
import re
import sys
#[end]
#[if data.name = mnist10k]
import urllib.request
#[end]

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

SEED = int(os.environ.get("SEED", {{seed}}))

#[include data]

# %% [markdown]
# ## 2. Networks, losses and training
# A network puts out logits, and losses are computed from them: a softmax before the loss would cost accuracy, and one
# before the division by T would be wrong.

# %%
#[if teacher.activation = relu]
TEACHER_ACTIVATION = nn.ReLU()
#[end]
#[if teacher.activation = tanh]
TEACHER_ACTIVATION = nn.Tanh()
#[end]
#[if teacher.activation = gelu]
TEACHER_ACTIVATION = nn.GELU(approximate="tanh")
#[end]
#[if student.activation = relu]
STUDENT_ACTIVATION = nn.ReLU()
#[end]
#[if student.activation = tanh]
STUDENT_ACTIVATION = nn.Tanh()
#[end]
#[if student.activation = gelu]
STUDENT_ACTIVATION = nn.GELU(approximate="tanh")
#[end]


def network(hidden, activation, seed):
    """A multi-layer perceptron: weights uniform in +-sqrt(6 / (inputs + outputs)), biases zero."""
    torch.manual_seed(int(np.random.default_rng(seed).integers(2**31)))
    widths = [FEATURES, *hidden, CLASSES]
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layer = nn.Linear(inputs, outputs)
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
        layers += [layer, activation]
    return nn.Sequential(*layers[:-1])  # no activation after the last layer


#[if refine.steps]
def copy_weights(source, target):
    target.load_state_dict(source.state_dict())


#[end]
@torch.no_grad()
def logits(model, x):
    """The model's outputs [n, classes], as a numpy array."""
    return model(torch.from_numpy(x)).numpy()


def teacher_optimizer(model):
#[if teacher.optimizer.name = adam]
    return torch.optim.Adam(
        model.parameters(),
        lr={{teacher.optimizer.learning_rate}},
        betas=({{teacher.optimizer.beta1}}, {{teacher.optimizer.beta2}}),
        eps={{teacher.optimizer.epsilon}},
    )
#[end]
#[if teacher.optimizer.name = adamw]
    return torch.optim.AdamW(
        model.parameters(),
        lr={{teacher.optimizer.learning_rate}},
        betas=({{teacher.optimizer.beta1}}, {{teacher.optimizer.beta2}}),
        eps={{teacher.optimizer.epsilon}},
        weight_decay={{teacher.optimizer.weight_decay}},
    )
#[end]
#[if teacher.optimizer.name = sgd]
    return torch.optim.SGD(
        model.parameters(),
        lr={{teacher.optimizer.learning_rate}},
        momentum={{teacher.optimizer.momentum}},
#[if teacher.optimizer.momentum]
        nesterov={{teacher.optimizer.nesterov}},
#[end]
    )
#[end]


def student_optimizer(model):
#[if student.optimizer.name = adam]
    return torch.optim.Adam(
        model.parameters(),
        lr={{student.optimizer.learning_rate}},
        betas=({{student.optimizer.beta1}}, {{student.optimizer.beta2}}),
        eps={{student.optimizer.epsilon}},
    )
#[end]
#[if student.optimizer.name = adamw]
    return torch.optim.AdamW(
        model.parameters(),
        lr={{student.optimizer.learning_rate}},
        betas=({{student.optimizer.beta1}}, {{student.optimizer.beta2}}),
        eps={{student.optimizer.epsilon}},
        weight_decay={{student.optimizer.weight_decay}},
    )
#[end]
#[if student.optimizer.name = sgd]
    return torch.optim.SGD(
        model.parameters(),
        lr={{student.optimizer.learning_rate}},
        momentum={{student.optimizer.momentum}},
#[if student.optimizer.momentum]
        nesterov={{student.optimizer.nesterov}},
#[end]
    )
#[end]


def train(model, optimizer, loss, x, targets, *, steps, batch_size, rng):
    """Exactly `steps` optimiser steps, whatever the size of an epoch."""
    x, targets = torch.from_numpy(x), torch.from_numpy(targets)
    order = batches(len(x), batch_size, rng)
    for _ in range(steps):
        i = torch.from_numpy(next(order))
        optimizer.zero_grad()
        loss(targets[i], model(x[i])).mean().backward()
        optimizer.step()


def cross_entropy(rows, z):
    """Of rows of label probabilities and logits z, for each sample; `train` takes the mean over the batch."""
    return -(rows * F.log_softmax(z, dim=1)).sum(dim=1)
#[if method.hidden]


@torch.no_grad()
def hidden(model, layer, x):
    """Activations [n, units] of a hidden layer, counted from 0, as a numpy array."""
    return model[: 2 * layer + 2](torch.from_numpy(x)).numpy()
#[end]


#[include method.pytorch]


#[include process]
