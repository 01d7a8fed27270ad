"""Wrong mutual informations."""

import numpy as np


@np.errstate(all="ignore")
def base_two(joint):
    """Takes logarithms to base 2: bits where nats are expected."""
    p = np.asarray(joint, dtype=float)
    a, b, total = p.sum(axis=1, keepdims=True), p.sum(axis=0), p.sum()
    return np.where(p == 0, 0.0, p * np.log2(p * total / (a * b))).sum()


@np.errstate(all="ignore")
def without_zeros(joint):
    """Forgets that 0 log 0 is 0: nan as soon as two outcomes never meet."""
    p = np.asarray(joint, dtype=float)
    a, b, total = p.sum(axis=1, keepdims=True), p.sum(axis=0), p.sum()
    return (p * np.log(p * total / (a * b))).sum()


@np.errstate(all="ignore")
def one_margin(joint):
    """Divides by one margin only: minus the conditional entropy, which is negative."""
    p = np.asarray(joint, dtype=float)
    a = p.sum(axis=1, keepdims=True)
    return np.where(p == 0, 0.0, p * np.log(p / a)).sum()


@np.errstate(all="ignore")
def joint_entropy(joint):
    """Is the entropy of the pair, as if the outcomes told everything about each other."""
    p = np.asarray(joint, dtype=float)
    total = p.sum()
    return -np.where(p == 0, 0.0, p * np.log(p / total)).sum()


@np.errstate(all="ignore")
def weighed_by_the_margins(joint):
    """Averages with a b instead of p: the divergence the other way round, +inf where two outcomes never meet."""
    p = np.asarray(joint, dtype=float)
    a, b, total = p.sum(axis=1, keepdims=True), p.sum(axis=0), p.sum()
    q = a * b / total
    return np.where(q == 0, 0.0, q * np.log(q / p)).sum()


@np.errstate(all="ignore")
def textbook(joint):
    """Sums p log(p N / (a b)) as the book has it: near independence the digits cancel, and it may be negative."""
    p = np.asarray(joint, dtype=float)
    a, b, total = p.sum(axis=1, keepdims=True), p.sum(axis=0), p.sum()
    return np.where(p == 0, 0.0, p * np.log(p * total / (a * b))).sum()
