"""Wrong perplexities."""

import numpy as np


@np.errstate(all="ignore")
def two_to_the_nats(p, *, axis=-1):
    """Raises 2 to an entropy in nats: base and unit do not belong together, 1.617 instead of 2 for a fair coin."""
    p = np.asarray(p, dtype=float)
    entropy = -np.where(p == 0, 0.0, p * np.log(p)).sum(axis=axis)
    return 2.0**entropy


@np.errstate(all="ignore")
def exponential_of_bits(p, *, axis=-1):
    """Takes exp of an entropy in bits: 2.718 for a fair coin, which has only 2 outcomes."""
    p = np.asarray(p, dtype=float)
    entropy = -np.where(p == 0, 0.0, p * np.log(p)).sum(axis=axis)
    return np.exp(entropy / np.log(2))


@np.errstate(all="ignore")
def reciprocal(p, *, axis=-1):
    """Forgets the minus sign: 1/2 instead of 2 for a fair coin."""
    p = np.asarray(p, dtype=float)
    entropy = -np.where(p == 0, 0.0, p * np.log(p)).sum(axis=axis)
    return np.exp(-entropy)


@np.errstate(all="ignore")
def possible_outcomes(p, *, axis=-1):
    """Counts the outcomes that can happen, however unlikely: 2 for a coin with 0.99, where 1.06 is right."""
    return (np.asarray(p) > 0).sum(axis=axis).astype(float)


@np.errstate(all="ignore")
def inverse_simpson(p, *, axis=-1):
    """Is 1 / sum(p^2), another effective number of outcomes: 2.667 instead of 2.828 for (1/2, 1/4, 1/4)."""
    return 1 / np.square(np.asarray(p, dtype=float)).sum(axis=axis)


@np.errstate(all="ignore")
def without_zeros(p, *, axis=-1):
    """Forgets that 0 log 0 is 0: nan as soon as an outcome is impossible."""
    p = np.asarray(p, dtype=float)
    return np.exp(-(p * np.log(p)).sum(axis=axis))
