"""Every public function of mathcore.numeric, and how to call it: what its arguments are and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

import mathcore.numeric as numeric

FLOATS = ("float16", "float32", "float64")
WHOLE = ("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")


@dataclass(frozen=True, repr=False)
class Surface:
    """One way to call a public function.

    `arguments` name its arrays and say what they hold: `real` numbers, `pmf` (probabilities along the rows), `unit` (from 0
    to 1), `square` (not negative) or `labels`. `gives` names for each result its shape, `full` or one `value` a row, and the
    arguments whose widest format it has. `axis` says what a row is: `row`, `pair` of axes, or None for one entry at a time.
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


def _labels(shape, rng, dtype, axis, classes, wild):
    bound = classes if dtype.kind not in "biu" else min(classes, 2 if dtype.kind == "b" else np.iinfo(dtype).max + 1)
    return np.asarray(rng.integers(bound, size=shape)).astype(dtype if dtype.kind in "biu" else np.int64)


DRAWERS = {"real": _real, "pmf": _pmf, "unit": _unit, "square": _square, "labels": _labels}

NOT_A_NUMBER = ("2", 2j, None, [1.0, 2.0], object())  # for an argument that is one number
BASES = {"base": (0, 1, -2, np.nan, np.inf, "2", 2j, [2])}
RATES = {"learning_rate": (-1, np.nan, np.inf, *NOT_A_NUMBER)}


def _entry(name, results=1, keyword=None, **arguments):
    return Surface(name, arguments, (("full", tuple(arguments)),) * results, None, keyword=keyword or {})


def _values(name, keyword=None, options=None, **arguments):
    return Surface(name, arguments, (("value", tuple(arguments)),), "row", options or {}, keyword or {})


def _rows(name, keyword=None, **arguments):
    return Surface(name, arguments, (("full", tuple(arguments)),), "row", {}, keyword or {})


def _entry_loss(name, keyword=None):
    found = []
    for from_logits in (False, True):
        arguments = {"t": "unit", "prediction": "real" if from_logits else "unit"}
        gives = (("full", ("t", "prediction")),) * (2 if name.endswith("grad") else 1)
        found.append(Surface(name, arguments, gives, None, {"from_logits": from_logits}, keyword or {}))
    return found


def _crossentropies():
    found = []
    for labels, kind in (("t", "pmf"), ("labels", "labels")):
        prefix = "categorical_crossentropy" if labels == "t" else "sparse_categorical_crossentropy"
        formats = ("t", "prediction") if labels == "t" else ("prediction",)
        for suffix, gives in (("", ("value",)), ("_value_and_grad", ("value", "full"))):
            for from_logits in (False, True):
                arguments = {labels: kind, "prediction": "real" if from_logits else "pmf"}
                results = tuple((shape, formats) for shape in gives)
                found.append(Surface(prefix + suffix, arguments, results, "row", {"from_logits": from_logits}))
    return found


TABLE = [
    *(_entry(name, x="real") for name in ("sigmoid", "log_sigmoid", "softplus", "relu", "gelu", "silu", "tanh")),
    _entry("leaky_relu", x="real", keyword={"slope": (-1, np.nan, np.inf, *NOT_A_NUMBER)}),
    _entry("logit", p="unit"),
    _entry("binary_entropy", p="unit", keyword=BASES),
    _entry("huber", t="real", y="real", keyword={"delta": (0, -1, np.nan, np.inf, *NOT_A_NUMBER)}),
    _entry("huber_value_and_grad", 2, t="real", y="real", keyword={"delta": (0, -1, np.nan, np.inf, *NOT_A_NUMBER)}),
    *_entry_loss("binary_crossentropy"),
    *_entry_loss("binary_crossentropy_value_and_grad"),
    *_entry_loss("focal_loss", {"gamma": (-1, np.nan, np.inf, *NOT_A_NUMBER), "alpha": (-1, 2, np.nan, "2", [1.0])}),
    *_entry_loss("focal_loss_value_and_grad", {"gamma": (-1, np.nan, np.inf, *NOT_A_NUMBER), "alpha": (-1, 2, np.nan)}),
    _rows("softmax", z="real"),
    _rows("log_softmax", z="real"),
    _rows("label_smoothing", t="pmf", keyword={"smoothing": (-1, 2, np.nan, *NOT_A_NUMBER)}),
    _values("logsumexp", z="real"),
    _values("entropy", p="pmf", keyword=BASES),
    _values("perplexity", p="pmf"),
    _values("crossentropy", p="pmf", q="pmf", keyword=BASES),
    _values("kl_divergence", p="pmf", q="pmf", keyword=BASES),
    _values("js_divergence", p="pmf", q="pmf", keyword=BASES),
    _values("mean_squared_error", t="real", y="real", options={"axis": -1}),
    _values("mean_absolute_error", t="real", y="real", options={"axis": -1}),
    *(
        Surface(name, {"t": "real", "y": "real"}, (("value", ("t", "y")), ("full", ("t", "y"))), "row", {"axis": -1})
        for name in ("mean_squared_error_value_and_grad", "mean_absolute_error_value_and_grad")
    ),
    *_crossentropies(),
    Surface("mutual_information", {"joint": "pmf"}, (("value", ("joint",)),), "pair", {}, BASES),
    Surface("gradient_descent_step", {"w": "real", "gradient": "real"}, (("full", ("w",)),), None, {"learning_rate": 0.1}, RATES),
    Surface(
        "momentum_step",
        {"w": "real", "gradient": "real", "velocity": "real"},
        (("full", ("w",)), ("full", ("velocity",))),
        None,
        {"learning_rate": 0.1},
        {**RATES, "momentum": (-1, 2, np.nan, *NOT_A_NUMBER)},
    ),
    Surface(
        "adam_step",
        {"w": "real", "gradient": "real", "m": "real", "v": "square"},
        (("full", ("w",)), ("full", ("m",)), ("full", ("v",))),
        None,
        {"t": 3},
        {
            **RATES,
            "t": (0, -1, 1.0, "1", None, np.nan, [1]),
            "beta1": (-1, 1, np.nan, *NOT_A_NUMBER),
            "beta2": (-1, 1, np.nan, *NOT_A_NUMBER),
            "epsilon": (0, -1, np.nan, np.inf, *NOT_A_NUMBER),
        },
    ),
]

# called otherwise, and tested one by one: one_hot makes arrays, accuracy one number of a whole batch
OTHERS = ("accuracy", "one_hot", "threads")
