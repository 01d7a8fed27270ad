"""Right implementations in the styles of many authors: classes, partials, generators, lists, numbers, einsum, in place."""

import functools
import math
from collections import namedtuple
from fractions import Fraction

import numpy as np

from tests.conformance.implementations import right


class Softmax:
    """A layer: an object that is called, for one vector or a batch."""

    def __init__(self, axis=-1):
        self.axis = axis

    def __call__(self, inputs):
        e = np.exp(inputs - np.amax(inputs, axis=self.axis, keepdims=True))
        return e / np.sum(e, axis=self.axis, keepdims=True)

    forward = __call__


softmax_layer = Softmax()


def in_place(z, axis=-1):
    """Right: one array of its own, filled by out=."""
    out = np.array(z, dtype=np.result_type(z, np.float16) if np.asarray(z).dtype.kind == "f" else float)
    np.subtract(out, out.max(axis=axis, keepdims=True), out=out)
    np.exp(out, out=out)
    np.divide(out, out.sum(axis=axis, keepdims=True), out=out)
    return out


def of_long_doubles(z):
    """Right: 64 bits or more inside, the format of the input outside."""
    z = np.asarray(z)
    e = np.exp(z.astype(np.longdouble) - z.max())
    return (e / e.sum()).astype(z.dtype if z.dtype.kind == "f" else float)


def as_a_tuple(scores):
    """Right: numbers of Python in a tuple."""
    top = max(scores)
    weights = tuple(math.exp(s - top) for s in scores)
    total = math.fsum(weights)
    return tuple(w / total for w in weights)


folded = functools.partial(np.logaddexp.reduce, axis=-1)


def sorted_sum(z):
    """Right: from the smallest exponential to the largest, exactly rounded."""
    ordered = sorted(map(float, z))
    top = ordered[-1]
    if math.isinf(top):
        return top
    return top + math.log(math.fsum(math.exp(v - top) for v in ordered))


def by_einsum(z):
    """Right: sums along the last axis by einsum."""
    z = np.asarray(z)
    d = z - z.max(-1)[..., None]
    return d - np.log(np.einsum("...i->...", np.exp(d)))[..., None]


def branch(x: float) -> float:
    """Right: one number, the smaller exponential."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    e = math.exp(x)
    return e / (1 + e)


def comprehension(p):
    """Right: terms of 0 left out."""
    return -math.fsum(pi * math.log(pi) for pi in p if pi > 0)


def relative_entropy(*, target, prediction):
    """Right: keywords alone, infinite where the prediction forbids what happens."""
    with np.errstate(all="ignore"):
        terms = np.where(target == 0, 0, target * np.log(target / prediction))
    return terms.sum(-1)


def compensated(t, y):
    """Right: squares added in the input's format with what rounding lost carried along (Neumaier)."""
    d = np.asarray(y) - np.asarray(t)
    total = lost = d.dtype.type(0)
    for term in d * d:
        following = total + term
        lost += (total - following) + term if abs(total) >= abs(term) else (term - following) + total
        total = following
    return (total + lost) / len(d)


def of_fractions(t, y):
    """Right: exact, and rounded once."""
    return float(sum((Fraction(a) - Fraction(b)) ** 2 for a, b in zip(t, y, strict=True)) / len(t))


def as_torch(target, input):
    """Right: the stable form of the documentation of torch, a value an entry."""
    return np.maximum(input, 0) - input * target + np.log1p(np.exp(-np.abs(input)))


@np.vectorize
def huber_of_one(t, y, delta):
    """Right: one number at a time, vectorised by NumPy."""
    r = abs(y - t)
    return 0.5 * r * r if r <= delta else delta * (r - 0.5 * delta)


def gelu_of_a_number(x):
    """Right: the error function of the standard library."""
    return 0.5 * x * (1 + math.erf(x / math.sqrt(2)))


def one_hot_list(label, classes):
    """Right: a list of whole numbers."""
    return [int(k == label) for k in range(classes)]


def by_directions(a, b, eps=1e-8):
    """Right: each vector by its own length, which counts for at least 1e-8, along the last axis."""
    a = a / np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), eps)
    b = b / np.maximum(np.linalg.norm(b, axis=-1, keepdims=True), eps)
    return np.einsum("...i,...i->...", a, b)


def half_by_half(x):
    """Right: by expm1 of what cannot overflow."""
    e = np.expm1(-2 * np.abs(x))
    return np.copysign(-e / (2 + e), x)


