"""The accuracy table: every public function against exact values, on millions of outputs.

    python -m tests.numeric.accuracy [--seed N] [--outputs N] [NAME...]

One line a function and format: how many outputs were judged, the worst error, in which family of inputs it was, and how
many samples of the reference itself stood within their claim against balls. Exit code 1 if a bar or the claim is missed.
"""

from __future__ import annotations

import argparse
import math
import platform
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from flint import arb, ctx

from mathcore import numeric
from tests.numeric import batches, oracle, reference
from tests.numeric.batches import JOINTS, LOGITS, PAIR_NAMES, PMFS, RESIDUALS, SCALARS, UNITS
from tests.numeric.double_double import Number, certain, power_of_two
from tests.numeric.reference import CLAIM

FORMATS = ("float64", "float32", "float16")
SMALLEST_NORMAL = -1022  # its exponent in float64
BLOCK = 2**15  # entries judged at a time

# ---------------------------------------------------------------- balls: the textbook forms that certify the reference


def each(function):
    """`function` of balls, entry by entry."""
    return lambda *columns: [function(*map(arb, entry)) for entry in zip(*columns, strict=True)]


def _softplus(x):
    return x.exp().log1p() if x < 0 else x + (-x).exp().log1p()


def _sigmoid(x):
    return 1 / (1 + (-x).exp()) if x >= 0 else x.exp() / (1 + x.exp())


def _times(weight, y):
    return arb(0) if weight == 0 else weight * y()


def _logit(p):
    return -oracle.INFINITY if p == 0 else oracle.INFINITY if p == 1 else (p / (1 - p)).log()


def _binary_entropy(p):
    return -_times(p, p.log) - _times(1 - p, (1 - p).log)


def _binary_crossentropy(t, q):
    if (t > 0 and q == 0) or (t < 1 and q == 1):
        return oracle.INFINITY
    return -_times(t, q.log) - _times(1 - t, (1 - q).log)


def _huber(t, y):
    r = abs(y - t)
    return r * r / 2 if r <= 1 else r - arb(1) / 2


def _focal_loss(t, z):
    z = z if t == 1 else -z
    return _sigmoid(-z) ** 2 * _softplus(-z)


def _js_divergence(p, q):
    halves = [(arb(a) + arb(b)) / 2 for a, b in zip(p, q, strict=True)]
    terms = [_times(arb(a), (a / m).log) for x in (p, q) for a, m in zip(map(arb, x), halves, strict=True) if a > 0]
    return [sum(terms, arb(0)) / 2]


def _adam_step(w, g, m, v):
    beta1, beta2 = arb(0.9), arb(0.999)
    m, v = (beta1 * m + (1 - beta1) * g) / (1 - beta1**7), (beta2 * v + (1 - beta2) * g * g) / (1 - beta2**7)
    return w - arb(0.001) * m / (v.sqrt() + arb(1e-8))


def _in_base(base, function):
    return lambda *rows: [y / arb(base).log() for y in function(*rows)]


# ---------------------------------------------------------------- who is judged, and by what


@dataclass(frozen=True)
class Subject:
    """A public function with its inputs, its exact value, and the bar and goal of its error in ULP."""

    name: str
    shape: str  # "entry": entry by entry; "row": rows to rows; "value": rows to one value each
    draw: Callable
    families: tuple[str, ...]
    exact: Callable
    ball: Callable
    bar: float
    goal: float
    function: str = ""  # if not the name
    output: int | None = None  # which one, of several
    negligible: float = 0  # of float64 values below 2^-80
    units: float = 0  # instead of ULP: parts of a bound of so many roundoffs of the exact magnitude
    more: tuple = ()  # arguments behind the arrays
    options: dict = field(default_factory=dict)

    @property
    def present(self):
        return hasattr(numeric, self.function or self.name)

    def __call__(self, *arrays):
        found = getattr(numeric, self.function or self.name)(*arrays, *self.more, **self.options)
        return found if self.output is None else found[self.output]

    def bar_in(self, dtype):
        """What holds without the compiled core; with it `CORE` says more."""
        bar = 1.0 if self.units else self.bar if dtype == "float64" else min(self.bar, 0.51)
        if numeric.core() is None or self.name in NUMPY_ALONE:
            return bar
        if self.units:
            return CORE.get(self.name, bar)
        core = CORE.get(self.name.partition(",")[0], 0.6 if self.shape == "entry" else 0.65)
        return min(bar, core if dtype == "float64" else 0.501)


