"""The same functions for arrays of any array-API library: PyTorch, JAX, dask, CuPy, array-api-strict and their like.

What is computed stays in the library, on its device and in its graph: kernels are written in the words of the standard,
without a branch on a value and without writing into an array, so that they can be traced, mapped and differentiated. They
are loaded when the first such array comes along. Wherever a formula has a corner or a limit, the entries that are not to be
taken are replaced before they are computed: no gradient is nan for a result that is none. Corrections for rounding are
constants to differentiation. A function that stands in a file of its own name is found by that name; the others are listed
here.
"""

from importlib import import_module as _import_module
from pkgutil import iter_modules as _iter_modules

from .binary import binary_crossentropy, binary_crossentropy_value_and_grad, focal_loss, focal_loss_value_and_grad
from .labels import accuracy, one_hot
from .regression import (
    mean_absolute_error,
    mean_absolute_error_value_and_grad,
    mean_squared_error,
    mean_squared_error_value_and_grad,
)
from .steps import adam_step, gradient_descent_step, momentum_step

__all__ = [
    "accuracy",
    "adam_step",
    "binary_crossentropy",
    "binary_crossentropy_value_and_grad",
    "focal_loss",
    "focal_loss_value_and_grad",
    "gradient_descent_step",
    "mean_absolute_error",
    "mean_absolute_error_value_and_grad",
    "mean_squared_error",
    "mean_squared_error_value_and_grad",
    "momentum_step",
    "one_hot",
]

for _found in _iter_modules(__path__):  # a function that stands in a file of its own name needs no entry above
    _function = getattr(_import_module(f"{__name__}.{_found.name}"), _found.name, None)
    if _function is not None:
        globals()[_found.name] = _function
        __all__ += [_found.name]
__all__.sort()
