"""Calls that nobody should make: every public function gets an answer by contract, or an error that says what to do.

    python -m tests.numeric.hostile --count 15000

A call passes with results that lie within the declared accuracy of the exact values of the very bits (by balls), or with a
ValueError or TypeError that names the function, an argument and a remedy; without a warning, and with its inputs unchanged.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb, ctx

from mathcore import numeric
from tests.numeric.oracle import INFINITY, NAN, ulp_error
from tests.numeric.surface import TABLE, Surface, as_axes, without

# exact values: of one row (lists of numbers, one an argument), each with the size of the terms that may cancel -----------

Exact = tuple[arb, arb]
ZERO = arb(0)


def total(terms: list[arb]) -> Exact:
    """A sum and the sum of the sizes of its terms."""
    if any(y == INFINITY for y in terms) and any(y == -INFINITY for y in terms):
        return NAN, ZERO
    for limit in (INFINITY, -INFINITY):
        if any(y == limit for y in terms):
            return limit, ZERO
    return sum(terms, ZERO), sum((abs(y) for y in terms), ZERO)


def scaled(y: Exact, factor: Any) -> Exact:
    return y[0] * factor, y[1] * abs(factor)


def times(weight: Any, y: Callable[[], arb]) -> arb:
    return ZERO if weight == 0 else arb(weight) * y()


def log(x: Any) -> arb:
    return -INFINITY if x == 0 else NAN if x < 0 else arb(x).log()


def softplus(x: arb) -> arb:
    return x.exp().log1p() if x < 0 else x + (-x).exp().log1p()


def sigmoid(x: arb) -> arb:
    return 1 / (1 + (-x).exp()) if x >= 0 else x.exp() / (1 + x.exp())


def one(y: arb) -> list[Exact]:
    return [(y, ZERO)]


def crossentropy(p, q, base=None):
    y = total([-times(a, lambda b=b: log(b)) for a, b in zip(p, q, strict=True)])
    return [y if base is None else scaled(y, 1 / arb(base).log())]


def entropy(p, base=None):
    return crossentropy(p, p, base)


def perplexity(p):
    y, size = entropy(p)[0]
    return [(y.exp(), y.exp() * size)]


def kl_divergence(p, q, base=None):
    terms = [
        (INFINITY if b == 0 else arb(a) * (arb(a) / arb(b)).log() - arb(a) + arb(b)) if a else arb(b)
        for a, b in zip(p, q, strict=True)
    ]
    y, _ = total(terms)
    return [(y if base is None else y / arb(base).log(), ZERO)]


def js_divergence(p, q, base=None):
    terms = [arb(a) * (2 * arb(a) / (arb(a) + arb(b))).log() for x, z in ((p, q), (q, p)) for a, b in zip(x, z, strict=True) if a]
    return one(sum(terms, ZERO) / 2 / (1 if base is None else arb(base).log()))


def mutual_information(joint, base=None):
    a, b = [sum(map(arb, row), ZERO) for row in joint], [sum(map(arb, column), ZERO) for column in zip(*joint, strict=True)]
    n = sum(a, ZERO)
    terms = [arb(x) * (arb(x) * n / (a[i] * b[j])).log() for i, row in enumerate(joint) for j, x in enumerate(row) if x]
    y = sum(terms, ZERO) / (1 if base is None else arb(base).log())
    return [(y, n * 2.0**-49 if y < n * 2.0**-80 else ZERO)]  # good to 2^-100 there


def surprisals(z):
    """lse(z) - z of each entry: nothing cancels."""
    peak = z.index(max(z))
    rivals = sum(((arb(v) - arb(z[peak])).exp() for k, v in enumerate(z) if k != peak), ZERO).log1p()
    return [rivals + (arb(z[peak]) - arb(v)) for v in z]


def softmax(z):
    return [((-y).exp(), ZERO) for y in surprisals(z)]


def log_softmax(z):
    return [(-y, ZERO) for y in surprisals(z)]


def logsumexp(z):
    y = surprisals(z)[0] + arb(z[0])
    return [(y, abs(y) + max(abs(arb(v)) for v in z))]


def categorical_of_logits(t, z):
    y = total([times(a, lambda s=s: s) for a, s in zip(t, surprisals(z), strict=True)])
    whole = sum(map(arb, t), ZERO)
    shares = [(-s).exp() for s in surprisals(z)]
    return [y], [(whole * s - arb(a), whole * s + abs(arb(a))) for a, s in zip(t, shares, strict=True)]


def categorical_of_probabilities(t, q):
    slopes = [ZERO if a == 0 else -INFINITY * arb(a) if b == 0 else -arb(a) / arb(b) for a, b in zip(t, q, strict=True)]
    return crossentropy(t, q), [(y, ZERO) for y in slopes]


def sparse_of_logits(label, z):
    return categorical_of_logits([float(k == label) for k in range(len(z))], z)


def sparse_of_probabilities(label, q):
    return categorical_of_probabilities([float(k == label) for k in range(len(q))], q)


def binary_crossentropy(t, q):
    return [total([-times(t, lambda: log(arb(q))), -times(1 - arb(t), lambda: log(1 - arb(q)))])]


def binary_entropy(p, base=None):
    y, _ = binary_crossentropy(p, p)[0]
    return one(y if base is None else y / arb(base).log())


def binary_of_logits(t, z):
    return [total([times(t, lambda: softplus(-arb(z))), times(1 - arb(t), lambda: softplus(arb(z)))])]


def mean_error(power):
    def exact(t, y):
        r = [arb(b) - arb(a) for a, b in zip(t, y, strict=True)]
        n = len(r)
        slope = (lambda d: 2 * d / n) if power == 2 else (lambda d: (arb(d > 0) - arb(d < 0)) / n)
        return one(sum((abs(d) ** power for d in r), ZERO) / n), [(slope(d), ZERO) for d in r]

    return exact


def huber(t, y, delta=1.0):
    r, d = arb(y) - arb(t), arb(delta)
    value = r * r / 2 if abs(r) <= d else d * (abs(r) - d / 2)
    return one(value), one(r if abs(r) <= d else d if r > 0 else -d)


def label_smoothing(t, smoothing=0.1):
    return [total([(1 - arb(smoothing)) * arb(a), arb(smoothing) / len(t)]) for a in t]


def step(w, gradient, learning_rate):
    change = arb(learning_rate) * arb(gradient)
    return [(arb(w) - change, abs(arb(w)) + abs(change))]


def only(exact):
    """The first of several results."""
    return lambda *arguments, **options: (exact(*arguments, **options)[0],)


def entry(exact):
    return lambda x: (one(exact(arb(x))),)


ROOT_HALF = lambda: arb(0.5).sqrt()  # noqa: E731  # at the precision of the moment

# by the name of a surface: (rows or entries) -> one list of exact values for each result
EXACT: dict[str, Callable[..., Any]] = {
    "sigmoid": entry(sigmoid),
    "log_sigmoid": entry(lambda x: -softplus(-x)),
    "softplus": entry(softplus),
    "relu": entry(lambda x: x if x > 0 else ZERO),
    "leaky_relu": entry(lambda x: x if x > 0 else x * arb(0.01)),
    "silu": entry(lambda x: x * sigmoid(x)),
    "tanh": entry(lambda x: x.tanh()),
    "gelu": entry(lambda x: x * (-x * ROOT_HALF()).erfc() / 2),
    "logit": entry(lambda p: NAN if p < 0 or p > 1 else log(p) if p == 0 else INFINITY if p == 1 else (p / (1 - p)).log()),
    "binary_entropy": lambda *a, **o: (binary_entropy(*a, **o),),
    "entropy": lambda *a, **o: (entropy(*a, **o),),
    "crossentropy": lambda *a, **o: (crossentropy(*a, **o),),
    "perplexity": lambda *a: (perplexity(*a),),
    "kl_divergence": lambda *a, **o: (kl_divergence(*a, **o),),
    "js_divergence": lambda *a, **o: (js_divergence(*a, **o),),
    "mutual_information": lambda *a, **o: (mutual_information(*a, **o),),
    "softmax": lambda z: (softmax(z),),
    "log_softmax": lambda z: (log_softmax(z),),
    "logsumexp": lambda z: (logsumexp(z),),
    "categorical_crossentropy_of_logits": only(categorical_of_logits),
    "categorical_crossentropy_value_and_grad_of_logits": categorical_of_logits,
    "categorical_crossentropy": only(categorical_of_probabilities),
    "categorical_crossentropy_value_and_grad": categorical_of_probabilities,
    "sparse_categorical_crossentropy_of_logits": only(sparse_of_logits),
    "sparse_categorical_crossentropy_value_and_grad_of_logits": sparse_of_logits,
    "sparse_categorical_crossentropy": only(sparse_of_probabilities),
    "sparse_categorical_crossentropy_value_and_grad": sparse_of_probabilities,
    "binary_crossentropy": lambda t, q: (binary_crossentropy(t, q),),
    "binary_crossentropy_of_logits": lambda t, z: (binary_of_logits(t, z),),
    "mean_squared_error": only(mean_error(2)),
    "mean_squared_error_value_and_grad": mean_error(2),
    "mean_absolute_error": only(mean_error(1)),
    "mean_absolute_error_value_and_grad": mean_error(1),
    "huber": only(huber),
    "huber_value_and_grad": huber,
    "label_smoothing": lambda *a, **o: (label_smoothing(*a, **o),),
    "gradient_descent_step": lambda w, g, learning_rate: (step(w, g, learning_rate),),
}

BAR = 8.0  # ULP: no declared bar is wider
PARTS = 4.0  # roundoffs of the sizes of terms that cancel


def beyond(out: float, y: Exact, dtype: np.dtype[Any]) -> float:
    """The error in ULP where it is more than the declared accuracy allows; 0 where it is not."""
    value, size = y
    error = ulp_error(out, value, dtype)
    if error <= BAR:
        return 0.0
    if math.isfinite(out) and value.is_finite():
        unit = float(np.finfo(dtype).eps) / 2
        room = arb(PARTS * unit) * size + arb(float(np.finfo(dtype).smallest_subnormal)) * BAR
        if abs(arb(out) - value) <= room:
            return 0.0
    elif value.is_finite() and not math.isnan(out):  # rounded to infinity, or not, where the terms allow both
        if abs(value) + arb(PARTS * float(np.finfo(dtype).eps)) * size >= arb(float(np.finfo(dtype).max)):
            return 0.0
    return error


# what is passed -----------------------------------------------------------------------------------------------------------


class Refuses:
    """An argument that raises whatever it is asked."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array")

    def __bool__(self):
        raise RuntimeError("no truth")

    def __index__(self):
        raise RuntimeError("no index")

    def __repr__(self):
        return "Refuses()"


