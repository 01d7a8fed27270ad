"""Inputs that hurt: families of logits and probabilities, seeded, in a given format."""

import numpy as np

LOGITS = (
    "plain",
    "shifted by 600",
    "shifted by 1e5",
    "times 100",
    "times 1000",
    "masked",
    "confident",
    "subnormal rivals",
    "near equal",
    "tiny",
    "log-sum near 0",
    "ordinals",
    "one at 604.5",
)
PMFS = ("plain", "spiky", "zeros", "nearly one-hot", "uniform", "peaked softmax")
PAIRS = ("unrelated", "near", "tilted", "flat prediction")


def ordinals(rng, size, smallest=-60, largest=12):
    """Floats spread evenly over exponents and both signs."""
    return np.ldexp(rng.uniform(0.5, 1, size), rng.integers(smallest, largest, size)) * rng.choice([-1, 1], size)


def logits(family, n, rng, dtype=np.float64):
    z = rng.normal(size=n)
    one = rng.integers(n)
    if family == "shifted by 600":
        z += 600
    elif family == "shifted by 1e5":
        z += 1e5 if dtype != np.float16 else 6e4
    elif family.startswith("times"):
        z *= float(family.split()[1])
    elif family == "masked":
        z *= 10
        z[rng.random(n) < 0.5] = -np.inf
        z[one] = 1.0
    elif family == "confident":
        z[one] += rng.uniform(10, 745)
    elif family == "subnormal rivals":
        z[one] += rng.uniform(690, 750)
    elif family == "near equal":
        z = rng.normal() * 10 + z * 10.0 ** rng.uniform(-15, -1)
    elif family == "tiny":
        z *= 10.0 ** rng.uniform(-320, -5)
    elif family == "log-sum near 0":
        z -= np.log(np.exp(z).sum())
    elif family == "ordinals":
        z = ordinals(rng, n)
    elif family == "one at 604.5":
        z[one] = 604.5443925878075
    with np.errstate(all="ignore"):
        return z.astype(dtype)


def pmf(family, n, rng, dtype=np.float64):
    p = {
        "plain": lambda: rng.exponential(size=n),
        "spiky": lambda: rng.gamma(0.05, size=n) + 1e-300,
        "zeros": lambda: rng.random(n) * (rng.random(n) < 0.5),
        "nearly one-hot": lambda: rng.random(n) * 10.0 ** rng.uniform(-320, -3),
        "uniform": lambda: np.ones(n),
        "peaked softmax": lambda: np.exp(rng.normal(size=n) * 30),
    }[family]()
    if family in ("zeros", "nearly one-hot"):
        p[rng.integers(n)] = 1.0
    with np.errstate(all="ignore"):
        return (p / p.sum()).astype(dtype)


def pair(kind, p, rng):
    """A prediction for the truth `p`."""
    n = p.size
    with np.errstate(all="ignore"):
        if kind == "unrelated":
            return pmf(PMFS[rng.integers(len(PMFS))], n, rng, p.dtype)
        if kind == "near":
            q = p.astype(float) * np.abs(1 + rng.normal(size=n) * 10.0 ** rng.uniform(-16, -1))
        elif kind == "tilted":
            q = p.astype(float) * np.exp(rng.normal(size=n))
        else:
            q = rng.exponential(size=n)
        return (q / q.sum()).astype(p.dtype)


def sizes(rng, outputs):
    """Row lengths from 1 to 1000, short ones more often, until they hold `outputs` entries."""
    total = 0
    while total < outputs:
        n = int(rng.choice([1, 2, 3, 4, 5, 8, 10, 16, 31, 64, 129, 300, 1000], p=[0.04, *[0.09] * 10, 0.04, 0.02]))
        total += n
        yield n
