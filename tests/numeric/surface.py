"""Every public function of mathcore.numeric, and how to call it: what its arguments are and what comes back.

Nothing is listed here. The signature says which arguments are arrays, numbers and axes, and how many results there are; the
page that names the function says what they hold, and in the row `refuses` of its bars what else is an error.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field

import numpy as np

import mathcore.numeric as numeric
from mathcore.conformance.subject import subject
from mathcore.formulas import load, names

FLOATS = ("float16", "float32", "float64")
WHOLE = ("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")


@dataclass(frozen=True, repr=False)
class Surface:
    """One way to call a public function.

    `arguments` name its arrays and say what they hold: `real` numbers, `pmf` (probabilities along the rows), `unit` (from 0
    to 1), `square` (not negative), `positive` or `labels`. `gives` names for each result its shape, `full` or one `value` a
    row, and the arguments whose widest format it has. `axis` says what a row is: `row`, `pair` of axes, or None for one
    entry at a time.
    """

    name: str
    arguments: dict[str, str]
    gives: tuple[tuple[str, tuple[str, ...]], ...]
    axis: str | None = None
    options: dict = field(default_factory=dict)
    keyword: dict = field(default_factory=dict)  # out of range or of the wrong type: argument -> values

    def __repr__(self):
        return self.name + ("_of_logits" if self.options.get("from_logits") else "")

    def __call__(self, *arrays, **options):
        """The results as a tuple."""
        found = getattr(numeric, self.name)(*arrays, **{**self.options, **options})
        return found if isinstance(found, tuple) else (found,)

    def shape_of(self, argument, shape, axis=-1):
        """The shape of an argument if that of the others is `shape`."""
        return without(shape, axis) if self.arguments[argument] == "labels" else shape

    def draw(self, shape, rng, dtypes=None, axis=-1, wild=False):
        """Arguments in its domain; `dtypes` holds one format an argument, float64 by default."""
        dtypes = dtypes or ["float64"] * len(self.arguments)
        classes = int(np.prod([shape[a] for a in as_axes(axis, len(shape))])) if self.axis else 2
        drawn = []
        for (argument, kind), dtype in zip(self.arguments.items(), dtypes, strict=True):
            drawn.append(DRAWERS[kind](self.shape_of(argument, shape, axis), rng, np.dtype(dtype), axis, classes, wild))
        return drawn


def as_axes(axis, ndim):
    return tuple(range(ndim)) if axis is None else tuple(a % ndim for a in np.atleast_1d(axis)) if ndim else ()


def without(shape, axis):
    """`shape` without the axes of a row."""
    gone = as_axes(axis, len(shape))
    return tuple(size for a, size in enumerate(shape) if a not in gone)


def _real(shape, rng, dtype, axis, classes, wild):
    if dtype.kind == "b":
        return rng.integers(2, size=shape).astype(dtype)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        most = 2**53 if wild else 9  # integers beyond 2^53 are refused
        low, high = max(info.min, -most), min(info.max, most)
        return rng.integers(low, high, size=shape, dtype=dtype.newbyteorder("="), endpoint=True).astype(dtype)
    if not wild:
        return np.asarray(rng.normal(size=shape) * 3).astype(dtype)
    info = np.finfo(dtype)
    edges = [0.0, -0.0, 1.0, info.max, -info.max, info.tiny, -info.tiny, info.smallest_subnormal, info.eps, 700.0, -745.0]
    spread = np.ldexp(rng.uniform(-1, 1, shape), rng.integers(info.minexp, info.maxexp, shape))
    with np.errstate(all="ignore"):
        return np.where(rng.random(shape) < 0.4, rng.choice(edges, shape), spread).astype(dtype)


def _pmf(shape, rng, dtype, axis, classes, wild):
    axes = as_axes(axis, len(shape))
    if dtype.kind in "biu" or (wild and rng.random() < 0.3):
        flat = np.zeros((*without(shape, axis), classes))
        if flat.size:
            np.put_along_axis(flat, rng.integers(classes, size=flat.shape[:-1])[..., None], 1.0, axis=-1)
        kept = [a for a in range(len(shape)) if a not in axes]
        order = [*kept, *axes]
        moved = flat.reshape([shape[a] for a in order])
        return np.asarray(moved.transpose(np.argsort(order)) if order else moved).astype(dtype)
    p = rng.gamma(0.01 if wild else 1.0, size=shape) + 1e-300
    if not np.size(p):
        return np.asarray(p).astype(dtype)
    with np.errstate(under="ignore"):
        return np.asarray(p / p.sum(axis=axes, keepdims=True)).astype(dtype)


def _unit(shape, rng, dtype, axis, classes, wild):
    if dtype.kind in "biu":
        return np.asarray(rng.integers(2, size=shape)).astype(dtype)
    info = np.finfo(dtype)
    x = np.asarray(rng.uniform(size=shape))
    if wild:
        edges = [0.0, -0.0, 1.0, 0.5, 1 - info.epsneg, info.tiny, info.smallest_subnormal, info.eps]
        x = np.where(rng.random(shape) < 0.6, rng.choice(edges, shape), x)
    return x.astype(dtype)


def _square(shape, rng, dtype, axis, classes, wild):
    if dtype.kind == "i":  # |least integer| is no integer of the format
        dtype_of = np.dtype(f"u{dtype.itemsize}")
        return np.asarray(_real(shape, rng, dtype_of, axis, classes, wild) >> 1).astype(dtype)
    return np.asarray(np.abs(_real(shape, rng, dtype, axis, classes, wild)))


def _positive(shape, rng, dtype, axis, classes, wild):
    least = 1 if dtype.kind in "biu" else np.finfo(dtype).smallest_subnormal
    return np.maximum(_square(shape, rng, dtype, axis, classes, wild), np.array(least, dtype))


def _labels(shape, rng, dtype, axis, classes, wild):
    bound = classes if dtype.kind not in "biu" else min(classes, 2 if dtype.kind == "b" else np.iinfo(dtype).max + 1)
    return np.asarray(rng.integers(bound, size=shape)).astype(dtype if dtype.kind in "biu" else np.int64)


DRAWERS = {"real": _real, "pmf": _pmf, "unit": _unit, "square": _square, "positive": _positive, "labels": _labels}

KINDS = {"real": "real", "simplex": "pmf", "onehot": "pmf", "unit": "unit", "nonnegative": "square", "positive": "positive"}
KINDS["index"] = "labels"
NOT_A_NUMBER = ("2", 2j, None, [1.0], [1.0, 2.0], object())  # for an argument that is one number
BASES = (0, 1, -2, np.nan, np.inf, "2", 2j, [2])
COUNTS = (0, -1, 1.0, "1", None, np.nan, [1])
OUTSIDE = {"positive": (-1, np.nan, np.inf), "nonnegative": (-1, np.nan, np.inf), "unit": (-1, 2, np.nan)}
NEEDED = {"positive": 0.1, "natural": 3}  # for a number that every call has to give

# called otherwise, and tested one by one: one_hot makes arrays, accuracy one number of a whole batch, and a linear model has
# arrays of three shapes
OTHERS = ("accuracy", "core", "linear_regression_gradient", "one_hot", "threads")


def rows():
    """One row a function, two for one that takes probabilities or logits."""
    cards = {}
    for card in (load(name) for name in names()):
        if card.numeric:
            cards.setdefault(subject(card).name, []).append(card)
    for name in numeric.__all__:
        if name not in OTHERS:
            if name not in cards:
                raise LookupError(f"{name}: no page says what its arguments hold: write numeric  mathcore.numeric.{name} on one")
            said = inspect.signature(getattr(numeric, name)).parameters
            for logits in (False, True) if "from_logits" in said else (None,):
                yield row(name, said, about(cards[name], logits), cards.get(name.removesuffix("_value_and_grad")), logits)


def about(cards, logits):
    """The pages that speak of probabilities or of logits, as asked; all if none does, or if there is nothing to ask."""
    return [card for card in cards if subject(card).options.get("from_logits", False) == logits] or cards


def row(name, said, cards, of_value, logits):
    """How a function is called: `said` is its signature, `of_value` the pages of the value where it gives the gradient too."""
    arrays = [p for p in said if said[p].annotation == "ArrayLike"]
    declared = cards[0].definition.parameters
    kinds = {p: kind_of(cards[0], letter) for p, letter in zip(arrays, declared, strict=False)}
    if logits is False:  # a prediction is what the truth is, whether or not a page says so
        kinds["prediction"] = "unit" if kinds[arrays[0]] == "unit" else "pmf"
    floats = tuple(p for p in arrays if kinds[p] != "labels")
    axis = {"Axis": "row", "int": "row", "tuple[int, int]": "pair"}[said["axis"].annotation] if "axis" in said else None
    results = max(1, inspect.signature(getattr(numeric, name)).return_annotation.count("Any"))
    if name.endswith("_step"):  # what moves, each in its own format
        gives = tuple(("full", (p,)) for p in arrays if p != "gradient")
    elif axis is None:
        gives = (("full", floats),) * results
    else:
        pages = cards[:1] if results == 1 else [of_value[0], cards[0]]
        gives = tuple(("full" if card.definition.shape else "value", floats) for card in pages)
    options = {} if logits is None else {"from_logits": logits}
    if axis == "row" and said["axis"].default is None:
        options["axis"] = -1
    keyword = {"base": BASES} if "base" in said else {}
    for p, letter in zip([p for p in said if p not in arrays], declared[len(arrays) :], strict=False):
        domain = letter.type.domain
        keyword[p] = COUNTS if domain == "natural" else (*OUTSIDE[domain], *NOT_A_NUMBER)
        if said[p].default is inspect.Parameter.empty:
            options[p] = NEEDED[domain]
    for card in (*cards, *(of_value or ())):
        for p, values in card.accuracy.refused.items():
            others = [x for x in NOT_A_NUMBER if x is not None or "None" not in said[p].annotation]
            keyword[p] = (*values, *(x for x in keyword.get(p, others) if x not in values))
    return Surface(name, kinds, gives, axis, options, keyword)


def kind_of(card, letter):
    """What an array holds, by the domain of its letter; a page may speak of numbers that its function refuses to take unasked."""
    if subject(card).options.get("validate") is False:
        return "pmf"
    if letter.type.domain not in KINDS:
        raise LookupError(f"{card.name}: {letter.name} is {letter.type.domain}: say in tests/numeric/surface.py how it is drawn")
    return KINDS[letter.type.domain]


TABLE = [*rows()]