def nested(depth: int, inner: Any = 1.0) -> Any:
    return inner if depth == 0 else [nested(depth - 1, inner)]


def itself() -> list[Any]:
    found: list[Any] = [1.0]
    found.append(found)
    return found


def wide(x: np.ndarray) -> np.ndarray:
    """The same numbers in an array of 64 axes."""
    return x.reshape((1,) * (64 - x.ndim) + x.shape)


# an argument that is no array of real numbers
NO_NUMBERS: dict[str, Callable[[np.ndarray], Any]] = {
    "ragged": lambda x: [[0.25, 0.75], [1.0]],
    "ragged deeper": lambda x: [[[0.25], 0.75], [1.0, 2.0]],
    "words": lambda x: np.full(x.shape, "0.5"),
    "a word": lambda x: "0.5",
    "bytes": lambda x: b"0.5",
    "complex": lambda x: x.astype(complex),
    "objects": lambda x: x.astype(object),
    "fractions of integers too long": lambda x: [10**400, 1],
    "None": lambda x: None,
    "a mapping": lambda x: {"x": 1.0},
    "a set": lambda x: {1.0},
    "dates": lambda x: np.zeros(x.shape, "M8[s]"),
    "spans": lambda x: np.zeros(x.shape, "m8[s]"),
    "records": lambda x: np.zeros(x.shape, [("a", "f8")]),
    "raw": lambda x: np.zeros(x.shape, "V8"),
    "longdouble": lambda x: x.astype(np.longdouble) if np.longdouble != np.float64 else x.astype(complex),
    "masked": lambda x: np.ma.masked_array(x, np.ones(x.shape, bool)),
    "a list of a masked array": lambda x: np.ma.masked_array(np.append(x, 1.0), [*[False] * x.size, True]),
    "refuses": lambda x: Refuses(),
    "a list that refuses": lambda x: [Refuses(), 1.0],
    "holds itself": lambda x: itself(),
    "too deep": lambda x: nested(70),
    "a function": lambda x: print,
    "a type": lambda x: float,
    "an iterator": lambda x: iter([0.5, 0.5]),
    "integers beyond 2^53": lambda x: np.full(x.shape, 2**53 + 1),
    "negative integers beyond 2^53": lambda x: np.full(x.shape, -(2**62) - 1),
    "unsigned integers beyond 2^53": lambda x: np.full(x.shape, 2**64 - 1, np.uint64),
    "big-endian integers beyond 2^53": lambda x: np.full(x.shape, 2**53 + 1, ">i8"),
    "a list of integers beyond 2^53": lambda x: [2**53 + 1, 0],
}

