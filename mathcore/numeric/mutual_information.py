"""Mutual information: what one of two outcomes tells about the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._arrays import flag, log_of_base
from ._space import Array, ArrayLike, Space, space
from .kl_divergence import excess


def mutual_information(
    joint: ArrayLike, *, base: float | None = None, axis: tuple[int, int] = (-2, -1), validate: bool = True
) -> Any:
    """Nats that one of two outcomes tells about the other, within 8 ULP for any joint, and never negative.

    On the bits of `joint` it is sum(p log(p N / (a b))), where N is the total of the joint and a, b are its margins: for
    a pmf N = 1. It is 0 for outcomes that are independent on the bits, and where the value is below the floats.

    Parameters
    ----------
    joint : array_like
        Probabilities of pairs of outcomes: float16, float32, float64, integers or booleans.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
    axis : tuple of two int
        The axes of the two outcomes.
    validate : bool
        Check that joint >= 0 and that each joint sums to 1 within min(4 (4 + sqrt n) u, 1/64), n its number of entries
        and u the unit roundoff of the format. With False any joint with entries >= 0 will do: a table of counts gives
        its total times the mutual information of the shares, which is half of the statistic G.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a joint, in the float format of `joint` (float64 for integers; float32, float16: 0.51 ULP). A nan makes
        its value nan.

    Raises
    ------
    ValueError
        If `joint` is not a pmf, `axis` does not name two axes, one is out of range or empty, or `base` is not positive, is
        1 or is not finite.
    TypeError
        If `joint` holds anything but real numbers.

    Notes
    -----
    The excess p N - a b over independence is what counts, and what cancels: it is computed in two parts, and in whole
    numbers where two are not enough. The value is then a sum of non-negative terms. Other libraries keep to two parts.

    Shannon, *A mathematical theory of communication* (1948); Cover and Thomas, *Elements of Information Theory*,
    section 2.3.

    Examples
    --------
    >>> float(mutual_information([[0.5, 0], [0, 0.5]], base=2))
    1.0
    """
    name = "mutual_information"
    flag(name, "validate", validate)
    call = space(name, joint=joint)
    if not isinstance(axis, tuple) or len(axis) != 2:  # type: ignore[redundant-expr]  # users pass anything
        raise ValueError(f"{name}: axis must name the two axes of the joint, got {axis!r}. Use for example (-2, -1).")
    call.along("joint", axis)
    divisor = log_of_base(name, base)
    if validate:
        call.check_pmf("joint", axis)
    return call.by_table(lambda row, p: _mutual_information(row, p) / divisor, "joint")


def _mutual_information(row: Space, p: Array) -> Array:
    """sum(p N log(p N / (a b)) - p N + a b) / N: terms >= 0, of the excess p N - a b over independence.

    The excess is what cancels: margins, total and products are kept in two parts.
    """
    unit, joint = _unit(row, p), p
    p = p * unit
    (a, a_rest), (b, b_rest), (n, n_rest) = row.over(1).pair(p), row.over(0).pair(p), row.pair(p)
    x, x_rest = row.two_product(p, n)
    y, y_rest = row.two_product(a, b)
    x_rest, y_rest = x_rest + p * n_rest, y_rest + (a * b_rest + a_rest * b)
    terms = _terms(row, p, x, y, (x - y) + (x_rest - y_rest))
    value = row.total(terms) / row.where(n == 0, 1.0, n)
    (value,) = row.mended((value / unit,), value < n * 2.0**-80, lambda p: (_in_whole_numbers(row, p),), joint)
    return value


def _in_whole_numbers(row: Space, p: Array) -> Array:
    """The same sum for outcomes that are all but independent: no digit of the excess is lost."""
    unit = row.unit(p)
    mantissa, exponent = np.frexp(p * unit)
    least = np.where(p > 0, exponent, 2000).min(axis=(1, 2), keepdims=True)
    whole = (mantissa * 2.0**53).astype(np.int64).astype(object) << np.maximum(exponent - least, 0)
    row_sums, column_sums = whole.sum(axis=2, keepdims=True), whole.sum(axis=1, keepdims=True)
    total, expected = whole.sum(axis=(1, 2), keepdims=True), row_sums * column_sums

    def over_total(x: Array) -> Array:
        return ((x << np.maximum(least - 53, 0)) / (total << np.maximum(53 - least, 0))).astype(np.float64)

    terms = _terms(row, p * unit, p * unit, over_total(expected), over_total(whole * total - expected))
    return row.total(terms) / unit


def _terms(row: Space, p: Array, x: Array, y: Array, difference: Array) -> Array:
    """x log(x/y) - x + y, where x / y = p N / (a b) and x - y is known."""
    far = abs(difference) > (x + y) / 2
    lost = far & (y < row.smallest * 2.0**60) & (p > 0)  # y underflows, p does not
    terms = excess(row, row.where(lost, 0.0, x), y, row.where(lost, 0.0, difference))
    if row.perhaps(lost):
        a, b, n = row.over(1).total(p), row.over(0).total(p), row.total(p)
        ratio = (p / row.ends[0] / row.xp.minimum(a, b)) * (n * row.ends[0] / row.xp.maximum(a, b))
        inner, first, second, whole, ratio = (row.log(row.where(lost, u, 1.0)) for u in (p, a, b, n, ratio))
        log = row.where(abs(ratio) < row.xp.inf, ratio, (inner - first) + (whole - second))
        terms = row.where(lost, x * (log - 1) + y, terms)
    return terms


def _unit(row: Space, joint: Array) -> Array:
    """A power of two for each joint, so that no product of two sums leaves the range of floats."""
    largest, unit = row.max(joint), 2.0**-800
    if row.eps > 1e-9:
        return row.where(largest < 2, 2.0**60, 2.0**10)
    for below, factor in ((1000, -600), (700, -300), (400, 0), (150, 250), (-100, 500), (-350, 750), (-600, 1000)):
        unit = row.where(largest < 2.0**below, 2.0**factor, unit)
    return unit
