"""What floats do: stable functions, losses with gradients and optimiser steps. NumPy only; it stands alone.

NumPy arrays are computed by a compiled core where there is one (`core`), which is more accurate than docstrings promise.

Labels and truth come first, predictions second. Units are nats unless `base` says otherwise. Arrays of torch, JAX, dask and
other array-API libraries come back as what they are (`_library`, loaded when the first comes along). A function that stands
in a file of its own name is found by that name; the others are listed here.
"""

from importlib import import_module as _import_module
from pkgutil import iter_modules as _iter_modules
from typing import Any as _Any

from ._calls import threads
from ._core import core
from .binary_crossentropy import binary_crossentropy, binary_crossentropy_value_and_grad
from .crossentropy import (
    categorical_crossentropy,
    categorical_crossentropy_value_and_grad,
    crossentropy,
    sparse_categorical_crossentropy,
    sparse_categorical_crossentropy_value_and_grad,
)
from .focal_loss import focal_loss, focal_loss_value_and_grad
from .gradient_descent import gradient_descent_step
from .huber import huber, huber_value_and_grad
from .mean_absolute_error import mean_absolute_error, mean_absolute_error_value_and_grad
from .mean_squared_error import mean_squared_error, mean_squared_error_value_and_grad
from .softmax import log_softmax, softmax

__all__ = [
    "binary_crossentropy",
    "binary_crossentropy_value_and_grad",
    "categorical_crossentropy",
    "categorical_crossentropy_value_and_grad",
    "core",
    "crossentropy",
    "focal_loss",
    "focal_loss_value_and_grad",
    "gradient_descent_step",
    "huber",
    "huber_value_and_grad",
    "log_softmax",
    "mean_absolute_error",
    "mean_absolute_error_value_and_grad",
    "mean_squared_error",
    "mean_squared_error_value_and_grad",
    "softmax",
    "sparse_categorical_crossentropy",
    "sparse_categorical_crossentropy_value_and_grad",
    "threads",
]

for _found in _iter_modules(__path__):  # a function that stands in a file of its own name needs no entry above
    if not _found.name.startswith("_") and _found.name not in __all__:
        _function = getattr(_import_module(f"{__name__}.{_found.name}"), _found.name, None)
        if _function is not None:
            globals()[_found.name] = _function
            __all__ += [_found.name]
__all__.sort()

_TRAINED = ("LinearRegression", "LogisticRegression", "SoftmaxRegression")  # they stand in mathcore.models


def __getattr__(name: str) -> _Any:
    if name in _TRAINED:
        return getattr(_import_module("mathcore.models"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