NUMPY_ALONE = ("mutual_information",)  # what the compiled core does not take
# ULP of float64 with the compiled core, or parts of the bound; 0.6 for other functions of one entry, 0.65 for other rows
CORE = {
    **dict.fromkeys(("kl_divergence", "js_divergence", "perplexity", "focal_loss", "label_smoothing"), 1.0),
    "gelu": 1.5,
    "mean_squared_error gradient": 0.65,
    "logsumexp": 0.5,
}
FAINT = 1.25  # ULP of the results within 2^60 of the smallest normal number


def entry(name, draw, families, exact, ball, bar, goal, **more):
    return Subject(name, "entry", draw, tuple(families), exact, ball, bar, goal, **more)


def row(name, draw, families, exact, ball, bar, goal, **more):
    return Subject(name, "row", draw, tuple(families), exact, ball, bar, goal, **more)


def value(name, draw, families, exact, ball, bar, goal, **more):
    return Subject(name, "value", draw, tuple(families), exact, ball, bar, goal, **more)


LOGITS_IN = {"from_logits": True}
AS_IT_IS = {"validate": False}


def subjects():
    ref = reference
    yield row("softmax", batches.logits, LOGITS, ref.softmax, oracle.softmax, 5, 4)
    yield row("log_softmax", batches.logits, LOGITS, ref.log_softmax, oracle.log_softmax, 3.5, 3)
    yield value("logsumexp", batches.logits, LOGITS, ref.logsumexp, oracle.logsumexp, 0, 0, units=2)
    sparse, soft, gradient = "sparse_categorical_crossentropy", "categorical_crossentropy", "_value_and_grad"
    surprisal = lambda label, z: oracle.surprisal(int(label), z)  # noqa: E731  # one formula with a name
    at_label = lambda label, z: oracle.logits_gradient([float(i == label) for i in range(len(z))], z)  # noqa: E731  # one formula with a name
    logit = {"options": LOGITS_IN}
    unchecked = {"options": {"from_logits": True, "validate": False}}
    yield value(sparse, batches.with_label, LOGITS, ref.sparse_categorical_crossentropy, surprisal, 3.5, 3, **logit)
    yield value(
        soft, batches.with_soft_labels, LOGITS, ref.categorical_crossentropy, oracle.categorical_crossentropy, 3.5, 3, **unchecked
    )
    grad = {"output": 1, **unchecked}
    yield row(
        sparse + " gradient", batches.with_label, LOGITS, ref.sparse_gradient, at_label, 4, 3, function=sparse + gradient, **grad
    )
    hard = {"function": soft + gradient, **grad}
    yield row(soft + " gradient, one-hot", batches.with_one_hot, LOGITS, ref.hard_gradient, oracle.logits_gradient, 4, 3, **hard)
    soft_grad = ref.logits_gradient
    yield row(
        soft + " gradient, soft", batches.with_soft_labels, LOGITS, soft_grad, oracle.logits_gradient, 0, 0, units=4, **hard
    )

    pmfs, unchecked = (batches.pmf, PMFS), {"options": AS_IT_IS}
    yield value("entropy", *pmfs, ref.entropy, oracle.entropy, 3, 2, **unchecked)
    for base in (2, 10):
        exact, ball, options = partial(ref.entropy, base=base), _in_base(base, oracle.entropy), {"base": base, **AS_IT_IS}
        yield value(f"entropy, base {base}", *pmfs, exact, ball, 3, 2, function="entropy", options=options)
    yield value("crossentropy", batches.pair, PAIR_NAMES, ref.crossentropy, oracle.crossentropy, 3, 2, **unchecked)
    yield value("kl_divergence", batches.pair, PAIR_NAMES, ref.kl_divergence, oracle.kl_divergence, 6, 5, **unchecked)
    yield value("js_divergence", batches.pair, PAIR_NAMES, ref.js_divergence, _js_divergence, 6, 5, **unchecked)
    yield value(
        "mutual_information",
        batches.joint,
        JOINTS,
        ref.mutual_information,
        ref.mutual_information_ball,
        8,
        6,
        negligible=2.0**-100,
        **unchecked,
    )
    yield value("perplexity", *pmfs, ref.perplexity, lambda p: [oracle.entropy(p)[0].exp()], 8, 4, **unchecked)
    smoothed = lambda t: [arb(x) * (1 - arb(0.1)) + arb(0.1) / len(t) for x in t]  # noqa: E731  # one formula with a name
    smooth = partial(ref.label_smoothing, smoothing=0.1)
    yield row("label_smoothing", *pmfs, smooth, smoothed, 8, 2, more=(0.1,), **unchecked)

    yield entry("sigmoid", batches.scalar, SCALARS, ref.sigmoid, each(_sigmoid), 2, 2)
    yield entry("log_sigmoid", batches.scalar, SCALARS, ref.log_sigmoid, each(lambda x: -_softplus(-x)), 2, 2)
    yield entry("softplus", batches.scalar, SCALARS, ref.softplus, each(_softplus), 2, 2)
    yield entry("logit", batches.unit, UNITS, ref.logit, each(_logit), 2, 2)
    yield entry("tanh", batches.scalar, SCALARS, ref.tanh, each(lambda x: x.tanh()), 2, 2)
    yield entry("relu", batches.scalar, SCALARS, ref.relu, each(lambda x: max(x, arb(0))), 0, 0)
    leak = arb(0.01)
    yield entry("leaky_relu", batches.scalar, SCALARS, ref.leaky_relu, each(lambda x: x if x > 0 else leak * x), 2, 2)
    yield entry("silu", batches.scalar, SCALARS, ref.silu, each(lambda x: x * _sigmoid(x)), 3, 2)
    gelu = each(lambda x: x * (-x / arb(2).sqrt()).erfc() / 2)
    yield entry("gelu", batches.conditioned, SCALARS, ref.gelu, gelu, 4, 3)
    yield entry("binary_entropy", batches.unit, UNITS, ref.binary_entropy, each(_binary_entropy), 2, 2)
    bits = each(lambda p: _binary_entropy(p) / arb(2).log())
    in_bits = {"function": "binary_entropy", "options": {"base": 2}}
    yield entry("binary_entropy, base 2", batches.unit, UNITS, partial(ref.binary_entropy, base=2), bits, 3.5, 2, **in_bits)

    mean = {"options": {"axis": -1}}
    squared = "mean_squared_error"
    yield value(squared, batches.residuals, RESIDUALS, ref.squared_error, oracle.mean_squared_error, 4, 2, **mean)
    slope, slope_ball = ref.squared_error_gradient, oracle.mean_squared_error_gradient
    of_two = {"function": squared + gradient, "output": 1, **mean}
    yield row(squared + " gradient", batches.residuals, RESIDUALS, slope, slope_ball, 2, 2, **of_two)
    absolute = lambda t, y: [sum((abs(arb(b) - arb(a)) for a, b in zip(t, y, strict=True)), arb(0)) / len(t)]  # noqa: E731  # one formula with a name
    yield value("mean_absolute_error", batches.residuals, RESIDUALS, ref.absolute_error, absolute, 2, 2, **mean)
    yield entry("huber", batches.residuals, RESIDUALS, ref.huber, each(_huber), 3, 2)
    binary, bce = "binary_crossentropy", each(_binary_crossentropy)
    of_logits = each(lambda t, z: _times(t, lambda: _softplus(-z)) + _times(1 - t, lambda: _softplus(z)))
    labelled = partial(batches.labels_in_01, batches.scalar)
    yield entry(binary + " of logits", labelled, SCALARS, ref.binary_crossentropy, of_logits, 2, 2, function=binary, **logit)
    labelled, exact = partial(batches.labels_in_01, batches.unit), ref.binary_crossentropy_of_probabilities
    yield entry(binary + " of probabilities", labelled, UNITS, exact, bce, 2, 2, function=binary)
    labelled = partial(batches.hard_labels, batches.scalar)
    ball = each(lambda t, z: -_sigmoid(-z) if t == 1 else _sigmoid(z))
    of_two = {"function": binary + gradient, "output": 1, **logit}
    yield entry(binary + " gradient", labelled, SCALARS, ref.binary_gradient, ball, 2, 2, **of_two)
    yield entry("focal_loss", labelled, SCALARS, ref.focal_loss, each(_focal_loss), 8, 6, **logit)

    steps = {"units": 4, "bar": 0, "goal": 0}
    step = each(lambda w, g: w - arb(0.1) * g)
    exact = partial(ref.gradient_descent_step, rate=0.1)
    yield entry("gradient_descent_step", partial(batches.state, 2), SCALARS, exact, step, more=(0.1,), **steps)
    step = each(lambda w, g, v: w + arb(0.9) * v - arb(0.1) * g)
    exact = partial(ref.momentum_step, rate=0.1)
    yield entry("momentum_step", partial(batches.state, 3), SCALARS, exact, step, more=(0.1,), output=0, **steps)
    exact = partial(ref.adam_step, t=7)
    yield entry("adam_step", partial(batches.state, 4), SCALARS, exact, each(_adam_step), more=(7,), output=0, **steps)


