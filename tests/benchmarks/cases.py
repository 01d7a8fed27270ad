"""What is measured: functions, shapes from 10 to 10^7 elements, both axes, kinds of input, two formats."""

from __future__ import annotations

import importlib
import math
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from mathcore import numeric
from tests.benchmarks import textbook

Arrays = tuple[np.ndarray, ...]

DTYPES = ("float64", "float32")
PEERS = ("scipy", "torch")

SHAPES = (
    *((10,), (100,), (1000,), (32, 10), (64, 10), (1000, 10), (100_000, 10), (128, 100)),
    *((1024, 1000), (100, 10_000), (10, 100_000), (1, 1_000_000), (10_000, 1000)),
)
ALONG_AXIS_0 = ((64, 10), (1000, 10), (100_000, 10), (128, 100), (1024, 1000), (100, 10_000))
FLAT = ((10,), (100,), (1000,), (10_000,), (100_000,), (1_000_000,), (10_000_000,))
OTHER_KINDS = ((1000, 10), (1024, 1000), (10_000,), (1_000_000,))  # the shapes on which every kind of input is measured
QUICK = ((10,), (1000,), (64, 10), (1000, 10), (1024, 1000), (1_000_000,))
LARGE = 2_000_000  # elements beyond which a round takes seconds: a few functions stand for all


@dataclass(frozen=True)
class Case:
    """One measurement: a function on arrays of one shape, kind and format."""

    function: str
    shape: tuple[int, ...]
    axis: int | None = None
    kind: str = "plain"
    dtype: str = "float64"

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    def __str__(self) -> str:
        shape = " x ".join(str(n) for n in self.shape)
        return f"{self.function} {shape}{' axis 0' if self.axis == 0 else ''} {self.kind} {self.dtype}"


@dataclass(frozen=True)
class Function:
    """What a function of `mathcore.numeric` is measured on."""

    inputs: Callable[[Case, np.random.Generator], Arrays]
    kinds: tuple[str, ...]
    by_rows: bool = True  # reduces along an axis; otherwise it takes flat arrays
    options: dict[str, Any] = field(default_factory=dict)  # what a call needs beside arrays and axis
    checks: bool = False  # whether it checks by default that labels are labels and probabilities are probabilities
    also_large: bool = False


def _logits(case: Case, rng: np.random.Generator) -> np.ndarray:
    z = rng.normal(size=case.shape)
    if case.kind == "shifted":
        z += 600
    elif case.kind == "scaled":
        z *= 100
    elif case.kind == "masked":
        masked = rng.random(case.shape) < 0.5
        masked[_one_a_row(case, rng)] = False
        z[masked] = -np.inf
    elif case.kind == "confident":
        z[_one_a_row(case, rng)] += 50
    elif case.kind == "near equal":
        z = 10 + 1e-6 * z
    return z.astype(case.dtype)


def _probabilities(case: Case, rng: np.random.Generator) -> np.ndarray:
    p = rng.exponential(size=case.shape)
    if case.kind == "zeros":
        zero = rng.random(case.shape) < 0.5
        zero[_one_a_row(case, rng)] = False
        p[zero] = 0
    elif case.kind == "confident":
        p *= 1e-12
        p[_one_a_row(case, rng)] = 1
    elif case.kind == "near equal":
        p = 1 + 1e-6 * p
    return _normalised(p, case)


def _normalised(p: np.ndarray, case: Case) -> np.ndarray:
    return (p / p.sum(axis=case.axis, keepdims=True)).astype(case.dtype)


