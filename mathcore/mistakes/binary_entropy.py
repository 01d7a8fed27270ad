"""Wrong binary entropies."""

import numpy as np


@np.errstate(all="ignore")
def base_two(p):
    """Takes logarithms to base 2: a fair coin has 1 bit where 0.693 nats are expected."""
    p = np.asarray(p, dtype=float)
    terms = p * np.log2(p) + (1 - p) * np.log2(1 - p)
    return np.where((p == 0) | (p == 1), 0.0, -terms)


@np.errstate(all="ignore")
def first_outcome_only(p):
    """Forgets the other side of the coin: -p log p alone, which is 0.347 for a fair coin and not symmetric."""
    p = np.asarray(p, dtype=float)
    return np.where(p == 0, 0.0, -p * np.log(p))


@np.errstate(all="ignore")
def without_zeros(p):
    """Forgets that 0 log 0 is 0: nan for a coin that always falls on the same side."""
    p = np.asarray(p, dtype=float)
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


@np.errstate(all="ignore")
def without_log1p(p):
    """Rounds 1 - p before the logarithm: the second term loses its digits for small p, and is 0 below 1e-16."""
    p = np.asarray(p, dtype=float)
    return np.where((p == 0) | (p == 1), 0.0, -p * np.log(p) - (1 - p) * np.log(1 - p))


@np.errstate(all="ignore")
def clipped(p):
    """Clips p to 1e-7 and 1 - 1e-7 against log 0: a certain outcome keeps some entropy."""
    p = np.clip(np.asarray(p, dtype=float), 1e-7, 1 - 1e-7)
    return -p * np.log(p) - (1 - p) * np.log(1 - p)


@np.errstate(all="ignore")
def gini_impurity(p):
    """Is 2 p (1 - p), the Gini impurity of decision trees: 0.5 instead of 0.693 for a fair coin."""
    p = np.asarray(p, dtype=float)
    return 2 * p * (1 - p)
