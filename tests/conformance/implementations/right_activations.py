"""Right activations."""

import math

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats, sigmoid, softplus

# relu --------------------------------------------------------------------------------------------------------


def relu_by_maximum(x):
    """np.maximum."""
    return np.maximum(floats(x), 0)


def relu_by_where(x):
    """np.where."""
    x = floats(x)
    return np.where(x > 0, x, x.dtype.type(0))


def relu_by_absolute(x):
    """Half of x plus |x|, each halved first."""
    x = floats(x)
    return x / 2 + np.abs(x) / 2


def relu_by_product(x):
    """x times whether it is positive: -0.0 below 0."""
    x = floats(x)
    return x * (x > 0)


def relu_of_number(x):
    """max of two Python numbers."""
    return max(float(x), 0.0)


def relu_by_torch(x):
    """torch.relu."""
    import torch

    return torch.relu(torch.from_numpy(np.array(floats(x)))).numpy()


def relu_by_jax(x):
    """jax.nn.relu, in float32."""
    import jax

    return np.asarray(jax.nn.relu(np.asarray(x, dtype=np.float32)))


def leaky_by_maximum(x):
    """The larger of x and x / 100."""
    x = floats(x)
    return np.maximum(x, x / 100)


def leaky_by_where(x, slope=0.01):
    """np.where with a default slope."""
    x = floats(x)
    return np.where(x >= 0, x, x.dtype.type(slope) * x)


def leaky_by_parts(x):
    """The positive part and a hundredth of the negative one."""
    x = floats(x)
    return np.maximum(x, 0) + np.minimum(x, 0) / 100


# sigmoid, tanh -----------------------------------------------------------------------------------------------


def sigmoid_by_expit(x):
    """scipy.special.expit."""
    from scipy.special import expit

    return expit(floats(x))


def sigmoid_plain(x):
    """1 / (1 + exp(-x)): where exp overflows the quotient is 0."""
    return 1 / (1 + np.exp(-floats(x)))


def sigmoid_by_tanh(x):
    """(1 + tanh(x / 2)) / 2: as good as 1 has digits."""
    return (1 + np.tanh(floats(x) / 2)) / 2


def sigmoid_in_log_space(x):
    """exp of minus softplus(-x)."""
    return np.exp(-softplus(-floats(x)))


def sigmoid_by_torch(x):
    """torch.sigmoid."""
    import torch

    return torch.sigmoid(torch.from_numpy(np.array(floats(x)))).numpy()


def tanh_by_expm1(x):
    """expm1(2x) / (expm1(2x) + 2), with the sign put back."""
    x = floats(x)
    e = np.expm1(-2 * np.abs(x))
    return np.copysign(-e / (e + 2), x)


def tanh_by_torch(x):
    """torch.tanh."""
    import torch

    return torch.tanh(torch.from_numpy(np.array(floats(x)))).numpy()


def tanh_of_number(x):
    """math.tanh."""
    return math.tanh(x)


# gelu, silu, mish --------------------------------------------------------------------------------------------


def gelu_of_number(x):
    """math.erfc."""
    return x * math.erfc(-x / math.sqrt(2)) / 2


def gelu_by_ndtr(x):
    """x times SciPy's normal distribution function."""
    from scipy.special import ndtr

    x = floats(x)
    return x * ndtr(x)


def gelu_by_erfc(x):
    """SciPy's erfc."""
    from scipy.special import erfc

    x = floats(x).astype(float)
    return x * erfc(-x / np.sqrt(2)) / 2


def silu_by_expit(x):
    """x times sigmoid."""
    x = floats(x)
    return x * sigmoid(x)


def silu_plain(x):
    """x / (1 + exp(-x))."""
    x = floats(x)
    return x / (1 + np.exp(-x))


def silu_by_torch(x):
    """torch's silu."""
    import torch

    return torch.nn.functional.silu(torch.from_numpy(np.array(floats(x)))).numpy()


def mish_plain(x):
    """x tanh(softplus(x))."""
    return floats(x) * np.tanh(softplus(x))


def mish_by_powers(x):
    """tanh of a logarithm written out: e (e + 2) / (e (e + 2) + 2)."""
    x = floats(x)
    e = np.exp(np.minimum(x, 0).astype(float))
    back = np.exp(-np.maximum(x, 0).astype(float))
    return x * (e * (e + 2 * back) / (e * (e + 2 * back) + 2 * back * back))


def mish_by_torch(x):
    """torch's mish."""
    import torch

    x = torch.from_numpy(np.array(floats(x)))
    return (x * torch.tanh(torch.nn.functional.softplus(x, threshold=100))).numpy()