# the same numbers otherwise
FORMS: dict[str, Callable[[np.ndarray], Any]] = {
    "C": lambda x: x,
    "Fortran": lambda x: x.copy("F"),
    "strided": lambda x: np.repeat(x, 2, -1)[..., ::2] if x.ndim else x,
    "reversed": lambda x: x[..., ::-1].copy()[..., ::-1] if x.ndim else x,
    "big-endian": lambda x: x.astype(x.dtype.newbyteorder(">")),
    "a list": lambda x: x.tolist(),
    "a tuple": lambda x: tuple(x.tolist()) if x.ndim else x,
    "unmasked": lambda x: np.ma.masked_array(x),
    "a subclass": lambda x: x.view(type("Tagged", (np.ndarray,), {})),
    "read-only": lambda x: (x.flags.__setattr__("writeable", False), x)[1] if x.ndim else x,
    "broadcast": lambda x: np.broadcast_to(x, x.shape),
    "unaligned": lambda x: np.frombuffer(b"\0" + x.tobytes(), x.dtype, offset=1).reshape(x.shape),
}

NO_FLAG = (
    "no",
    "",
    0,
    1,
    0.0,
    None,
    [],
    [True],
    np.array([True, False]),
    np.array(True),
    np.array([True]),
    Refuses(),
    math.nan,
    2j,
)
NO_AXIS = (2, -3, 99, (0, 0), (0, 5), 1.0, "0", [0], np.array([0, 1]), math.nan, 2j, Refuses(), 10**30, True)
NO_BASE = (0, 1, -2, math.nan, math.inf, "2", 2j, [2.0], np.array([2.0]), Refuses(), b"2", 10**400)
NO_NUMBER = ("0.5", 2j, None, [0.5], np.array([0.5]), Refuses(), {}, math.nan, 10**400)
FLAGS = {"validate": NO_FLAG, "from_logits": NO_FLAG, "keepdims": NO_FLAG, "nesterov": NO_FLAG}
NUMBERS = ("learning_rate", "momentum", "beta1", "beta2", "epsilon", "gamma", "smoothing", "slope", "delta")