def two_branches(x):
    """Right: the branch is chosen by a boolean index."""
    x = np.atleast_1d(np.asarray(x))
    out = np.empty(x.shape, dtype=x.dtype if x.dtype.kind == "f" else float)
    up = x > 0
    out[up] = -np.log1p(np.exp(-x[up]))
    out[~up] = x[~up] - np.log1p(np.exp(x[~up]))
    return out


def gathered(labels, logits):
    """Right: one vector or a batch, by take_along_axis."""
    logits = np.asarray(logits)
    d = logits - logits.max(-1, keepdims=True)
    picked = np.take_along_axis(d, np.asarray(labels)[..., None], axis=-1)[..., 0]
    return np.log(np.exp(d).sum(-1)) - picked


Moved = namedtuple("Moved", "weights velocity")


def moved(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """Right: both results under names."""
    velocity = momentum * velocity - learning_rate * gradient
    return Moved(weights + velocity, velocity)


def double_loop(joint):
    """Right: loops over the table."""
    total = joint.sum()
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    found = 0.0
    for i in range(joint.shape[0]):
        for j in range(joint.shape[1]):
            if joint[i, j] > 0:
                found += joint[i, j] * np.log(joint[i, j] / rows[i] / columns[j] * total)
    return found


def detection(targets, inputs, gamma=2):
    """Right: as in torchvision, without alpha and without a mean."""
    p = branches(inputs)
    ce = as_torch(targets, inputs)
    p_t = p * targets + (1 - p) * (1 - targets)
    return ce * (1 - p_t) ** gamma


def branches(x):
    """The sigmoid of an array by the smaller exponential."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def interpolated(one_hot, alpha=0.1):
    """Right: on the way from the labels to the uniform distribution."""
    return one_hot + alpha * (1.0 / one_hot.shape[-1] - one_hot)


def outer(X, y, w):
    """Right: the gradient of each example by einsum, then their mean."""
    return 2 * np.einsum("ad,a->d", X, np.einsum("ad,d->a", X, w) - y) / X.shape[0]


def nested_lists(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """Right: entry by entry."""
    out = np.array(w, dtype=np.result_type(w, np.float16) if w.dtype.kind == "f" else float)
    for place in np.ndindex(*out.shape):
        first = (beta1 * m[place] + (1 - beta1) * g[place]) / (1 - beta1**t)
        second = (beta2 * v[place] + (1 - beta2) * g[place] ** 2) / (1 - beta2**t)
        out[place] = w[place] - eta * first / (math.sqrt(second) + epsilon)
    return out


def hits(labels, scores):
    """Right: the share of hits of a batch, 0 or 1 for one example."""
    return float(np.mean(np.argmax(scores, axis=-1) == labels))


ENTRIES = (
    right("softmax", softmax_layer, "object that is called"),
    right("softmax", in_place, "in place of its own"),
    right("softmax", of_long_doubles, "long doubles", "vectors"),
    right("softmax", as_a_tuple, "tuple", "vectors"),
    right("logsumexp", folded, "partial"),
    right("logsumexp", sorted_sum, "sorted and exactly added", "vectors"),
    right("log_softmax", by_einsum, "einsum"),
    right("sigmoid", branch, "one number"),
    right("entropy", comprehension, "comprehension", "vectors"),
    right("kl_divergence", relative_entropy, "keywords alone", call="f(target=p, prediction=q)"),
    right("mean_squared_error", compensated, "compensated sum", "vectors"),
    right("mean_squared_error", of_fractions, "fractions", "vectors", "slow"),
    right("binary_crossentropy", as_torch, "form of torch"),
    right("huber", huber_of_one, "vectorised by NumPy", "slow"),
    right("gelu", gelu_of_a_number, "error function of math"),
    right("one_hot", one_hot_list, "list of whole numbers", "vectors"),
    right("cosine_similarity", by_directions, "directions"),
    right("tanh", half_by_half, "expm1 and copysign"),
    right("log_sigmoid", two_branches, "boolean index"),
    right("sparse_categorical_crossentropy", gathered, "take_along_axis"),
    right("momentum_step", moved, "named tuple", call="f(w, g, v, learning_rate=eta, momentum=beta)[0]"),
    right("mutual_information", double_loop, "double loop", "slow"),
    right("focal_loss", detection, "torchvision"),
    right("label_smoothing", interpolated, "interpolated"),
    right("linear_regression_gradient", outer, "einsum of each example"),
    right("adam_step", nested_lists, "entry by entry", "slow"),
    right("accuracy", hits, "share of hits"),
)
