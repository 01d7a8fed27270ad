"""Wrong functions for the tests, beside those of mathcore.mistakes: each has one fault that a check must name."""

import numpy as np

from mathcore.numeric import softmax


def naive(z):
    e = np.exp(z)
    return e / e.sum()


def raises(z):
    raise ZeroDivisionError("on purpose")


def scalar(z):
    return np.sum(z)


def writes_to_its_input(z):
    z -= z.max()
    e = np.exp(z)
    return e / e.sum()


def widens(z):
    return np.asarray(softmax(z), dtype=np.float64)


def depends_on_the_batch(z, *, axis=-1):
    s = softmax(z, axis=axis)
    return s if np.ndim(z) == 1 else s * (1 + np.finfo(s.dtype).eps)


class Unsteady:
    """Another last bit with every call."""

    __name__ = "unsteady"

    def __init__(self):
        self.calls = 0

    def __call__(self, z):
        self.calls += 1
        return softmax(z) * (1 + (self.calls % 2) * np.finfo(z.dtype).eps)


def warns(z):
    import warnings

    warnings.warn("heard by nobody", stacklevel=2)
    e = np.exp(z - np.max(z))
    return e / e.sum()


def swaps_near_ties(z):
    """Breaks the order of scores that differ in the last bits, by less than the bar."""
    s = np.array(softmax(z))
    for i in range(len(s)):
        for j in range(len(s)):
            if z[i] < z[j] and s[i] == s[j]:
                s[i] = np.nextafter(s[i], s.dtype.type(2))
    return s


def of_lists(z):
    import math

    if not isinstance(z, list):
        raise TypeError("a list is needed")
    top = max(z)
    e = [math.exp(v - top) for v in z]
    total = math.fsum(e)
    return [v / total for v in e]