REGIMES = ("huge", "large", "tiny", "subnormal", "mixed", "near 1", "plain", "zeros")


def magnitudes(shape: tuple[int, ...], regime: str, rng: np.random.Generator, dtype: np.dtype[Any]) -> np.ndarray:
    """Numbers >= 0 of a float format."""
    info = np.finfo(dtype)
    low, high = info.minexp, info.maxexp
    spans = {
        "huge": (high - 3, high),
        "large": (high // 2 - 2, high),
        "tiny": (low, low + 60 if dtype.itemsize > 2 else low + 4),
        "subnormal": (low - info.nmant, low),
        "mixed": (low - info.nmant, high),
        "near 1": (-1, 1),
        "plain": (-20, 20) if dtype.itemsize > 2 else (-6, 6),
        "zeros": (-2, 2),
    }
    with np.errstate(all="ignore"):
        x = np.ldexp(rng.uniform(0.5, 1, shape), rng.integers(*spans[regime], size=shape, endpoint=True))
        x = np.minimum(x, float(info.max)).astype(dtype)
    return np.asarray(np.where(rng.random(shape) < (0.5 if regime == "zeros" else 0.1), 0, x).astype(dtype))


def values(
    kind: str, shape: tuple[int, ...], regime: str, rng: np.random.Generator, dtype: np.dtype[Any], rows: int
) -> np.ndarray:
    if kind == "labels":
        return np.asarray(rng.integers(rows, size=shape))
    if dtype.kind in "biu":
        high = 2 if dtype.kind == "b" or kind == "unit" else 100
        return np.asarray(rng.integers(high, size=shape)).astype(dtype)
    x = magnitudes(shape, regime, rng, dtype)
    if kind == "real":
        return np.asarray(x * rng.choice([-1, 1], shape).astype(dtype))
    if kind == "unit" and rng.random() < 0.8:
        return np.asarray(np.where(x > 1, rng.choice([0, 0.25, 0.5, 1], shape), x).astype(dtype))
    return x


# calls --------------------------------------------------------------------------------------------------------------------


SUBJECTS = (
    *TABLE,
    Surface("accuracy", {"labels": "labels", "prediction": "real"}, (), "row", keyword={"axis": (None, (0,), 1.0, "0", 7)}),
    Surface(
        "one_hot",
        {"labels": "labels"},
        (),
        keyword={"classes": (0, -1, 1.5, "3", True, 10**30), "dtype": ("x", complex, 7, "M8")},
    ),
)


@dataclass
class Call:
    """A call, how it was made, and whether it must be refused."""

    subject: Surface
    arrays: list[Any]
    options: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    refused: str = ""  # the argument that must be named
    numbers: list[np.ndarray] = field(default_factory=list)  # what the arrays hold, where an exact value is known

    def __str__(self) -> str:
        return f"{self.subject}(*{self.arrays!r}, **{self.options!r}) [{self.kind}]"[:600]


def calls(rng: np.random.Generator) -> Iterator[Call]:
    while True:
        subject = SUBJECTS[rng.integers(len(SUBJECTS))]
        yield [right, right, wrong_array, wrong_option, many_axes, odd_values][rng.integers(6)](subject, rng)


def parameters(subject: Surface) -> set[str]:
    import inspect

    return set(inspect.signature(getattr(numeric, subject.name)).parameters)


def drawn(subject: Surface, rng: np.random.Generator, formats: tuple[str, ...]) -> tuple[list[np.ndarray], str]:
    shapes = [(2,), (3,), (4,), (2, 3), (3, 2), (1, 3), (70,)] if subject.axis == "row" else [(2, 3), (3, 2), (2, 2, 2)]
    if subject.axis is None:
        shapes = [(1,), (3,), (), (2, 2)]
    shape = shapes[rng.integers(len(shapes))]
    axis = (-2, -1) if subject.axis == "pair" else -1
    classes = int(np.prod([shape[a] for a in as_axes(axis, len(shape))])) if subject.axis else 2
    regime = str(rng.choice(REGIMES))
    own = rng.random() < 0.4  # a regime of its own for each argument
    found = []
    for argument, kind in subject.arguments.items():
        dtype = np.dtype(str(rng.choice(formats)))
        if own:
            regime = str(rng.choice(REGIMES))
        found.append(values(kind, subject.shape_of(argument, shape, axis), regime, rng, dtype, classes))
    return found, regime


def right(subject: Surface, rng: np.random.Generator) -> Call:
    """Real numbers of any size, formats mixed, laid out somehow, unchecked where that can be."""
    mixed = rng.random() < 0.3
    formats = (
        ("float16", "float32", "float64", "int64", "uint8", "bool") if mixed else ("float64", "float64", "float32", "float16")
    )
    arrays, regime = drawn(subject, rng, formats)
    options = {"validate": False} if "validate" in parameters(subject) and rng.random() < 0.9 else {}
    if "base" in parameters(subject) and rng.random() < 0.3:
        options["base"] = float(rng.choice([2, 10, 0.5, 1.5, 1e300, 1e-300]))
    form = str(rng.choice(list(FORMS)))
    passed = [FORMS[form](x.copy()) for x in arrays]
    return Call(subject, passed, options, f"{regime}, {form}", numbers=arrays)


def wrong_array(subject: Surface, rng: np.random.Generator) -> Call:
    arrays, _ = drawn(subject, rng, ("float64",))
    k, name = rng.integers(len(arrays)), str(rng.choice(list(NO_NUMBERS)))
    argument = list(subject.arguments)[k]
    passed: list[Any] = list(arrays)
    passed[k] = NO_NUMBERS[name](np.asarray(arrays[k], float))
    options = {"validate": False} if "validate" in parameters(subject) and rng.random() < 0.5 else {}
    return Call(subject, passed, options, f"{argument}: {name}", refused=argument)


def wrong_option(subject: Surface, rng: np.random.Generator) -> Call:
    arrays, _ = drawn(subject, rng, ("float64",))
    known = parameters(subject)
    pool: dict[str, tuple[Any, ...]] = {name: bad for name, bad in FLAGS.items() if name in known}
    pool |= {name: NO_NUMBER for name in NUMBERS if name in known}
    pool |= {"base": NO_BASE} if "base" in known else {}
    pool |= {"axis": NO_AXIS} if "axis" in known else {}
    pool |= subject.keyword
    if not pool:
        return wrong_array(subject, rng)
    name = str(rng.choice(list(pool)))
    bad = pool[name][rng.integers(len(pool[name]))]
    if name == "axis":
        arrays = subject.draw((2, 2), rng)
    options = {"validate": False} if "validate" in known and name not in ("validate", "axis") else {}
    return Call(subject, arrays, {**options, name: bad}, f"{name}={bad!r}"[:60], refused=name)


def many_axes(subject: Surface, rng: np.random.Generator) -> Call:
    """Arrays of 64 axes, as many as NumPy has."""
    arrays, _ = drawn(subject, rng, ("float64", "float32"))
    options: dict[str, Any] = {"validate": False} if "validate" in parameters(subject) else {}
    if subject.axis is None:
        return Call(subject, [wide(x) for x in arrays], options, "64 axes", numbers=[wide(x) for x in arrays])
    if "labels" in subject.arguments:
        passed = [
            wide(x).reshape((1,) * (63 - x.ndim) + x.shape) if k == "labels" else wide(x)
            for k, x in zip(subject.arguments, arrays, strict=True)
        ]
    else:
        passed = [wide(x) for x in arrays]
    if subject.axis == "row" and rng.random() < 0.5 and "labels" not in subject.arguments:
        passed = [np.ascontiguousarray(np.moveaxis(x, -1, int(rng.integers(64)))) for x in passed[:1]] * len(passed)
        options["axis"] = None if rng.random() < 0.5 else -1
        return Call(subject, passed, options, "64 axes, turned")
    return Call(subject, passed, options, "64 axes", numbers=passed)


ODD = (math.nan, math.inf, -math.inf, -0.0, -1.0, 5e-324, 1.7976931348623157e308, 0.5)


def odd_values(subject: Surface, rng: np.random.Generator) -> Call:
    """nan, infinities, negative numbers, empty arrays."""
    arrays, _ = drawn(subject, rng, ("float64", "float32", "float16"))
    for kind, x in zip(subject.arguments.values(), arrays, strict=True):
        if kind != "labels" and x.size and rng.random() < 0.7:
            with np.errstate(all="ignore"):
                x.flat[rng.integers(x.size)] = rng.choice(ODD)
    if rng.random() < 0.2:
        arrays = [x[..., :0] if x.ndim and rng.random() < 0.9 else x[:0] if x.ndim else x for x in arrays]
    options = {"validate": bool(rng.random() < 0.5)} if "validate" in parameters(subject) else {}
    return Call(subject, arrays, options, "odd values")


# judgement ----------------------------------------------------------------------------------------------------------------


def failures(call: Call) -> Iterator[str]:
    """What is wrong with the outcome of a call."""
    before = [x.tobytes() if isinstance(x, np.ndarray) and not x.dtype.hasobject else None for x in call.arrays]
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        try:
            found = call.subject(*call.arrays, **call.options)
        except (ValueError, TypeError) as error:
            yield from wrong_words(call, error)
            found = None
        except BaseException as error:
            yield f"raises {error!r}"[:200]
            found = None
        else:
            if call.refused:
                yield f"accepts {call.kind}"
    for x, bits in zip(call.arrays, before, strict=True):
        if bits is not None and x.tobytes() != bits:
            yield "changes an input"
    if found is not None and call.numbers and not call.refused:
        yield from wrong_results(call, found)


def wrong_words(call: Call, error: Exception) -> Iterator[str]:
    text = str(error)
    if not text.startswith(f"{call.subject.name}: "):
        yield f"an error without the name of the function: {type(error).__name__}: {text}"[:200]
        return
    names = [call.refused] if call.refused else [*call.subject.arguments, "axis", "base", "probabilities", "labels"]
    if call.refused and call.refused in call.subject.arguments:
        names += ["must have the same shape", "probabilities", "labels", "prediction"]
    if not re.search(rf"\b({'|'.join(map(re.escape, names))})", text):
        yield f"an error that names no argument: {text}"[:200]
    if not re.search(r"[.;] \S.*\.$", text, re.S):
        yield f"an error without a remedy: {text}"[:200]
    if len(text) > 600:
        yield f"an error of {len(text)} characters"
    if call.numbers and call.options.get("validate") is False:
        yield f"numbers are refused: {text}"[:200]


def wrong_results(call: Call, found: tuple[Any, ...]) -> Iterator[str]:
    subject, numbers = call.subject, call.numbers
    if not subject.gives:
        return
    by_name = dict(zip(subject.arguments, call.arrays, strict=True))
    for result, (_, formats) in zip(found, subject.gives, strict=True):
        kinds = [np.asarray(by_name[name]).dtype for name in formats]
        dtype = np.result_type(*[k.newbyteorder("=") if k.kind == "f" else np.dtype(np.float64) for k in kinds])
        if result.dtype != dtype:
            yield f"gives {result.dtype}, not {dtype}, of {[str(k) for k in kinds]}"
    exact = EXACT.get(str(subject))
    if exact is None or any(x.size > 300 for x in numbers):
        return
    axes = as_axes({"row": -1, "pair": (-2, -1)}[subject.axis], numbers[-1].ndim) if subject.axis else ()
    options = {k: v for k, v in {**subject.options, **call.options}.items() if k in ("base", "learning_rate")}
    batch = without(numbers[-1].shape, axes) if subject.axis else numbers[0].shape
    lists = [[rows_of(x, kind, axes, batch)] for x, kind in zip(numbers, subject.arguments.values(), strict=True)]
    for index, row in enumerate(zip(*[x[0] for x in lists], strict=True)):
        with ctx.workprec(2400):
            expected = exact(*row, **options)
        for result, (what, _), wanted in zip(found, subject.gives, expected, strict=True):
            outs = (
                np.asarray(result).reshape(*batch_of(batch), -1)[index]
                if subject.axis and what == "full"
                else [np.asarray(result).reshape(-1)[index]]
            )
            for out, y in zip(outs, wanted, strict=True):
                with ctx.workprec(2400):
                    error = beyond(float(out), y, np.asarray(result).dtype)
                if error:
                    yield f"{error:.3g} ULP off: {float(out)!r}, exact {y[0].str(17)}; row {row!r}"[:300]
                    return


def batch_of(batch: tuple[int, ...]) -> tuple[int]:
    return (math.prod(batch),)


def rows_of(x: np.ndarray, kind: str, axes: tuple[int, ...], batch: tuple[int, ...]) -> list[Any]:
    """An argument as lists of numbers, one a row; or as numbers, one an entry or label."""
    if not axes or kind == "labels":
        return [v.item() for v in np.asarray(x).reshape(-1)]
    shape = tuple(x.shape[a] for a in axes)
    return np.asarray(x, float).reshape(*batch_of(batch), *shape).tolist()


def hunt(count: int, seed: int = 0) -> Iterator[tuple[Call, str]]:
    """What is wrong, among `count` calls."""
    rng = np.random.default_rng(seed)
    for _, call in zip(range(count), calls(rng), strict=False):
        for text in failures(call):
            yield call, text


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=15_000)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--shown", type=int, default=40)
    options = asked.parse_args()
    found = list(hunt(options.count, options.seed))
    kinds = Counter((str(call.subject), call.refused or call.kind, re.sub(r"[-\d.e+]+", "#", text)[:90]) for call, text in found)
    print(f"{options.count} hostile calls, seed {options.seed}: {len(found)} answers that are against the contract")
    shown = set()
    for call, text in found:
        key = (str(call.subject), call.refused or call.kind, re.sub(r"[-\d.e+]+", "#", text)[:90])
        if key not in shown and len(shown) < options.shown:
            shown.add(key)
            print(f"{kinds[key]:5}  {call}\n       {text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
