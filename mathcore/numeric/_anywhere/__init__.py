"""The same functions for arrays of any array-API library: PyTorch, JAX, dask, CuPy, array-api-strict and their like.

What is computed stays in the library, on its device and in its graph: kernels are written in the words of the standard,
without a branch on a value and without writing into an array, so that they can be traced, mapped and differentiated. They
are loaded when the first such array comes along. Wherever a formula has a corner or a limit, the entries that are not to be
taken are replaced before they are computed: no gradient is nan for a result that is none. Corrections for rounding are
constants to differentiation.
"""

from .activations import gelu, leaky_relu, log_sigmoid, logit, relu, sigmoid, silu, softplus, tanh
from .logits import log_softmax, logsumexp, softmax

__all__ = ["gelu", "leaky_relu", "log_sigmoid", "log_softmax", "logit", "logsumexp", "relu", "sigmoid", "silu", "softmax", "softplus", "tanh"]
