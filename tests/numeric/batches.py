"""Inputs that hurt, in batches: families of logits, pmfs, numbers and pairs of them, seeded, in a given format.

`families.py` draws one row; these draw many at once. A drawer takes the family, how many rows, their length (None for a
function of one entry at a time), a generator and a format, and gives one array or a tuple of them.
"""

from __future__ import annotations

import numpy as np

EXPONENTS = {"float64": (-1073, 1024), "float32": (-148, 128), "float16": (-23, 16)}


def ordinals(rng, shape, smallest=-60, largest=12):
    """Floats spread evenly over exponents and both signs."""
    return np.ldexp(rng.uniform(0.5, 1, shape), rng.integers(smallest, largest, shape)) * rng.choice([-1, 1], shape)


def _rounded(x, dtype):
    """In the format; what overflows becomes 1."""
    x = x.astype(dtype)
    return np.where(np.isposinf(x), dtype(1), x)


def _peak(z, rng, height):
    z[np.arange(len(z)), rng.integers(z.shape[1], size=len(z))] += height
    return z


def _masked(z, rng):
    z = 10 * z
    z[rng.random(z.shape) < 0.5] = -np.inf
    z[np.arange(len(z)), rng.integers(z.shape[1], size=len(z))] = 1.0
    return z


def _confident_near_37(z, rng):
    """Rivals of about half an ULP of the top: adding them one after another to it loses them."""
    z = rng.uniform(-0.2, 0.2) * 2.0 ** -rng.uniform(0, 40, (len(z), 1)) * z - rng.uniform(36.0, 37.5, (len(z), 1))
    z[np.arange(len(z)), rng.integers(z.shape[1], size=len(z))] = 0.0
    return z


LOGITS = {
    "plain": lambda z, rng: z,
    "shifted by 600": lambda z, rng: z + 600,
    "shifted by 1e5": lambda z, rng: z + 1e5,
    "times 100": lambda z, rng: 100 * z,
    "times 1000": lambda z, rng: 1000 * z,
    "masked": _masked,
    "confident": lambda z, rng: _peak(z, rng, rng.uniform(10, 745, len(z))),
    "confident near 37": _confident_near_37,
    "subnormal rivals": lambda z, rng: _peak(z, rng, rng.uniform(690, 750, len(z))),
    "near equal": lambda z, rng: 10 * z[:, :1] + z * 10.0 ** rng.uniform(-15, -1, (len(z), 1)),
    "ties": lambda z, rng: np.rint(2 * z) / 2 + rng.choice([0, 0.3, 650, -800], (len(z), 1)),
    "all equal": lambda z, rng: np.broadcast_to(100 * z[:, :1], z.shape).copy(),
    "tiny": lambda z, rng: z * 10.0 ** rng.uniform(-320, -5, (len(z), 1)),
    "log-sum near 0": lambda z, rng: z - np.log(np.exp(z).sum(axis=1, keepdims=True)),
    "ordinals": lambda z, rng: ordinals(rng, z.shape),
    "one at 604.5": lambda z, rng: _peak(z, rng, 604.5443925878075),
    "huge": lambda z, rng: ordinals(rng, z.shape, -20, 0),  # times the largest power of two of the format
}


def logits(family, rows, n, rng, dtype):
    z = LOGITS[family](rng.normal(size=(rows, n)), rng)
    if family == "huge":
        z = np.ldexp(z, EXPONENTS[np.dtype(dtype).name][1])
    elif dtype == np.float16 and family == "shifted by 1e5":
        z -= 4e4
    return _rounded(z, dtype)


PMFS = {
    "plain": lambda shape, rng: rng.exponential(size=shape),
    "spiky": lambda shape, rng: rng.gamma(0.05, size=shape) + 1e-300,
    "zeros": lambda shape, rng: _one_at_least(rng.random(shape) * (rng.random(shape) < 0.5), rng),
    "nearly one-hot": lambda shape, rng: _one_at_least(rng.random(shape) * 10.0 ** rng.uniform(-320, -3, (shape[0], 1)), rng),
    "uniform": lambda shape, rng: np.ones(shape),
    "peaked": lambda shape, rng: np.exp(rng.normal(size=shape) * 30),
}


def _one_at_least(p, rng):
    p[np.arange(len(p)), rng.integers(p.shape[1], size=len(p))] = 1.0
    return p


def pmf(family, rows, n, rng, dtype):
    p = PMFS[family]((rows, n), rng)
    return (p / p.sum(axis=1, keepdims=True)).astype(dtype)


def some_pmf(rows, n, rng, dtype):
    return pmf(rng.choice(list(PMFS)), rows, n, rng, dtype)


PAIRS = {
    "unrelated": lambda p, rng: some_pmf(*p.shape, rng, np.float64),
    "near": lambda p, rng: p * np.abs(1 + rng.normal(size=p.shape) * 10.0 ** rng.uniform(-16, -1, (len(p), 1))),
    "tilted": lambda p, rng: p * np.exp(rng.normal(size=p.shape)),
    "flat": lambda p, rng: rng.exponential(size=p.shape),
}