# softplus, log-sigmoid, logit --------------------------------------------------------------------------------


def softplus_by_logaddexp(x):
    """np.logaddexp(0, x)."""
    x = floats(x)
    return np.logaddexp(x.dtype.type(0), x)


def softplus_by_scipy(x):
    """Minus log_expit(-x)."""
    from scipy.special import log_expit

    return -log_expit(-floats(x))


def softplus_by_cases(x):
    """Python's math, by the sign."""
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))


def log_sigmoid_by_logaddexp(x):
    """Minus logaddexp(0, -x)."""
    x = floats(x)
    return -np.logaddexp(x.dtype.type(0), -x)


def log_sigmoid_by_scipy(x):
    """scipy.special.log_expit."""
    from scipy.special import log_expit

    return log_expit(floats(x))


def log_sigmoid_by_torch(x):
    """torch's logsigmoid."""
    import torch

    return torch.nn.functional.logsigmoid(torch.from_numpy(np.array(floats(x)))).numpy()


def log_sigmoid_by_minimum(x):
    """min(x, 0) - log1p(exp(-|x|))."""
    x = floats(x)
    return np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))


def logit_of_logs(p):
    """log p - log1p(-p)."""
    p = floats(p)
    return np.log(p) - np.log1p(-p)


def logit_of_odds(p):
    """log of the odds."""
    p = floats(p)
    return np.log(p / (1 - p))


def logit_by_scipy(p):
    """scipy.special.logit."""
    from scipy.special import logit

    return logit(floats(p))


ENTRIES = (
    right("relu", relu_by_maximum, "maximum"),
    right("relu", relu_by_where, "np.where"),
    right("relu", relu_by_absolute, "absolute value"),
    right("relu", relu_by_product, "product with a comparison"),
    right("relu", np.vectorize(relu_of_number, otypes=[float]), "np.vectorize"),
    right("relu", relu_by_torch, "torch and back", needs="torch"),
    right("relu", relu_by_jax, "JAX in float32", "single", needs="jax"),
    right("leaky_relu", leaky_by_maximum, "maximum"),
    right("leaky_relu", leaky_by_where, "default for an option"),
    right("leaky_relu", leaky_by_parts, "two parts"),
    right("sigmoid", book.sigmoid, "by the sign"),
    right("sigmoid", sigmoid_by_expit, "expit", needs="scipy"),
    right("sigmoid", sigmoid_plain, "textbook"),
    right("sigmoid", sigmoid_by_tanh, "tanh form", "cancels", "doubtful"),
    right("sigmoid", sigmoid_in_log_space, "log space"),
    right("sigmoid", sigmoid_by_torch, "torch and back", needs="torch"),
    right("tanh", np.tanh, "ufunc"),
    right("tanh", tanh_by_expm1, "expm1"),
    right("tanh", tanh_by_torch, "torch and back", needs="torch"),
    right("tanh", np.vectorize(tanh_of_number, otypes=[float]), "np.vectorize"),
    right("gelu", np.vectorize(gelu_of_number, otypes=[float]), "np.vectorize"),
    right("gelu", gelu_by_ndtr, "ndtr", needs="scipy"),
    right("gelu", gelu_by_erfc, "erfc", needs="scipy"),
    right("silu", silu_by_expit, "product"),
    right("silu", silu_plain, "textbook"),
    right("silu", silu_by_torch, "torch and back", needs="torch"),
    right("mish", mish_plain, "textbook"),
    right("mish", mish_by_powers, "without tanh"),
    right("mish", mish_by_torch, "torch and back", needs="torch"),
    right("softplus", book.softplus, "textbook"),
    right("softplus", softplus_by_logaddexp, "logaddexp"),
    right("softplus", softplus_by_scipy, "log_expit", needs="scipy"),
    right("softplus", np.vectorize(softplus_by_cases, otypes=[float]), "np.vectorize"),
    right("log_sigmoid", log_sigmoid_by_minimum, "textbook"),
    right("log_sigmoid", log_sigmoid_by_logaddexp, "logaddexp"),
    right("log_sigmoid", log_sigmoid_by_scipy, "log_expit", needs="scipy"),
    right("log_sigmoid", log_sigmoid_by_torch, "torch and back", needs="torch"),
    right("logit", logit_of_logs, "textbook"),
    right("logit", logit_of_odds, "log of the odds"),
    right("logit", logit_by_scipy, "SciPy", needs="scipy"),
)
