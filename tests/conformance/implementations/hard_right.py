"""Right implementations that a strict judge might fail."""

import math
import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tests.conformance.implementations import _textbook as book
from tests.conformance.implementations import right
from tests.conformance.implementations._textbook import floats, sigmoid, softmax


def flushes_subnormals(z):
    """A probability below the normal numbers is 0, as XLA gives it."""
    p = softmax(z)
    return np.where(p < np.finfo(p.dtype).tiny, 0, p).astype(p.dtype)


def nan_for_plus_infinity(x):
    """Finite inputs are right; +inf gives nan."""
    x = floats(x)
    return x * sigmoid(x) + 0 * x


def no_integers(x):
    """Raises TypeError for integers."""
    if np.asarray(x).dtype.kind != "f":
        raise TypeError("an array of floats is needed")
    return np.logaddexp(np.asarray(x).dtype.type(0), x)


def no_float16(z):
    """Raises TypeError for float16, which its library does not know."""
    z = np.asarray(z)
    if z.dtype == np.float16:
        raise TypeError("float16 is not supported")
    return book.logsumexp(z)


def one_vector_only(p):
    """Raises ValueError for anything but one vector."""
    p = np.asarray(p)
    if p.ndim != 1:
        raise ValueError("one vector is needed")
    return book.entropy(p)


def lists_only(p, q):
    """Raises TypeError for arrays."""
    if not isinstance(p, list) or not isinstance(q, list):
        raise TypeError("lists are needed")
    return math.fsum(-a * math.log(b) if b > 0 else math.inf for a, b in zip(p, q, strict=True) if a > 0)


def python_floats_only(x):
    """Raises TypeError for anything but a Python float."""
    if type(x) is not float:
        raise TypeError("a float is needed")
    return math.tanh(x)


def slow(z):
    """Takes five milliseconds a call."""
    time.sleep(0.005)
    return softmax(z)


def talks(x):
    """Prints a line at each call."""
    print("relu")
    return np.maximum(floats(x), 0)


def warns(p, q):
    """A logarithm of 0 that is thrown away, with its warning."""
    p, q = floats(p), floats(q)
    with np.errstate(all="warn"):
        logs = np.log(q)
    return -np.where(p > 0, p * logs, 0).sum(axis=-1)


def warns_of_its_age(x):
    """A DeprecationWarning of its own."""
    warnings.warn("use logistic instead", DeprecationWarning, stacklevel=2)
    return sigmoid(x)


def widens_float16(z):
    """float16 is computed and answered in float64."""
    z = np.asarray(z)
    return book.log_softmax(z.astype(np.float64) if z.dtype == np.float16 else z)


def read_only(w, g, eta):
    """An array that cannot be written to."""
    new = floats(w) - eta * floats(g)
    new.setflags(write=False)
    return new


def broadcast_view(t, eps):
    """A view with strides of 0 where the labels are uniform."""
    t = floats(t)
    smooth = (1 - eps) * t + eps / t.shape[-1]
    return np.broadcast_to(smooth[..., :1], smooth.shape) if np.all(smooth == smooth[..., :1]) else smooth


def tensor_with_gradient(z):
    """A tensor that requires a gradient."""
    import torch

    return torch.softmax(torch.from_numpy(floats(z).copy()).requires_grad_(), dim=-1)


def random_order(p):
    """Adds in a random order: the last bits differ between calls."""
    return -book.xlogx(np.random.default_rng().permutation(floats(p))).sum()


def in_threads(t, y):
    """Four threads, each with a part of the sum."""
    r = floats(t) - floats(y)
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda part: (part * part).sum(), np.array_split(r, 4)))
    return sum(parts) / r.dtype.type(r.size)


def swaps_bytes(x):
    """The answer is big-endian."""
    y = np.asarray(np.minimum(floats(x), 0) - np.log1p(np.exp(-np.abs(floats(x)))))
    return y.astype(y.dtype.newbyteorder(">"))


def fortran_order(w, g, m, v, t, eta, beta1, beta2, epsilon):
    """The result lies in memory column by column."""
    return np.asfortranarray(beta1 * floats(m) + (1 - beta1) * floats(g))


ENTRIES = (
    right("softmax", flushes_subnormals, "subnormals flushed", "flushes"),
    right("silu", nan_for_plus_infinity, "nan for +inf"),
    right("softplus", no_integers, "TypeError for integers"),
    right("logsumexp", no_float16, "TypeError for float16"),
    right("entropy", one_vector_only, "one vector only", "vectors"),
    right("crossentropy", lists_only, "lists only", "lists", "vectors"),
    right("tanh", python_floats_only, "Python floats only", "lists"),
    right("softmax", slow, "slow", "slow"),
    right("relu", talks, "prints"),
    right("crossentropy", warns, "warns"),
    right("sigmoid", warns_of_its_age, "DeprecationWarning"),
    right("log_softmax", widens_float16, "float64 for float16"),
    right("gradient_descent", read_only, "read-only result"),
    right("label_smoothing", broadcast_view, "broadcast view"),
    right("softmax", tensor_with_gradient, "tensor that requires a gradient", needs="torch"),
    right("entropy", random_order, "random order", "random", "vectors"),
    right("mean_squared_error", in_threads, "threads"),
    right("log_sigmoid", swaps_bytes, "big-endian result"),
    right("adam_first_moment", fortran_order, "Fortran order of the result"),
)
