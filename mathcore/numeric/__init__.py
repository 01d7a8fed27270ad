"""What floats do: stable functions, losses with gradients and optimiser steps. NumPy only; it stands alone.

Labels and truth come first, predictions second. Units are nats unless `base` says otherwise. A function that stands in
a file of its own name is found by that name; the list below is what type checkers and editors see as well.
"""

from importlib import import_module as _import_module
from importlib.util import find_spec as _find_spec
from typing import Any as _Any

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


def __getattr__(name: str) -> _Any:
    """`mathcore.numeric.softplus` is the function `softplus` of the file `softplus.py`."""
    if name.startswith("_") or _find_spec(f"{__name__}.{name}") is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    function = getattr(_import_module(f"{__name__}.{name}"), name)
    globals()[name] = function  # importing the file put the module under this name
    return function
