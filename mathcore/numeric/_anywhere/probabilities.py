"""Of pmfs: entropies, divergences, and how labels are smoothed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._arrays import AS_THEY_ARE, log_of_base, logarithm
from ..js_divergence import EVEN
from ..kl_divergence import LOWER, UPPER
from ._space import Space
from .activations import polynomial

if TYPE_CHECKING:
    from .._arrays import Axis, Rows

    Array = Any

ATANH_UPPER, ATANH_LOWER = UPPER[::-1], LOWER[::-1]


def surprisal(space: Space, p: Array, q: Array, rows: Rows, base: float | None = None) -> Array:
    """-sum(p log q), where 0 log 0 = 0."""
    log, divisor = logarithm(space.function, base)
    name = log.__name__
    if space.library == "jax" and name != "log":  # XLA multiplies a logarithm by 1 / log(base)
        name, divisor = "log", log_of_base(space.function, base)
    bits = space.log(space.where((p == 0) & (q == 0), 1.0, q), name)
    return (0.0 - space.total(p * bits, rows.reduced)) / divisor


def _two(function: str, p: Array, q: Array, axis: Axis, validate: bool, instead: str = AS_THEY_ARE) -> tuple[Any, ...]:
    space = Space(function, p=p, q=q)
    space.same_shape("p", "q")
    rows = space.rows("p", axis)
    if validate:
        space.check_pmf("p", rows, axis)
        space.check_pmf("q", rows, axis, instead)
    return space, rows, space.real("p"), space.real("q")


def entropy(p: Array, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Array:
    space = Space("entropy", p=p)
    rows = space.rows("p", axis)
    if validate:
        space.check_pmf("p", rows, axis)
    p = space.real("p")
    return space.values(surprisal(space, p, p, rows, base), rows)


def crossentropy(p: Array, q: Array, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Array:
    instead = "pass logits to categorical_crossentropy with from_logits=True"
    space, rows, p, q = _two("crossentropy", p, q, axis, validate, instead)
    return space.values(surprisal(space, p, q, rows, base), rows)


def perplexity(p: Array, *, axis: Axis = -1, validate: bool = True) -> Array:
    """scale exp(-sum(p log(scale p))) with a scale near the perplexity, so that the surprisals in the exponent are small."""
    space = Space("perplexity", p=p)
    rows = space.rows("p", axis)
    if validate:
        space.check_pmf("p", rows, axis)
    xp, p = space.xp, space.real("p")
    squares = space.sum(space.constant(p * p), rows.reduced)
    scale = space.where((squares > 0) & (squares < xp.inf), 1 / space.where(squares == 0, 1.0, squares), 1.0)
    none = p == 0
    logs = space.total(p * space.log(space.where(none, 1.0, p) * space.where(none, 1.0, scale)), rows.reduced)
    coarse, rest = space.pair(p, rows.reduced)
    return space.values(scale * xp.exp(((coarse - 1) + rest) * xp.log(scale) - logs), rows)


def excess(space: Space, p: Array, q: Array, difference: Array | None = None) -> Array:
    """p log(p/q) - p + q, entry by entry: by a series of terms >= 0 where 1/3 <= p/q <= 3, as in the NumPy path."""
    xp = space.xp
    difference = p - q if difference is None else difference
    both = p + q
    s = space.ratio(difference, space.where(both == 0, 1.0, both))
    near = xp.abs(s) <= 0.5
    s = space.where(near, s, 0.0)
    square = s * s
    tail = polynomial(square, ATANH_UPPER) / polynomial(square, ATANH_LOWER)
    close = difference * s * (1 + (square + s) * tail)

    apart = ~near & (p > 0) & (q > 0)
    x, y = space.where(apart, p, 1.0), space.where(apart, q, 1.0)
    high = y < x / space.largest  # x / y would overflow
    log = space.where(high, xp.log(x) - xp.log(y), xp.log(space.ratio(x, space.where(high, x, y))))
    distant = space.where(q == 0, xp.inf, p * (log - 1) + q)
    return space.where(near, close, space.where(p == 0, q, distant))


def kl_divergence(p: Array, q: Array, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Array:
    divisor = log_of_base("kl_divergence", base)
    space, rows, p, q = _two("kl_divergence", p, q, axis, validate)
    return space.values(space.total(excess(space, p, q), rows.reduced) / divisor, rows)


def js_divergence(p: Array, q: Array, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Array:
    """With s = (p - q) / (p + q): p log(1 + s) + q log(1 - s), and a series of terms >= 0 where |s| <= 1/2."""
    divisor = 2 * log_of_base("js_divergence", base)
    space, rows, p, q = _two("js_divergence", p, q, axis, validate)
    xp, both = space.xp, p + q
    s = space.ratio(p - q, space.where(both == 0, 1.0, both))
    near = xp.abs(s) <= 0.5
    inner = space.where(near, s, 0.0)
    close = (p - q) * inner * polynomial(inner * inner, EVEN) / 2
    least = space.eps / 2 - 1  # s may be -1 by rounding
    rise = space.where(near | (p == 0), 0.0, space.where(s < least, least, s))
    fall = space.where(near | (q == 0), 0.0, space.where(s > -least, least, -s))
    distant = p * space.log1p(rise) + q * space.log1p(fall)
    return space.values(space.total(space.where(near, close, distant), rows.reduced) / divisor, rows)


def mutual_information(
    joint: Array, *, base: float | None = None, axis: tuple[int, int] = (-2, -1), validate: bool = True
) -> Array:
    """sum(p N log(p N / (a b)) - p N + a b) / N: margins, total and products in two parts, for the excess p N - a b cancels."""
    name = "mutual_information"
    if not isinstance(axis, tuple) or len(axis) != 2:  # type: ignore[redundant-expr]  # users pass anything
        raise ValueError(f"{name}: axis must name the two axes of the joint, got {axis!r}. Use for example (-2, -1).")
    space = Space(name, joint=joint)
    rows = space.rows("joint", axis)
    divisor = log_of_base(name, base)
    if validate:
        space.check_pmf("joint", rows, axis)
    p: Any = space.real("joint")
    unit: Any = 2.0**300  # so that no product of two small entries underflows, nor one of two counts overflows
    if space.eps > 1e-9:
        unit = space.where(space.sum(space.constant(p), rows.reduced) < 2, 2.0**60, 2.0**10)
    p = p * unit
    first, second = ((a,) for a in rows.reduced)
    a, b, n = (space.two_sum(*space.pair(p, axes)) for axes in (second, first, rows.reduced))
    x, x_rest = space.two_product(p, n[0])
    y, y_rest = space.two_product(a[0], b[0])
    x_rest, y_rest = x_rest + p * n[1], y_rest + (a[0] * b[1] + a[1] * b[0])
    lost = (y < space.smallest * 2.0**60) & (p > 0)  # a b underflows, p does not
    terms = excess(space, space.where(lost, 0.0, x), y, space.where(lost, 0.0, (x - y) + (x_rest - y_rest)))
    inner, row, column, whole = (space.xp.log(space.where(lost, u, 1.0)) for u in (p, a[0], b[0], n[0]))
    terms = space.where(lost, x * ((inner - row) + (whole - column) - 1), terms)
    total = space.where(n[0] == 0, 1.0, n[0])
    return space.values(space.total(terms, rows.reduced) / total / unit / divisor, rows)


def label_smoothing(t: Array, smoothing: Any = 0.1, *, axis: Axis = -1, validate: bool = True) -> Array:
    name = "label_smoothing"
    space = Space(name, t=t)
    rows = space.rows("t", axis)
    demand = "lie from 0 to 1, got {}. Use 0.1, or 0 for labels as they are."
    share = space.parameter("smoothing", smoothing, lambda s: (0 <= s) & (s <= 1), demand)
    if validate:
        space.check_pmf("t", rows, axis, f"pass one_hot(labels) for class numbers, or {AS_THEY_ARE}")
    t = space.real("t")
    keep = 1 - share
    return space.out(keep * t + (share / rows.length + ((1 - keep) - share) * t))