# ---------------------------------------------------------------- the judge


@np.errstate(all="ignore")
def errors(out, y: Number, dtype, magnitude=None, units=0):
    """|out - y| / ulp(y) entry by entry, as the accuracy contract defines it; or in parts of the bound units u magnitude."""
    digits, smallest, top = oracle.FORMATS[dtype]
    out = out.astype(np.float64)
    shape = np.broadcast_shapes(out.shape, np.shape(y.hi))
    y = Number(*(np.broadcast_to(np.asarray(part), shape) for part in (y.hi, y.lo, y.e))).normal()
    below_power = (np.abs(y.hi) == 1) & (y.lo * y.hi < 0)
    spacing = np.clip(y.e - below_power + 1 - digits, smallest, top - digits)
    larger = np.maximum(y.e, np.where(out == 0, y.e, np.frexp(out)[1]))
    shift = np.clip(larger, -1300, 1100)  # what is below 2^-1300 is 0 here
    hi, lo = (part * power_of_two(y.e - shift) for part in (y.hi, y.lo))
    largest = math.ldexp(2 - 2.0 ** (1 - digits), top - 1)
    missing = np.ldexp(np.sign(out) * largest, -shift) - hi - lo  # of y, to the largest float on the side of an infinite out
    distance = np.where(np.isinf(out), np.maximum(np.sign(out) * missing, 0), np.abs(np.ldexp(out, -shift) - hi - lo))
    if units:
        bound = np.maximum(units * 2.0**-digits * magnitude, 2.0**smallest)
        error = np.ldexp(distance, shift) / bound
    else:
        error = np.ldexp(distance, shift - spacing)
        error = np.where((y.hi == 0) & (out != 0), np.inf, error)
    error = np.where(np.isnan(error) | np.isnan(out), np.inf, error)
    return np.where(np.isinf(y.hi), np.where(out == y.hi, 0, np.inf), error)


