"""Wrong mutual informations."""

import numpy as np


@np.errstate(all="ignore")
def base_two(joint):
    """Takes logarithms to base 2: bits where nats are expected, 1 instead of 0.693 for one coin seen twice."""
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
    """Divides by one margin only: minus the conditional entropy, -0.693 instead of 0 for two independent coins."""
    p = np.asarray(joint, dtype=float)
    a = p.sum(axis=1, keepdims=True)
    return np.where(p == 0, 0.0, p * np.log(p / a)).sum()


@np.errstate(all="ignore")
def joint_entropy(joint):
    """Is the entropy of the pair: 1.386 instead of 0 for two independent coins."""
    p = np.asarray(joint, dtype=float)
    total = p.sum()
    return -np.where(p == 0, 0.0, p * np.log(p / total)).sum()


@np.errstate(all="ignore")
def weighed_by_the_margins(joint):
    """Averages with the product of the margins: the divergence the other way round, +inf where two outcomes never meet."""
    p = np.asarray(joint, dtype=float)
    a, b, total = p.sum(axis=1, keepdims=True), p.sum(axis=0), p.sum()
    q = a * b / total
    return np.where(q == 0, 0.0, q * np.log(q / p)).sum()


@np.errstate(all="ignore")
def textbook(joint):
    """Sums the textbook terms as they stand: near independence their digits cancel, and the sum may be negative."""
    p = np.asarray(joint, dtype=float)
    a, b, total = p.sum(axis=1, keepdims=True), p.sum(axis=0), p.sum()
    return np.where(p == 0, 0.0, p * np.log(p * total / (a * b))).sum()
