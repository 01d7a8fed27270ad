"""Wrong versions of mish."""

import numpy as np


@np.errstate(all="ignore")
def quotient_of_exponentials(x):
    """Writes the quotient as it stands: exp(2 x) overflows above 355, and inf / inf is nan."""
    n = np.exp(2 * np.asarray(x)) + 2 * np.exp(x)
    return x * (n / (n + 2))


@np.errstate(all="ignore")
def without_log1p(x):
    """Takes log(1 + exp(x)) as it stands: far left exp(x) vanishes beside 1, and the result is 0."""
    return x * np.tanh(np.log(1 + np.exp(x)))


@np.errstate(all="ignore")
def underflowing(x):
    """Multiplies by tanh(log1p(exp(x))): the smallest results have lost digits, below -708."""
    return x * np.tanh(np.log1p(np.exp(np.asarray(x))))


@np.errstate(all="ignore")
def without_softplus(x):
    """Is x tanh(x), which is even: 0.762 instead of -0.303 at -1."""
    return x * np.tanh(x)


@np.errstate(all="ignore")
def of_the_exponential(x):
    """Is x tanh(exp(x)), without the logarithm: 0.991 instead of 0.865 at 1."""
    return x * np.tanh(np.exp(x))


@np.errstate(all="ignore")
def silu(x):
    """Is the relative x sigmoid(x): 0.731 instead of 0.865 at 1."""
    x = np.asarray(x)
    return x / (1 + np.exp(-x))


@np.errstate(all="ignore")
def factor_alone(x):
    """Forgets to multiply by x: 3/5 instead of 0 at 0."""
    return np.tanh(np.log1p(np.exp(x)))
