"""Mutual information: what one of two outcomes tells about the other."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import (
    AS_THEY_ARE,
    anywhere,
    check_probabilities,
    flag,
    foreign,
    log_of_base,
    quiet,
    real_array,
    result_format,
    rows_of,
)
from ._blocks import BLOCK, rowwise
from ._sums import two_product, two_sum
from .kl_divergence import ATANH_TAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import ArrayLike, NDArray

    from ._blocks import Block

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]
    Pieces = Callable[[], Iterable[Floats]]  # some joints (batch, rows, columns), some of their rows at a time

TOP = 450  # joints are scaled by a power of two so that their largest entry is about 2^450: nothing that counts underflows
PLACE = 24  # bits of a digit
ROOM = 40  # bits for the sums of a joint: entries are fewer than 2^39
WIDE = 1100  # an entry so many binades below the largest one loses digits beside it
DEEP = 2.0**-80  # below this share of the total, the excess p N - a b has cancelled too far for sums of two parts


@quiet
def mutual_information(
    joint: ArrayLike, *, base: float | None = None, axis: tuple[int, int] = (-2, -1), validate: bool = True
) -> Any:
    """Nats that one of two outcomes tells about the other, within 8 ULP for any joint pmf, and never negative.

    On the bits of `joint` it is sum(p log(p N / (a b))), where N is the total of the joint and a, b are its margins: for
    a pmf N = 1. It is 0 only for outcomes that are independent on the bits, or where the value is below the floats.

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
    The excess p N - a b over independence is what counts, and what cancels. It is computed in two parts, and
    exactly, in digits of 24 bits, where two are not enough. The value is then a sum of non-negative terms.

    Shannon, *A mathematical theory of communication* (1948); Cover and Thomas, *Elements of Information Theory*,
    section 2.3.

    Examples
    --------
    >>> float(mutual_information([[0.5, 0], [0, 0.5]], base=2))
    1.0
    """
    flag("mutual_information", "validate", validate)
    if foreign(joint):
        return anywhere("mutual_information", joint, base=base, axis=axis, validate=validate)
    name = "mutual_information"
    joint = real_array(name, "joint", joint)
    if not isinstance(axis, tuple) or len(axis) != 2:  # type: ignore[redundant-expr]  # users pass anything
        raise ValueError(f"{name}: axis must name the two axes of the joint, got {axis!r}. Use for example (-2, -1).")
    rows = rows_of(name, "joint", joint, axis)
    divisor = log_of_base(name, base)
    if validate:
        check_probabilities(name, "joint", joint, rows, axis, AS_THEY_ARE)
    first, second = (joint.shape[a] for a in rows.reduced)
    if rows.length <= BLOCK:

        def kernel(block: Block) -> None:
            (p,) = block.load()
            if block.axis:
                p = p.reshape(-1, first, second)
            else:
                many = p.shape[1]
                p = p if many > 1 else np.repeat(p, 2, axis=1)  # NumPy would sum a lone joint in another order
                p = p.reshape(first, second, -1).transpose(2, 0, 1)
            values = _values(lambda: (p,), rows.length).reshape(-1)
            block.write_values((values if block.axis else values[:many]) / divisor)

        return rows.joined(rowwise(kernel, rows, [joint], result_format(joint), values=1)[1][0])
    order = rows.reduced if first >= second else rows.reduced[::-1]
    joints = joint.transpose(rows.kept + order)
    values = np.empty(rows.batch, result_format(joint))
    for index in np.ndindex(rows.batch):
        values[index] = _values(partial(_parts, joints[index]), rows.length)[0, 0, 0] / divisor
    return rows.joined(values)


def _parts(joint: NDArray[Any]) -> Iterator[Floats]:
    """One long joint, about a block of entries at a time."""
    step = max(1, BLOCK // joint.shape[1])
    for start in range(0, len(joint), step):
        yield joint[None, start : start + step].astype(np.float64)


def _values(pieces: Pieces, cells: int) -> Floats:
    """The mutual information in nats of each joint, from the plain formula where that keeps the digits of the sum."""
    largest: Any = 0.0
    for p in pieces():
        largest = np.maximum(largest, p.max(axis=(1, 2), keepdims=True))
    sigma = 2.0 * cells * largest
    column: Any = 0.0
    column_rest: Any = 0.0
    for p in pieces():
        coarse, rest = _split(p, sigma)
        column, column_rest = column + coarse.sum(axis=1, keepdims=True), column_rest + rest.sum(axis=1, keepdims=True)
    total = column.sum(axis=2, keepdims=True) + column_rest.sum(axis=2, keepdims=True)
    column = column + column_rest
    value: Any = 0.0
    value_rest: Any = 0.0
    sizes: Any = 0.0
    for p in pieces():
        coarse, rest = _split(p, sigma)
        row = coarse.sum(axis=2, keepdims=True) + rest.sum(axis=2, keepdims=True)
        expected = np.multiply(row / total, column, out=rest)
        difference = np.subtract(p, expected, out=coarse)
        terms = np.divide(difference, expected, out=expected)
        np.log1p(terms, out=terms)
        terms *= p
        if not p.min() > 0:
            np.copyto(terms, 0.0, where=p == 0)
        sizes = sizes + np.abs(terms).sum(axis=(1, 2), keepdims=True)
        terms -= difference
        value, value_rest = _added(value, value_rest, terms)
    value = value + value_rest
    ill = ~((sizes <= 4 * value) & (value > 2.0**-300) & (largest > 2.0**-300) & (largest < 2.0**300)).reshape(-1)
    if ill.all():
        return _in_two_parts(pieces, largest, cells)
    if ill.any():
        value[ill] = _in_two_parts(lambda: (p[ill] for p in pieces()), largest[ill], cells)
    found: Floats = value
    return found


def _in_two_parts(pieces: Pieces, largest: Floats, cells: int) -> Floats:
    """The mutual information in nats, with margins and products in two parts, or exact."""
    _, exponent = np.frexp(largest)

    def scaled() -> Iterator[Floats]:
        return (np.ldexp(p, TOP - exponent) for p in pieces())

    def value(pieces: Pieces, excesses: Iterator[Floats] | None, some: Any) -> Floats:
        """The values of `some` joints times their totals."""
        result: Any = 0.0
        rest: Any = 0.0
        for p in pieces():
            a, a_rest = _pair([part.sum(axis=2, keepdims=True) for part in _three(p, cells)])
            x, error = two_product(p, total[some])
            x_rest = error + p * total_rest[some]
            y, error = two_product(a, b[some])
            y_rest = error + (a * b_rest[some] + a_rest * b[some])
            difference, error = two_sum(x, -y)
            excess = difference + (error + (x_rest - y_rest)) if excesses is None else next(excesses)
            terms = np.where(np.abs(difference) <= 0.5 * (x + y), _near(excess, x + y), _far(x, x_rest, y, y_rest, p, a, b[some]))
            result, rest = _added(result, rest, terms)
        found: Floats = result + rest
        return found

    columns: Any = [0.0, 0.0, 0.0]
    for p in scaled():
        columns = [column + part.sum(axis=1, keepdims=True) for column, part in zip(columns, _three(p, cells), strict=True)]
    b, b_rest = _pair(columns)
    total, total_rest = _pair([column.sum(axis=2, keepdims=True) for column in columns])
    result = value(scaled, None, slice(None))
    deep = np.flatnonzero(result < DEEP * total * total)
    if deep.size == 1 or deep.size == result.size:  # no copies of a long joint
        some = slice(deep[0], deep[-1] + 1)
        result[some] = value(lambda: (p[some] for p in scaled()), _excesses(lambda: (p[some] for p in scaled())), some)
    elif deep.size:
        result[deep] = value(lambda: (p[deep] for p in scaled()), _excesses(lambda: (p[deep] for p in scaled())), deep)
    mantissa, binades = np.frexp(total)  # result / total alone may be below the floats
    value_of = np.where(total == 0, 0.0, np.ldexp(result / mantissa, exponent - TOP - binades))
    least: Any = np.inf
    for p in pieces():
        least = np.minimum(least, np.min(p, axis=(1, 2), where=p > 0, initial=np.inf))
    for k in np.flatnonzero((least < np.ldexp(largest, -WIDE).reshape(-1)) & np.isfinite(largest).reshape(-1)):
        value_of[k] = _of_wide(np.concatenate([p[k] for p in pieces()]))
    found: Floats = value_of
    return found


def _of_wide(joint: Floats) -> float:
    """The mutual information in nats where entries lie so far apart that no scale holds them all, by fractions of integers."""
    cells = [[Fraction(x) for x in row] for row in joint.tolist()]
    rows, columns = [sum(row) for row in cells], [sum(column) for column in zip(*cells, strict=True)]
    total = sum(rows)
    terms = []
    for a, row in zip(rows, cells, strict=True):
        for b, p in zip(columns, row, strict=True):
            away = a * b / (p * total) - 1 if p else Fraction(0)  # x is p times the total, y is a b: y/x - 1
            if not p:
                terms.append(_rounded(a * b / total))
            elif abs(away) <= Fraction(1, 2):
                square = float(p * away * away)
                terms.append(square * math.fsum((-float(away)) ** k / (k + 2) for k in range(60)))
            else:
                terms.append(_rounded(a * b / total - p) - float(p) * _log(away + 1))
    try:
        return math.fsum(terms) if all(map(math.isfinite, terms)) else math.inf
    except OverflowError:  # each term is at least 0
        return math.inf


def _rounded(x: Fraction) -> float:
    try:
        return float(x)
    except OverflowError:
        return math.inf


def _log(x: Fraction) -> float:
    power = x.numerator.bit_length() - x.denominator.bit_length()
    return power * math.log(2) + math.log(x / Fraction(2) ** power)


def _split(p: Floats, sigma: Any) -> Pair:
    """A coarse part, of which sums are exact in any order, and the small rest (see `pair_sum`)."""
    coarse = p + sigma
    coarse -= sigma
    return coarse, p - coarse


def _three(p: Floats, cells: int) -> tuple[Floats, Floats, Floats]:
    """Two parts of which sums are exact, and a rest below 2^-60 of the largest entry, for a million entries from 0 to 2^TOP."""
    room = 2.0 ** (cells.bit_length() + 1)
    coarse, rest = _split(p, 2.0**TOP * room)
    fine, rest = _split(rest, 2.0 ** (TOP - 53) * room * room)
    return coarse, fine, rest


def _pair(sums: list[Floats]) -> Pair:
    total, error = two_sum(sums[0], sums[1])
    return two_sum(total, error + sums[2])


def _added(total: Floats, rest: Floats, terms: Floats) -> Pair:
    """A sum in two parts and the sum of `terms` of each joint."""
    largest = np.maximum(terms.max(axis=(1, 2), keepdims=True), -terms.min(axis=(1, 2), keepdims=True))
    coarse, fine = _split(terms, 2.0 * terms[0].size * largest)
    total, error = two_sum(total, coarse.sum(axis=(1, 2), keepdims=True))
    return total, rest + (error + fine.sum(axis=(1, 2), keepdims=True))


def _near(excess: Floats, both: Floats) -> Floats:
    """x log(x/y) - x + y from excess = x - y and both = x + y, where 1/3 <= x/y <= 3: a series of non-negative terms."""
    s = np.where(both > 0, excess / both, 0.0)
    square = s * s
    tail = np.zeros_like(s)
    for coefficient in reversed(ATANH_TAIL):
        tail *= square
        tail += coefficient
    value: Floats = excess * s * (1 + s * (1 + s) * tail)
    return value


def _far(x: Floats, x_rest: Floats, y: Floats, y_rest: Floats, p: Floats, a: Floats, b: Floats) -> Floats:
    """x log(x/y) - x + y elsewhere, in an order in which little cancels, and to first order in the rests.

    x is p times the total, y is a b.
    """
    log = np.log(np.maximum(x / y, 2.0**-1000))  # below, x log(x/y) vanishes beside y, and x/y may be 0
    lost = y < 2.0**-900  # a b underflows, x does not
    if lost.any():
        log = np.where(lost, np.log(p / a) + (np.log(x / p) - np.log(b)), log)
    value = np.where(x > y, x * (log - 1) + y, y - x * (1 - log))
    value += np.where(lost, 0.0, x_rest * log + y_rest * (1 - x / y))
    return np.where(x == 0, y, value)


def _excesses(pieces: Pieces) -> Iterator[Floats]:
    """p N - a b of each joint, rounded as if it had been exact: products of numbers in digits of 24 bits.

    Digits are floats that keep their place value. A product of two takes 46 bits, and the sum of all products of one place
    the 53 of a float, for up to 62 places: digits below 2^-998 would be lost beside a largest entry of 2^TOP.
    """
    least = min([float(np.min(p, where=p > 0, initial=2.0**TOP)) for p in pieces()])
    top = (TOP + ROOM) // PLACE + 1
    places = range(max(top - 62, (math.frexp(least)[1] - 53) // PLACE), top)
    columns: Any = None
    for p in pieces():
        found = [digit.sum(axis=1, keepdims=True) for digit in _digits(p, places)]
        columns = found if columns is None else [x + y for x, y in zip(columns, found, strict=True)]
    columns = _carried(columns, places)
    total = _carried([digit.sum(axis=2, keepdims=True) for digit in columns], places)
    for p in pieces():
        step = max(1, BLOCK // (len(places) * len(p) * p.shape[2]))
        parts = [_excess(p[:, k : k + step], columns, total, places) for k in range(0, p.shape[1], step)]
        yield parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)


def _excess(p: Floats, columns: list[Floats], total: list[Floats], places: range) -> Floats:
    """p N - a b for some rows of each joint, from the digits of b and N."""
    digits = _digits(p, places)
    rows = _carried([digit.sum(axis=2, keepdims=True) for digit in digits], places)
    a, b = np.concatenate(rows, axis=2), np.concatenate(columns[::-1], axis=1)
    some = [(i, j) for i, x in enumerate(digits) if x.any() for j, y in enumerate(total) if y.any()]
    value, carry, product = np.zeros_like(p), np.zeros_like(p), np.empty_like(p)
    last = len(places) - 1
    for k in range(2 * last + 1):
        for i, j in some:
            if i + j == k:
                carry += np.multiply(digits[i], total[j], out=product)
        first, end = max(0, k - last), min(k, last) + 1
        carry -= np.matmul(a[:, :, first:end], b[:, last - k + first : last - k + end], out=product)
        if k < 2 * last:
            sigma = 1.5 * 2.0 ** (52 + (2 * places[0] + k + 1) * PLACE)
            np.add(carry, sigma, out=product)
            product -= sigma
            carry -= product  # the digit: at most half a unit of the next place, so that no sum of digits cancels
            value += carry
            carry, product = product, carry
    value += carry
    return value


def _digits(p: Floats, places: range) -> list[Floats]:
    """p as a sum of digits, the lowest place first, each at most half a unit of the next place."""
    digits, rest = [], p
    for place in reversed(places):
        digit, rest = _split(rest, 1.5 * 2.0 ** (52 + place * PLACE))
        digits.append(digit)
    return digits[::-1]


def _carried(sums: list[Floats], places: range) -> list[Floats]:
    """Sums of digits as digits again."""
    digits: list[Floats] = []
    carry: Any = 0.0
    for x, place in zip(sums, places, strict=True):
        carry, digit = _split(x + carry, 1.5 * 2.0 ** (52 + (place + 1) * PLACE))
        digits.append(digit)
    return digits