PAIR_NAMES = [f"{p}, {q}" for p in PMFS for q in PAIRS]


def pair(family, rows, n, rng, dtype):
    truth, prediction = family.split(", ")
    p = pmf(truth, rows, n, rng, dtype)
    q = PAIRS[prediction](p.astype(np.float64), rng)
    return p, (q / q.sum(axis=1, keepdims=True)).astype(dtype)


def with_label(family, rows, n, rng, dtype):
    return rng.integers(n, size=rows), logits(family, rows, n, rng, dtype)


def with_soft_labels(family, rows, n, rng, dtype):
    return some_pmf(rows, n, rng, dtype), logits(family, rows, n, rng, dtype)


def with_one_hot(family, rows, n, rng, dtype):
    label, z = with_label(family, rows, n, rng, dtype)
    return (np.arange(n) == label[:, None]).astype(dtype), z


SCALARS = {
    "plain": lambda size, rng, span: rng.normal(size=size),
    "wide": lambda size, rng, span: rng.uniform(-50, 50, size),
    "around -2": lambda size, rng, span: rng.uniform(-2.3, -1.9, size),
    "deep": lambda size, rng, span: -rng.uniform(*[-0.693 * e for e in (span[0] + 53, span[0] - 4)], size),
    "near 37": lambda size, rng, span: rng.uniform(30, 40, size) * rng.choice([-1, 1], size),
    "tiny": lambda size, rng, span: ordinals(rng, size, span[0], -20),
    "ordinals": lambda size, rng, span: ordinals(rng, size),
    "huge": lambda size, rng, span: ordinals(rng, size, span[1] - 20, span[1]),
}


def scalar(family, size, n, rng, dtype):
    return _rounded(SCALARS[family](size, rng, EXPONENTS[np.dtype(dtype).name]), dtype)


def conditioned(family, size, n, rng, dtype):
    """Where gelu has a condition number below 10."""
    x = scalar(family, size, n, rng, dtype)
    return np.where(x < -2.9, -x, x)


UNITS = {
    "uniform": lambda size, rng: rng.random(size),
    "near 0": lambda size, rng: np.abs(ordinals(rng, size, -1073, 0)),
    "near 1": lambda size, rng: 1 - np.abs(ordinals(rng, size, -53, 0)),
    "near 1/2": lambda size, rng: 0.5 + ordinals(rng, size, -54, -2),
}


def unit(family, size, n, rng, dtype):
    return np.clip(UNITS[family](size, rng).astype(dtype), 0, 1)


RESIDUALS = {
    "plain": lambda t, rng, span: rng.normal(size=t.shape),
    "near": lambda t, rng, span: t * (1 + rng.normal(size=t.shape) * 10.0 ** rng.uniform(-16, -1, t.shape)),
    "ordinals": lambda t, rng, span: ordinals(rng, t.shape),
    "huge": lambda t, rng, span: ordinals(rng, t.shape, span[1] - 20, span[1]) / 4,
    "tiny": lambda t, rng, span: ordinals(rng, t.shape, span[0], span[0] // 2),
    "squares overflow": lambda t, rng, span: ordinals(rng, t.shape, span[1] // 2 - 2, span[1] // 2 + 2),
    "squares underflow": lambda t, rng, span: ordinals(rng, t.shape, span[0] // 2 - 2, span[0] // 2 + 2),
}


def residuals(family, rows, n, rng, dtype):
    shape = rows if n is None else (rows, n)
    t = rng.normal(size=shape) * (0 if family in ("huge", "tiny") or family.startswith("squares") else 1)
    return _rounded(t, dtype), _rounded(RESIDUALS[family](t, rng, EXPONENTS[np.dtype(dtype).name]), dtype)


def hard_labels(draw, family, size, n, rng, dtype):
    return rng.integers(2, size=size).astype(dtype), draw(family, size, n, rng, dtype)


def labels_in_01(draw, family, size, n, rng, dtype):
    return unit("uniform", size, n, rng, dtype), draw(family, size, n, rng, dtype)


def state(parts, family, size, n, rng, dtype):
    """Weights, gradient and so many more arrays; the last one >= 0."""
    return *(scalar(family, size, n, rng, dtype) for _ in range(parts - 1)), np.abs(scalar(family, size, n, rng, dtype))


JOINTS = [*PMFS, *(f"nearly independent, {p}" for p in PMFS)]


def joint(family, rows, n, rng, dtype):
    """Joint pmfs of two rows and n columns: independent but for a disturbance, or not."""
    k = min(n, 2)
    p = pmf(family.removeprefix("nearly independent, "), rows, k * n, rng, np.float64).reshape(rows, k, n)
    if family.startswith("nearly"):
        product = p.sum(axis=2, keepdims=True) * p.sum(axis=1, keepdims=True)
        nearest = -16 if n <= 5 else -5  # below, only small tables have an exact value without balls
        p = product * np.abs(1 + rng.normal(size=p.shape) * 10.0 ** rng.uniform(nearest, -1, (rows, 1, 1)))
    return (p / p.sum(axis=(1, 2), keepdims=True)).astype(dtype)
