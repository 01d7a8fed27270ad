"""Exact values of whole batches of every public function, from the exact input bits.

Every value is good to 2^-80 relative (of the magnitude that stands beside it, where the data cancel), which is 2^-27 ULP of
float64; `accuracy.py` certifies that claim on samples by ball arithmetic. The mathematics is the textbook's; no code is
shared with `mathcore.numeric`. Rows run along axis 0. Masks, that is logits of -inf, are the only infinite inputs.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from flint import arb, ctx

from tests.numeric.double_double import (
    SIXTH,
    TWELFTH,
    Number,
    certain,
    columns,
    exp,
    expm1,
    log,
    log1p,
    number,
    scaled,
    sqrt,
    where,
)

CLAIM = 2.0**-80

# ---------------------------------------------------------------- of logits


class Exponentials:
    """exp(z - max z): the entries, the sum of all but one maximum, and the distances to the maximum."""

    def __init__(self, z):
        live, peak = z > -np.inf, z.max(axis=0)
        self.live, self.peak = live, number(peak)
        self.distance = number(np.where(live, z, peak)) - peak
        self.is_top = np.arange(len(z)).reshape(-1, *[1] * (z.ndim - 1)) == z.argmax(axis=0)
        self.entries = where(live, exp(self.distance), 0.0)
        self.others = where(self.is_top, 0.0, self.entries).sum()
        self.total = 1 + self.others
        self.log_total = log1p(self.others)

    def softmax(self):
        return self.entries / self.total

    def complements(self):
        """1 - softmax; of the maximum by the others, so that nothing cancels."""
        return where(self.is_top, self.others, self.total - self.entries) / self.total

    def surprisals(self):
        return where(self.live, self.log_total - self.distance, np.inf)


def softmax(z):
    return Exponentials(z).softmax()


def log_softmax(z):
    return -Exponentials(z).surprisals()


def logsumexp(z):
    parts = Exponentials(z)
    y = parts.peak + parts.log_total
    return y, y.size() + np.abs(np.where(parts.live, z, 0.0)).max(axis=0)


def _weighted(weight, y):
    """weight y, and 0 where the weight is 0, whatever y is."""
    return where(weight == 0, 0.0, number(weight) * where(weight == 0, 1.0, y))


def sparse_categorical_crossentropy(label, z):
    y = Exponentials(z).surprisals()
    return Number(*(np.take_along_axis(np.broadcast_to(part, z.shape), label[None], 0)[0] for part in (y.hi, y.lo, y.e)))


def categorical_crossentropy(t, z):
    """T lse(z) - sum t z, as a sum of surprisals: terms >= 0."""
    impossible = ((t > 0) & (z == -np.inf)).any(axis=0)
    return where(impossible, np.inf, _weighted(t, Exponentials(z).surprisals()).sum())


def logits_gradient(t, z):
    """T s - t = s (T - t) - t (1 - s), and T s + t."""
    parts, total = Exponentials(z), number(t).sum()
    s = parts.softmax()
    return s * (total - t) - number(t) * parts.complements(), (total * s + t).size()


def hard_gradient(t, z):
    return logits_gradient(t, z)[0]


def sparse_gradient(label, z):
    return hard_gradient((np.arange(len(z))[:, None] == label).astype(float), z)


# ---------------------------------------------------------------- of probabilities


def crossentropy(p, q, base=None):
    nats = -_weighted(p, log(np.where(q > 0, q, 1.0))).sum()
    bits = nats if base is None else nats / log(float(base))
    return where(((p > 0) & (q == 0)).any(axis=0), np.inf, bits)


def entropy(p, base=None):
    return crossentropy(p, p, base)


def perplexity(p):
    return exp(entropy(p))


def _excess(p, q, difference=None):
    """p log(p/q) - p + q >= 0, for p >= 0, q > 0: near p = q as q x^2 (1/2 - x/6 + x^2/12 - ...) with x = p/q - 1."""
    p, q = number(p), number(q)
    difference = p - q if difference is None else difference
    x = difference / q
    small = np.abs(x.plain()[0]) < 2.0**-11
    short = Number(*(np.where(small, part, 0.0) for part in x.plain()))
    s = short.hi
    tail = Number(s * (1 / 20 - s * (1 / 30 - s * (1 / 42 - s / 56))), np.zeros_like(s))
    series = difference * x * (0.5 - short * (SIXTH - short * (TWELFTH - tail)))
    some = np.greater(p.hi, 0)
    direct = p * log(where(some, p, q) / q) - difference
    return where(small, series, where(some, direct, q))


def kl_divergence(p, q):
    terms = where(q == 0, 0.0, _excess(p, np.where(q == 0, 1.0, q)))
    return where(((p > 0) & (q == 0)).any(axis=0), np.inf, terms.sum())


def js_divergence(p, q):
    """The mean of the divergences from both to the midpoint."""
    empty = (p == 0) & (q == 0)
    middle = where(empty, 1.0, (number(p) + q) * 0.5)
    return where(empty, 0.0, (_excess(p, middle) + _excess(q, middle)) * 0.5).sum()


def mutual_information(joint):
    """sum(p log(p N / (a b)) - p + a b / N) with the total N and the margins a, b of the bits, along the first two axes.

    In small tables p N - a b is summed from minors p_ij p_kl - p_il p_kj, in which little cancels. Where too much does,
    balls decide.
    """
    p, a, b = number(joint), number(joint.swapaxes(0, 1)).sum(), number(joint).sum()
    total, product = b.sum(), a[:, None] * b
    empty = np.equal(product.hi, 0)
    observed, expected = p * total, where(empty, 1.0, product)
    if joint.shape[0] * joint.shape[1] <= 10:
        turned = number(joint.swapaxes(0, 1))
        minors = p[:, :, None, None] * p - p[:, None, None, :] * turned[None, :, :, None]  # over k, l, i, j
        difference, lost = minors.sum().sum(), abs(minors).sum().sum()
    else:
        difference, lost = observed - expected, observed + expected
    values = where(empty, 0.0, _excess(observed, expected, difference)).sum().sum() / total
    doubt = where(empty, 0.0, abs(difference / expected) * lost).sum().sum() / total
    deep = values.size() < 2.0**-20 * doubt.size()
    if not deep.any():
        return values
    balls = [certain(mutual_information_ball, table.tolist())[0] for table in np.moveaxis(joint[..., deep], -1, 0)]
    hi, lo, e = (np.array(np.broadcast_to(part, deep.shape)) for part in (values.hi, values.lo, values.e))
    hi[deep], lo[deep], e[deep] = zip(*map(scaled, balls), strict=True)
    return Number(hi, lo, e)


def mutual_information_ball(joint):
    p = [[arb(x) for x in row] for row in joint]
    a, b = [sum(row, arb(0)) for row in p], [sum(column, arb(0)) for column in zip(*p, strict=True)]
    total = sum(a, arb(0))
    cells = [(x * total, a[i] * b[j]) for i, row in enumerate(p) for j, x in enumerate(row)]
    return [sum((x * (x / y).log() for x, y in cells if x > 0), arb(0)) / total]


def label_smoothing(t, smoothing):
    return (1 - number(smoothing)) * t + number(smoothing) / float(len(t))


# ---------------------------------------------------------------- entry by entry


def softplus(x):
    return number(np.maximum(x, 0)) + log1p(exp(-np.abs(x)))


def log_sigmoid(x):
    return -softplus(-x)


def sigmoid(x):
    tail = exp(-np.abs(x))
    return where(x < 0, tail, 1.0) / (1 + tail)


def silu(x):
    return number(x) * sigmoid(x)


def tanh(x):
    fall = expm1(np.maximum(-2 * np.abs(x), -1500.0))
    return where(x < 0, fall, -fall) / (2 + fall)


def logit(p):
    """log(p/(1 - p)), near 1/2 as log1p((2 p - 1)/(1 - p))."""
    middle, end = np.abs(p - 0.5) < 0.25, (p == 0) | (p == 1)
    inner = np.where(end, 0.5, p)
    rest = 1 - number(inner)
    centre = np.where(middle, inner, 0.5)
    near = log1p((2 * number(centre) - 1) / (1 - number(centre)))
    return where(end, np.where(p == 1, np.inf, -np.inf), where(middle, near, log(inner / rest)))


def binary_entropy(p, base=None):
    inner = np.where((p == 0) | (p == 1), 0.5, p)
    nats = -(number(inner) * log(inner) + (1 - number(inner)) * log1p(-inner))
    nats = where(inner == p, nats, 0.0)
    return nats if base is None else nats / log(float(base))


def relu(x):
    return number(np.where(x > 0, x, 0.0))


def leaky_relu(x, slope=0.01):
    return number(x) * np.where(x > 0, 1.0, slope)


@cache
def _normal_distribution():
    """Taylor coefficients of the distribution function at multiples of 1/64 from -4 to 11."""
    table = []
    with ctx.workprec(200):
        for k in range(-4 * 64, 11 * 64 + 1):
            x = arb(k) / 64
            density = [(-x * x / 2).exp() / (2 * arb.pi()).sqrt()]
            density.append(-x * density[0])
            for j in range(1, 13):
                density.append((-x * density[j] - density[j - 1]) / (j + 1))
            table.append([(-x / arb(2).sqrt()).erfc() / 2] + [d / (j + 1) for j, d in enumerate(density)])
    return [columns(column) for column in zip(*table, strict=True)]


def gelu(x):
    """x times the normal distribution function of x, for x >= -4."""
    k = np.rint(np.clip(x, -4, 11) * 64).astype(np.int64)
    r, j, y = number(np.clip(x, -4, 11) - k / 64), k + 4 * 64, Number(0.0, 0.0)
    for hi, lo in reversed(_normal_distribution()):
        y = y * r + Number(hi[j], lo[j])
    return number(x) * y


# ---------------------------------------------------------------- of truth and prediction


def squared_error(t, y):
    r = number(y) - t
    return (r * r).sum() / float(len(t))


def squared_error_gradient(t, y):
    return 2 * (number(y) - t) / float(len(t))


def absolute_error(t, y):
    return abs(number(y) - t).sum() / float(len(t))


def huber(t, y, delta=1.0):
    r = abs(number(y) - t)
    beyond = r - delta
    return where(np.asarray(beyond.hi) > 0, delta * (r - delta / 2), r * r * 0.5)


def binary_crossentropy(t, z):
    """From logits."""
    return _weighted(t, softplus(-z)) + (1 - number(t)) * softplus(z)


def binary_crossentropy_of_probabilities(t, q):
    yes = _weighted(t, -log(np.where(q == 0, 1.0, q)))
    no = where(t == 1, 0.0, (1 - number(t)) * -log1p(-np.where(q == 1, 0.0, q)))
    return where(((t > 0) & (q == 0)) | ((t < 1) & (q == 1)), np.inf, yes + no)


def binary_gradient(t, z):
    """sigmoid(z) - t for a hard label."""
    return where(t == 1, -sigmoid(-z), sigmoid(z))


def focal_loss(t, z, gamma=2.0):
    """From logits, for a hard label."""
    toward = np.where(t == 1, z, -z)
    return exp(gamma * log_sigmoid(-toward)) * softplus(-toward)


# ---------------------------------------------------------------- optimiser steps: values and magnitudes


def gradient_descent_step(w, gradient, rate):
    step = number(rate) * gradient
    return number(w) - step, np.abs(w) + step.size()


def momentum_step(w, gradient, velocity, rate, momentum=0.9):
    step = momentum * number(velocity) - number(rate) * gradient
    return number(w) + step, np.abs(w) + step.size()


def adam_step(w, gradient, m, v, t, rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    mean = beta1 * number(m) + (1 - number(beta1)) * gradient
    square = beta2 * number(v) + (1 - number(beta2)) * number(gradient) * gradient
    mean, square = (x / -expm1(float(t) * log(b)) for x, b in ((mean, beta1), (square, beta2)))
    step = rate * mean / (sqrt(square) + epsilon)
    return number(w) - step, np.abs(w) + step.size()
