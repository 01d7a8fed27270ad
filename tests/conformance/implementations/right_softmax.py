"""Right softmax, log-softmax and log-sum-exp, as people write them."""

import functools
import heapq
import math
from functools import partial

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats

# softmax ----------------------------------------------------------------------------------------------------


def in_log_space(z, axis=-1):
    """exp(z - logsumexp z)."""
    z = floats(z)
    return np.exp(z - book.logsumexp(z, axis, keepdims=True))


def of_python_floats(z):
    """Lists in, lists out, with math.fsum."""
    if not isinstance(z, list):
        raise TypeError("a list of numbers is needed")
    top = max(z)
    e = [math.exp(v - top) for v in z]
    total = math.fsum(e)
    return [v / total for v in e]


def by_scipy(z, axis=-1):
    """scipy.special.softmax."""
    from scipy.special import softmax

    return softmax(floats(z), axis=axis)


def by_torch(z, axis=-1):
    """NumPy to torch and back."""
    import torch

    return torch.softmax(torch.from_numpy(floats(z).copy()), dim=axis).numpy()


def of_tensors(z, dim=-1):
    """Takes and returns tensors."""
    import torch

    return torch.nn.functional.softmax(z, dim=dim)


def by_jax(z, axis=-1):
    """jax.nn.softmax, which computes in float32 unless told otherwise."""
    import jax

    return np.asarray(jax.nn.softmax(np.asarray(z), axis=axis))