def _one_a_row(case: Case, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """The index of one entry a row."""
    labels = np.expand_dims(_labels(case, rng), case.axis)
    grid = list(np.ogrid[tuple(slice(n) for n in labels.shape)])
    grid[case.axis] = labels
    return tuple(grid)


def _labels(case: Case, rng: np.random.Generator) -> np.ndarray:
    rows = list(case.shape)
    classes = rows.pop(case.axis)
    return np.asarray(rng.integers(classes, size=rows))


def logits(case: Case, rng: np.random.Generator) -> Arrays:
    return (_logits(case, rng),)


def labels_and_logits(case: Case, rng: np.random.Generator) -> Arrays:
    z = _logits(case, rng)
    return np.asarray(z.argmax(axis=case.axis)) if case.kind == "masked" else _labels(case, rng), z


def soft_labels_and_logits(case: Case, rng: np.random.Generator) -> Arrays:
    return _normalised(rng.exponential(size=case.shape), case), _logits(case, rng)


def probabilities(case: Case, rng: np.random.Generator) -> Arrays:
    return (_probabilities(case, rng),)


def two_pmfs(case: Case, rng: np.random.Generator) -> Arrays:
    p = _probabilities(case, rng)
    other = p * (1 + 1e-3 * rng.normal(size=case.shape)) if case.kind == "near equal" else rng.exponential(size=case.shape)
    return p, _normalised(other, case)


def truth_and_prediction(case: Case, rng: np.random.Generator) -> Arrays:
    t = rng.normal(size=case.shape)
    return t.astype(case.dtype), (t + rng.normal(size=case.shape)).astype(case.dtype)


def numbers(case: Case, rng: np.random.Generator) -> Arrays:
    return ((rng.normal(size=case.shape) * (20 if case.kind == "scaled" else 3)).astype(case.dtype),)


LOGITS = ("plain", "shifted", "scaled", "masked", "confident", "near equal")
UNMASKED = ("plain", "shifted", "scaled", "confident", "near equal")  # soft labels on a mask are nan in plain NumPy and torch
PROBABILITIES = ("plain", "zeros", "confident", "near equal")

FUNCTIONS = {
    "softmax": Function(logits, LOGITS, also_large=True),
    "log_softmax": Function(logits, LOGITS),
    "logsumexp": Function(logits, LOGITS, also_large=True),
    "sparse_categorical_crossentropy": Function(labels_and_logits, LOGITS, options={"from_logits": True}, checks=True),
    "sparse_categorical_crossentropy_value_and_grad": Function(
        labels_and_logits, LOGITS, options={"from_logits": True}, checks=True, also_large=True
    ),
    "categorical_crossentropy": Function(soft_labels_and_logits, UNMASKED, options={"from_logits": True}, checks=True),
    "categorical_crossentropy_value_and_grad": Function(
        soft_labels_and_logits, UNMASKED, options={"from_logits": True}, checks=True
    ),
    "entropy": Function(probabilities, PROBABILITIES, checks=True),
    "kl_divergence": Function(two_pmfs, PROBABILITIES, checks=True),
    "mean_squared_error": Function(truth_and_prediction, ("plain",), by_rows=False, also_large=True),
    "mean_squared_error_value_and_grad": Function(truth_and_prediction, ("plain",), by_rows=False),
    "sigmoid": Function(numbers, ("plain", "scaled"), by_rows=False, also_large=True),
    "softplus": Function(numbers, ("plain", "scaled"), by_rows=False),
}


def cases(functions: Iterable[str] = FUNCTIONS, dtypes: Iterable[str] = DTYPES, *, quick: bool = False) -> Iterator[Case]:
    """The table, row by row: plain input in every shape and along both axes, the other kinds in a few shapes."""
    dtypes = tuple(dtypes)
    for name in functions:
        function = FUNCTIONS[name]
        shapes = SHAPES if function.by_rows else FLAT
        last = -1 if function.by_rows else None
        chosen = [Case(name, shape, last) for shape in shapes]
        if function.by_rows:
            chosen += [Case(name, shape, 0) for shape in ALONG_AXIS_0]
        chosen += [Case(name, shape, last, kind) for kind in function.kinds[1:] for shape in OTHER_KINDS if shape in shapes]
        chosen = [case for case in chosen if (function.also_large or case.size <= LARGE) and (_quick(case) or not quick)]
        for case in chosen:
            yield from (replace(case, dtype=dtype) for dtype in dtypes)


def _quick(case: Case) -> bool:
    return case.shape in QUICK and (case.kind == "plain" or case.size <= 10_000)


def inputs(case: Case) -> Arrays:
    """The arrays of a case, the same in every run."""
    return FUNCTIONS[case.function].inputs(case, np.random.default_rng(zlib.crc32(str(case).encode())))


def calls(case: Case, arrays: Arrays, peers: Iterable[str] = ()) -> dict[str, Callable[[], Any]]:
    """The candidates, each a call without arguments: mathcore, the textbook, and the peers that have the function.

    mathcore is called with validate=False, so that everybody does the same work; "checked" is the default call, where
    that is another one.
    """
    function = FUNCTIONS[case.function]
    ours = getattr(numeric, case.function)
    axis = {"axis": case.axis} if function.by_rows else {}
    guarded = f"{case.function}_with_{case.kind}"  # the plain form of some is nan at a 0
    found = {
        "mathcore": partial(ours, *arrays, **axis, **function.options, **({"validate": False} if function.checks else {})),
        "textbook": partial(getattr(textbook, guarded, getattr(textbook, case.function)), *arrays, **axis),
    }
    if function.checks:
        found["checked"] = partial(ours, *arrays, **axis, **function.options)
    for peer in peers:
        module = importlib.import_module(f"tests.benchmarks.peer_{peer}")
        if hasattr(module, case.function):
            found[peer] = partial(getattr(module, case.function), *map(getattr(module, "array", np.asarray), arrays), **axis)
    return found
