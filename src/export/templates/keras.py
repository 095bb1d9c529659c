# %% [markdown]
# # Knowledge distillation: {{preset}}
# A larger network, the teacher, learns from labels; a smaller one, the student, learns once alone and once with what the teacher
# says. Written by distill-lab {{engine_version}} for Keras 3; it needs numpy, keras and one of its backends
#[if data.name = digits]
# (`pip install keras jax scikit-learn`).
#[else]
# (`pip install keras jax`).
#[end]
#[if data.name = table]
#
# `python FILE TABLE` names the table that it reads; without an argument it is looked for beside the script.
#[end]
#
# Random draws come from numpy and Keras, so the figures are not those of the page to the bit: they lie within its interval
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

os.environ.setdefault("KERAS_BACKEND", "jax")  # or "tensorflow", or "torch"

import keras
import numpy as np
from keras import ops

SEED = int(os.environ.get("SEED", {{seed}}))

#[include data]

# %% [markdown]
# ## 2. Networks, losses and training
# A network puts out logits, and losses are computed from them: a softmax before the loss would cost accuracy, and one
# before the division by T would be wrong.

# %%
#[if teacher.activation = gelu]
def TEACHER_ACTIVATION(z):
    return keras.activations.gelu(z, approximate=True)


#[else]
TEACHER_ACTIVATION = "{{teacher.activation}}"
#[end]
#[if student.activation = gelu]
def STUDENT_ACTIVATION(z):
    return keras.activations.gelu(z, approximate=True)
#[else]
STUDENT_ACTIVATION = "{{student.activation}}"
#[end]


def network(hidden, activation, seed):
    """A multi-layer perceptron: weights uniform in +-sqrt(6 / (inputs + outputs)), biases zero."""
    draws = np.random.default_rng(seed)

    def dense(units, **more):
        start = keras.initializers.GlorotUniform(seed=int(draws.integers(2**31)))
        return keras.layers.Dense(units, kernel_initializer=start, **more)

    layers = [dense(units, activation=activation) for units in hidden]
    return keras.Sequential([keras.Input((FEATURES,)), *layers, dense(CLASSES)])


#[if refine.steps]
def copy_weights(source, target):
    target.set_weights(source.get_weights())


#[end]
def logits(model, x):
    """The model's outputs [n, classes], as a numpy array."""
    return np.asarray(model.predict(x, batch_size=256, verbose=0))


def teacher_optimizer(model):
#[if teacher.optimizer.name = adam]
    return keras.optimizers.Adam(
        learning_rate={{teacher.optimizer.learning_rate}},
        beta_1={{teacher.optimizer.beta1}},
        beta_2={{teacher.optimizer.beta2}},
        epsilon={{teacher.optimizer.epsilon}},
    )
#[end]
#[if teacher.optimizer.name = adamw]
    return keras.optimizers.AdamW(
        learning_rate={{teacher.optimizer.learning_rate}},
        beta_1={{teacher.optimizer.beta1}},
        beta_2={{teacher.optimizer.beta2}},
        epsilon={{teacher.optimizer.epsilon}},
        weight_decay={{teacher.optimizer.weight_decay}},
    )
#[end]
#[if teacher.optimizer.name = sgd]
    return keras.optimizers.SGD(
        learning_rate={{teacher.optimizer.learning_rate}},
        momentum={{teacher.optimizer.momentum}},
        nesterov={{teacher.optimizer.nesterov}},
    )
#[end]


def student_optimizer(model):
#[if student.optimizer.name = adam]
    return keras.optimizers.Adam(
        learning_rate={{student.optimizer.learning_rate}},
        beta_1={{student.optimizer.beta1}},
        beta_2={{student.optimizer.beta2}},
        epsilon={{student.optimizer.epsilon}},
    )
#[end]
#[if student.optimizer.name = adamw]
    return keras.optimizers.AdamW(
        learning_rate={{student.optimizer.learning_rate}},
        beta_1={{student.optimizer.beta1}},
        beta_2={{student.optimizer.beta2}},
        epsilon={{student.optimizer.epsilon}},
        weight_decay={{student.optimizer.weight_decay}},
    )
#[end]
#[if student.optimizer.name = sgd]
    return keras.optimizers.SGD(
        learning_rate={{student.optimizer.learning_rate}},
        momentum={{student.optimizer.momentum}},
        nesterov={{student.optimizer.nesterov}},
    )
#[end]


def train(model, optimizer, loss, x, targets, *, steps, batch_size, rng):
    """Exactly `steps` optimiser steps, whatever the size of an epoch."""

    def feed():
        for i in batches(len(x), batch_size, rng):
            yield x[i], targets[i]

    model.compile(optimizer=optimizer, loss=loss)
    if steps > 0:
        model.fit(feed(), steps_per_epoch=steps, epochs=1, shuffle=False, verbose=0)


def cross_entropy(rows, z):
    """Of rows of label probabilities and logits z, for each sample; Keras takes the mean over the batch."""
    return -ops.sum(rows * ops.log_softmax(z), axis=-1)
#[if method.hidden]


def hidden(model, layer, x):
    """Activations [n, units] of a hidden layer, counted from 0, as a numpy array."""
    part = keras.Model(model.inputs, model.layers[layer].output)
    return np.asarray(part.predict(x, batch_size=256, verbose=0))
#[end]


#[include method.keras]


#[include process]
