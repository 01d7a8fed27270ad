"""Functions that are wrong on purpose, at one value or everywhere, for the whole formats; named by dotted strings."""

import os
import time
from pathlib import Path

import numpy as np

from mathcore import numeric

NUDGED = np.float32(1.2345)  # in shard 0x3f of 256
SLOW = "MATHCORE_TEST_SLOW"  # seconds a call


def nudged(x):
    """The sigmoid; the result for one float32 is the next float."""
    y = numeric.sigmoid(x)
    y[x == NUDGED] = np.nextafter(y[x == NUDGED], np.float32(2))
    return y


def signless(x):
    """The SiLU with 0 at -inf instead of -0."""
    y = numeric.silu(x)
    y[np.isneginf(x)] = 0.0
    return y


def undefined(x):
    """The softplus, nan for one value."""
    y = numeric.softplus(x)
    y[x == 3.0] = np.nan
    return y


def defined(x):
    """The logit, with a number just outside the domain."""
    y = numeric.logit(x, validate=False)
    y[x == np.nextafter(x.dtype.type(1), x.dtype.type(2))] = 7.0
    return y


def infinite(x):
    """The GELU, infinite for one value."""
    y = numeric.gelu(x)
    y[x == 3.0] = np.inf
    return y


def naive(x):
    """The sigmoid as people write it, in the format of its input."""
    one = x.dtype.type(1)
    return one / (one + np.exp(-x))


def widened(x):
    """The sigmoid, always in float64."""
    return numeric.sigmoid(x.astype(np.float64))


def broken(x):
    """Raises for one value."""
    if (x == 3.0).any():
        raise ZeroDivisionError("planted")
    return numeric.sigmoid(x)


def slow(x):
    """The ReLU, after a while; every call leaves a file that says in which process it was."""
    time.sleep(float(os.environ.get(SLOW, "0")))
    told = os.environ.get(f"{SLOW}_LOG")
    if told:
        name = f"{os.getpid()}-{int(np.asarray(x).view(f'u{x.dtype.itemsize}')[0]):08x}"
        (Path(told) / name).touch()
    return numeric.relu(x)
