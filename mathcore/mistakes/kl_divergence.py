"""Wrong Kullback-Leibler divergences."""

import numpy as np


@np.errstate(all="ignore")
def arguments_swapped(p, q, *, axis=-1):
    """Computes KL(q || p), but the divergence is not symmetric: 0.131 instead of 0.144 for (1/2, 1/2) against (1/4, 3/4)."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.where(q == 0, 0.0, q * np.log(q / p)).sum(axis=axis)


@np.errstate(all="ignore")
def sign_dropped(p, q, *, axis=-1):
    """Takes log(q / p) for log(p / q): the divergence comes out negative."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.where(p == 0, 0.0, p * np.log(q / p)).sum(axis=axis)


@np.errstate(all="ignore")
def base_two(p, q, *, axis=-1):
    """Takes logarithms to base 2: bits where nats are expected, 1 instead of 0.693 for (1, 0) against (1/2, 1/2)."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.where(p == 0, 0.0, p * np.log2(p / q)).sum(axis=axis)


@np.errstate(all="ignore")
def clipped(p, q, *, axis=-1):
    """Clips q at 1e-7: to call a certain outcome impossible costs 16 nats, not infinitely many."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    q = np.clip(q, 1e-7, 1)
    return np.where(p == 0, 0.0, p * np.log(p / q)).sum(axis=axis)


@np.errstate(all="ignore")
def symmetrised(p, q, *, axis=-1):
    """Averages KL(p || q) and KL(q || p), which is half of Jeffreys' divergence, another measure."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    both = np.where(p == 0, 0.0, p * np.log(p / q)) + np.where(q == 0, 0.0, q * np.log(q / p))
    return both.sum(axis=axis) / 2


@np.errstate(all="ignore")
def textbook(p, q, *, axis=-1):
    """Sums p log(p / q) as books have it: for p near q the digits cancel, and half of the results are negative."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    return np.where(p == 0, 0.0, p * np.log(p / q)).sum(axis=axis)
