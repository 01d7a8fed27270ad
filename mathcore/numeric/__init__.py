"""What floats do: stable functions, losses with gradients and optimiser steps. NumPy only; it stands alone.

Labels and truth come first, predictions second. Units are nats unless `base` says otherwise. A function that stands in
a file of its own name is found by that name; what is listed here is seen by type checkers and editors as well.
"""

from importlib import import_module as _import_module
from pkgutil import iter_modules as _iter_modules
from typing import TYPE_CHECKING as _TYPE_CHECKING
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

for _found in _iter_modules(__path__):  # a function that stands in a file of its own name needs no entry above
    if not _found.name.startswith("_") and _found.name not in __all__:
        _function = getattr(_import_module(f"{__name__}.{_found.name}"), _found.name, None)
        if _function is not None:
            globals()[_found.name] = _function
            __all__ += [_found.name]
__all__.sort()

if _TYPE_CHECKING:

    def __getattr__(name: str) -> _Any: ...
