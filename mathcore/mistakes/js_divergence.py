"""Wrong Jensen-Shannon divergences."""

import numpy as np


@np.errstate(all="ignore")
def jeffreys(p, q, *, axis=-1):
    """Averages KL(p || q) and KL(q || p): +inf as soon as one of the two excludes what the other allows."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    both = np.where(p == 0, 0.0, p * np.log(p / q)) + np.where(q == 0, 0.0, q * np.log(q / p))
    return both.sum(axis=axis) / 2


@np.errstate(all="ignore")
def distance(p, q, *, axis=-1):
    """Takes the square root, the Jensen-Shannon distance: 0.833 instead of 0.693 for two different certain outcomes."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    m = (p + q) / 2
    both = np.where(p == 0, 0.0, p * np.log(p / m)) + np.where(q == 0, 0.0, q * np.log(q / m))
    return np.sqrt(both.sum(axis=axis) / 2)


@np.errstate(all="ignore")
def without_the_half(p, q, *, axis=-1):
    """Adds the two divergences from the average and forgets to halve them: up to 2 log 2 = 1.386."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    m = (p + q) / 2
    both = np.where(p == 0, 0.0, p * np.log(p / m)) + np.where(q == 0, 0.0, q * np.log(q / m))
    return both.sum(axis=axis)


@np.errstate(all="ignore")
def one_sided(p, q, *, axis=-1):
    """Measures p against the average and leaves q out: not symmetric."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    m = (p + q) / 2
    return np.where(p == 0, 0.0, p * np.log(p / m)).sum(axis=axis)


@np.errstate(all="ignore")
def base_two(p, q, *, axis=-1):
    """Takes logarithms to base 2: up to 1 bit where at most 0.693 nats are expected."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    m = (p + q) / 2
    both = np.where(p == 0, 0.0, p * np.log(p / m)) + np.where(q == 0, 0.0, q * np.log(q / m))
    return both.sum(axis=axis) / np.log(4)


@np.errstate(all="ignore")
def textbook(p, q, *, axis=-1):
    """Sums p log(p / m) and q log(q / m), m the average, as books have it: for p near q the digits cancel, or it is negative."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    m = (p + q) / 2
    both = np.where(p == 0, 0.0, p * np.log(p / m)) + np.where(q == 0, 0.0, q * np.log(q / m))
    return both.sum(axis=axis) / 2
