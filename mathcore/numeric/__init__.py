"""What floats do: stable functions, losses with gradients and optimiser steps. NumPy only; it stands alone.

Labels and truth come first, predictions second. Units are nats unless `base` says otherwise.
"""

from .crossentropy import (
    categorical_crossentropy,
    categorical_crossentropy_value_and_grad,
    crossentropy,
    sparse_categorical_crossentropy,
    sparse_categorical_crossentropy_value_and_grad,
)
from .entropy import entropy
from .gradient_descent import gradient_descent_step
from .kl_divergence import kl_divergence
from .logsumexp import logsumexp
from .mean_squared_error import mean_squared_error, mean_squared_error_value_and_grad
from .one_hot import one_hot
from .softmax import log_softmax, softmax

__all__ = [
    "categorical_crossentropy",
    "categorical_crossentropy_value_and_grad",
    "crossentropy",
    "entropy",
    "gradient_descent_step",
    "kl_divergence",
    "log_softmax",
    "logsumexp",
    "mean_squared_error",
    "mean_squared_error_value_and_grad",
    "one_hot",
    "softmax",
    "sparse_categorical_crossentropy",
    "sparse_categorical_crossentropy_value_and_grad",
]