def certify(y: Number, ball, arrays, magnitude=None):
    """How many entries of y stand within the claim of the reference, of how many."""
    hi, lo, e = (np.broadcast_to(np.asarray(part), np.shape(y.hi)).reshape(-1) for part in (y.hi, y.lo, y.e))
    sizes = None if magnitude is None else np.asarray(magnitude).reshape(-1).tolist()
    values = certain(ball, *(a.tolist() for a in arrays), magnitude=sizes)
    held = 0
    with ctx.workprec(3000):
        for k, exact in enumerate(values):
            got = (arb(float(hi[k])) + arb(float(lo[k]))) * arb(2) ** int(e[k])
            allowed = max((abs(exact) if sizes is None else arb(sizes[k])) * arb(CLAIM), arb(2) ** -1140)
            held += bool(got == exact if not exact.is_finite() else abs(got - exact) <= allowed)
    return np.array([held, hi.size])


# ---------------------------------------------------------------- the run

ROW_SHARES = {2: 1, 3: 1, 5: 1, 10: 1, 31: 1, 48: 1, 49: 1, 64: 1, 129: 1}  # of outputs, by length of row
VALUE_SHARES = {2: 25, 3: 25, 5: 25, 10: 20, 31: 2, 48: 1, 49: 1, 64: 1, 129: 1}
LONG = {"plain": 10**6, "masked": 10**5, "times 100": 10**5, "plain, tilted": 10**6, "zeros": 10**5, "ordinals": 10**5}