def with_einsum(z):
    """The denominator by einsum; one vector or a batch."""
    z = floats(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.einsum("...k,...->...k", e, 1 / np.einsum("...k->...", e))


class Softmax:
    """A layer: an object that is called."""

    def __init__(self, axis=-1):
        self.axis = axis

    def __call__(self, z):
        z = floats(z)
        e = np.exp(z - np.max(z, axis=self.axis, keepdims=True))
        return e / np.sum(e, axis=self.axis, keepdims=True)


layer = Softmax()


def in_double_precision(z, axis=-1):
    """float64 inside and float64 as the answer, whatever the input."""
    return book.softmax(np.asarray(z, dtype=np.float64), axis)


def row_by_row(z):
    """A loop over the rows of a batch."""
    z = floats(z)
    if z.ndim > 1:
        return np.stack([row_by_row(row) for row in z])
    e = np.exp(z - max(z))
    return e / sum(e)


def with_dim(z, dim=-1):
    """Calls its axis `dim`."""
    return book.softmax(z, dim)


def by_pairwise_differences(z):
    """1 over the sum of exp(z[k] - z[i]): no shift is needed; masked classes get 0."""
    z = floats(z)
    d = z[..., None, :] - np.where(np.isneginf(z), 0, z)[..., :, None]
    return np.where(np.isneginf(z), 0, 1 / np.exp(d).sum(axis=-1))


def careful_about_input(z, axis=-1):
    """Raises ValueError for nan, for +inf and for nothing at all."""
    z = floats(z)
    if z.size == 0 or np.isnan(z).any() or np.isposinf(z).any():
        raise ValueError("softmax needs at least one score, and no nan or +inf")
    return book.softmax(z, axis)


def in_extended_precision(z, axis=-1):
    """np.longdouble inside."""
    z = floats(z)
    return book.softmax(z.astype(np.longdouble), axis).astype(z.dtype)


def chunk_by_chunk(z):
    """Chunks of 100 rows."""
    z = floats(z)
    if z.ndim < 2:
        return book.softmax(z)
    return np.concatenate([book.softmax(z[start : start + 100]) for start in range(0, len(z), 100)])


# log_softmax ------------------------------------------------------------------------------------------------


def log_softmax_by_scipy(z, axis=-1):
    """scipy.special.log_softmax."""
    from scipy.special import log_softmax

    return log_softmax(floats(z), axis=axis)


def log_softmax_by_torch(z, axis=-1):
    """torch.log_softmax."""
    import torch

    return torch.log_softmax(torch.from_numpy(floats(z).copy()), dim=axis).numpy()


def log_softmax_by_jax(z, axis=-1):
    """jax.nn.log_softmax, in float32."""
    import jax

    return np.asarray(jax.nn.log_softmax(np.asarray(z), axis=axis))


def with_a_reduction(z, axis=-1):
    """z minus logaddexp reduced over it."""
    z = floats(z)
    return z - np.logaddexp.reduce(z, axis=axis, keepdims=True)


def list_of_logs(z):
    """A vector in, a list out."""
    z = [float(v) for v in z]
    top = max(z)
    total = math.log(math.fsum(math.exp(v - top) for v in z))
    return [v - top - total for v in z]


# logsumexp --------------------------------------------------------------------------------------------------


def logsumexp_by_scipy(z, axis=-1):
    """scipy.special.logsumexp."""
    from scipy.special import logsumexp

    return logsumexp(floats(z), axis=axis)


def logsumexp_by_torch(z, axis=-1):
    """torch.logsumexp."""
    import torch

    return torch.logsumexp(torch.from_numpy(floats(z).copy()), dim=axis).numpy()


def online(z):
    """One pass over the scores with a running maximum; a Python float. No comparison loses a nan."""
    top, total = -math.inf, 0.0
    for x in (float(v) for v in z):
        if x > top:
            top, total = x, total * math.exp(top - x) + 1
        elif x != -math.inf:
            total += math.exp(x - top)
    return top + math.log(total)


def in_two_passes(z):
    """Maximum first, then the sum; np.float64."""
    z = np.asarray(z, dtype=np.float64)
    return np.float64(z.max() + np.log(np.exp(z - z.max()).sum()))


def by_halves(z):
    """Splits the scores in two, and again, and combines by logaddexp."""
    z = floats(z)
    if z.shape[-1] == 1:
        return z[..., 0]
    middle = z.shape[-1] // 2
    return np.logaddexp(by_halves(z[..., :middle]), by_halves(z[..., middle:]))


def smallest_first(z):
    """Always adds the two smallest, from a heap."""
    heap = [float(v) for v in z]
    heapq.heapify(heap)
    while len(heap) > 1:
        heapq.heappush(heap, float(np.logaddexp(heapq.heappop(heap), heapq.heappop(heap))))
    return heap[0]


def folded(z):
    """functools.reduce over np.logaddexp."""
    return functools.reduce(np.logaddexp, floats(z))


def sorted_sum(z, axis=-1):
    """Adds the exponentials in order of size."""
    z = np.sort(floats(z), axis=axis)
    top = np.take(z, [-1], axis=axis)
    return np.squeeze(top, axis) + np.log(np.exp(z - top).sum(axis=axis))


ENTRIES = (
    right("softmax", book.softmax, "textbook"),
    right("softmax", in_log_space, "log space"),
    right("softmax", of_python_floats, "fsum of lists", "lists", "vectors"),
    right("softmax", by_scipy, "SciPy", needs="scipy"),
    right("softmax", by_torch, "torch and back", needs="torch"),
    right("softmax", of_tensors, "tensors", "tensors", needs="torch", call="f(z, dim=axis)"),
    right("softmax", by_jax, "JAX in float32", "single", "flushes", needs="jax"),
    right("softmax", with_einsum, "einsum"),
    right("softmax", layer, "object"),
    right("softmax", Softmax(axis=-1), "object with an option"),
    right("softmax", in_double_precision, "float64 always"),
    right("softmax", row_by_row, "loop over rows"),
    right("softmax", with_dim, "another parameter name", call="f(z, dim=axis)"),
    right("softmax", by_pairwise_differences, "pairwise differences", "flushes"),
    right("softmax", careful_about_input, "raises for nan and nothing"),
    right("softmax", in_extended_precision, "long double inside"),
    right("softmax", chunk_by_chunk, "chunks"),
    right("softmax", lambda scores: book.softmax(scores), "lambda"),
    right("log_softmax", book.log_softmax, "textbook"),
    right("log_softmax", log_softmax_by_scipy, "SciPy", needs="scipy"),
    right("log_softmax", log_softmax_by_torch, "torch and back", needs="torch"),
    right("log_softmax", log_softmax_by_jax, "JAX in float32", "single", "flushes", needs="jax"),
    right("log_softmax", with_a_reduction, "logaddexp"),
    right("log_softmax", list_of_logs, "list as a result", "vectors"),
    right("log_softmax", partial(book.log_softmax, axis=-1), "partial"),
    right("logsumexp", book.logsumexp, "textbook"),
    right("logsumexp", logsumexp_by_scipy, "SciPy", needs="scipy"),
    right("logsumexp", logsumexp_by_torch, "torch and back", needs="torch"),
    right("logsumexp", online, "streaming", "vectors"),
    right("logsumexp", in_two_passes, "np.float64", "vectors"),
    right("logsumexp", by_halves, "recursion by halves"),
    right("logsumexp", smallest_first, "smallest first", "vectors"),
    right("logsumexp", folded, "fold", "vectors"),
    right("logsumexp", np.logaddexp.reduce, "method of a ufunc", "vectors"),
    right("logsumexp", sorted_sum, "sorted sum"),
)