def sizes(subject, family, dtype, outputs):
    """(rows, length of row) until they hold about so many outputs."""
    if subject.shape == "entry":
        yield from ((min(BLOCK, outputs - k), None) for k in range(0, outputs, BLOCK))
        return
    shares = ROW_SHARES if subject.shape == "row" else VALUE_SHARES
    for n, share in shares.items():
        rows = math.ceil(outputs * share / sum(shares.values()) / (n if subject.shape == "row" else 1))
        most = max(1, BLOCK // n)
        yield from ((min(most, rows - k), n) for k in range(0, rows, most))
    yield 20, 1
    yield 2, 1000
    if outputs >= 10**4:
        yield 1, 10**4
        if dtype == "float64" and family in LONG:
            yield 1, LONG[family]


LAYOUTS = (
    lambda a: a,
    np.asfortranarray,
    lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    lambda a: np.ascontiguousarray(a[::-1])[::-1],
)


@dataclass
class Line:
    """What the table says about one function in one format."""

    name: str
    dtype: str
    bar: float
    goal: float
    outputs: int = 0
    worst: float = 0.0
    faint: float = 0.0  # the worst error near the smallest normal number, where the core has a bar of its own
    where: str = "-"
    certified: np.ndarray = field(default_factory=lambda: np.zeros(2, int))

    @property
    def held(self):
        return self.worst <= self.bar and self.faint <= max(FAINT, self.bar) and self.certified[0] == self.certified[1] > 0

    def __str__(self):
        certified = f"{self.certified[0]} of {self.certified[1]}"
        failed = "" if self.held else "  MISSED"
        return (
            f"{self.name:42} {self.dtype:8} {self.outputs:9,} {self.worst:8.3f} {self.bar:5.4g} {self.goal:5.4g}  "
            f"{self.where:32} {certified:>13}{failed}"
        )


HEADER = f"{'function':42} {'format':8} {'outputs':>9} {'max':>8} {'bar':>5} {'goal':>5}  {'worst family':32} {'certified':>13}"


def judge(subject, arrays, dtype, layout=0):
    """Errors of the outputs for these arrays, the exact values and their magnitudes (None for ULP)."""
    with np.errstate(all="ignore"):
        out = np.asarray(subject(*(LAYOUTS[layout](a) for a in arrays)))
        columns = [np.moveaxis(a, 0, -1) for a in arrays]
        columns = [np.ascontiguousarray(a if a.dtype.kind == "i" else a.astype(np.float64)) for a in columns]
        exact = subject.exact(*columns)
        y, magnitude = exact if isinstance(exact, tuple) else (exact, None)
        found = errors(np.moveaxis(out, 0, -1), y, dtype, magnitude, subject.units)
        if subject.negligible and dtype == "float64":
            size = np.ldexp(np.abs(y.hi), np.clip(np.broadcast_to(y.e, np.shape(y.hi)), -1100, 1024).astype(int))
            found = np.where((size < 2.0**-80) & (np.abs(out - size) <= subject.negligible), 0.0, found)
        return found, y, magnitude


def certify_some(subject, arrays, y, magnitude, rng):
    """Two rows, or a few dozen entries, of a batch against balls."""
    size = len(arrays[0])
    if subject.shape == "entry":
        some = rng.integers(size, size=min(size, 80))
        return certify(y[some], subject.ball, [a[some] for a in arrays], None if magnitude is None else magnitude[some])
    total = np.zeros(2, int)
    for k in rng.integers(size, size=2 if subject.shape == "row" else 8):
        one = None if magnitude is None else np.broadcast_to(magnitude, np.shape(y.hi))[..., k]
        total += certify(y[..., k], subject.ball, [a[k] for a in arrays], one)
    return total


def every_float16(subject):
    """All finite inputs of a function of one float16, in its domain; None for any other function."""
    x = np.arange(2**16, dtype=np.uint16).view(np.float16)
    domains = {
        batches.scalar: np.isfinite(x),
        batches.conditioned: np.isfinite(x) & (x > -2.9),
        batches.unit: (x >= 0) & (x <= 1),
    }
    return x[domains[subject.draw]] if subject.draw in domains else None


def examine(subject, dtype, outputs, seed=0, samples=500):
    """One line of the table; some `samples` of the reference meet balls, from all families and lengths of rows."""
    line = Line(subject.name, dtype, subject.bar_in(dtype), 1.0 if subject.units else subject.goal if dtype == "float64" else 0.5)

    def meet(arrays, where, layout=0):
        found, y, magnitude = judge(subject, arrays, dtype, layout)
        line.outputs += found.size
        if dtype == "float64" and numeric.core() is not None and not subject.units:
            faint = np.broadcast_to(y.normal().e < SMALLEST_NORMAL + 60, found.shape)
            line.faint = max(line.faint, float(np.max(found, where=faint, initial=0.0)))
            found = np.where(faint, np.minimum(found, line.bar), found)
        if found.max() > line.worst:
            line.worst, line.where = float(found.max()), where
        return y, magnitude

    for k, family in enumerate(subject.families):
        rng = np.random.default_rng([seed, zlib.crc32(subject.name.encode()), FORMATS.index(dtype), k])
        certified, lengths = 0, set()
        for b, (rows, n) in enumerate(sizes(subject, family, dtype, math.ceil(outputs / len(subject.families)))):
            with np.errstate(all="ignore"):  # casts overflow and underflow on purpose
                arrays = subject.draw(family, rows, n, rng, np.dtype(dtype).type)
            arrays = arrays if isinstance(arrays, tuple) else (arrays,)
            y, magnitude = meet(arrays, family if n is None else f"{family}, n = {n}", layout=b % len(LAYOUTS))
            if (n or 1) <= 200 and (n not in lengths or certified < samples / len(subject.families)):
                found = certify_some(subject, arrays, y, magnitude, rng)
                line.certified += found
                certified += found[1]
                lengths.add(n)
    if dtype == "float16" and (x := every_float16(subject)) is not None:
        meet((x,), "every float16")
    return line


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.numeric.accuracy", description=__doc__.splitlines()[0])
    parser.add_argument("name", nargs="*", help="functions, by the start of their names; all if none is given")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--outputs", type=int, default=10**6, help="judged per function in float64; 3/10 of it in the others")
    options = parser.parse_args(arguments)
    start, held = time.perf_counter(), True
    print(
        f"NumPy {np.__version__}, {platform.machine()}, seed {options.seed}; max in ULP, or in parts of the bound where bar is 1"
    )
    print(HEADER)
    for subject in subjects():
        if options.name and not subject.name.startswith(tuple(options.name)):
            continue
        if not subject.present:
            print(f"{subject.name:42} absent")
            continue
        for dtype in FORMATS:
            line = examine(subject, dtype, options.outputs if dtype == "float64" else options.outputs * 3 // 10, options.seed)
            held &= line.held
            print(line, flush=True)
    print(f"{time.perf_counter() - start:.0f} s")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
