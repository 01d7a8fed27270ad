"""Mutual information: what one of two outcomes tells about the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import AS_THEY_ARE, check_probabilities, log_of_base, quiet, real_array, result_format, rows_of
from ._sums import row_sum, two_sum
from .binary_entropy import two_product
from .kl_divergence import ATANH_TAIL

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]

TOP = 450  # joints are scaled by a power of two so that their largest entry is about 2^450: nothing that counts underflows
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
    The excess p N - a b over independence is what counts, and what cancels. It is computed in two parts, and in whole
    numbers where two are not enough. The value is then a sum of non-negative terms.

    Shannon, *A mathematical theory of communication* (1948); Cover and Thomas, *Elements of Information Theory*,
    section 2.3.

    Examples
    --------
    >>> float(mutual_information([[0.5, 0], [0, 0.5]], base=2))
    1.0
    """
    name = "mutual_information"
    joint = real_array(name, "joint", joint)
    if not isinstance(axis, tuple) or len(axis) != 2:
        raise ValueError(f"{name}: axis must name the two axes of the joint, got {axis!r}. Use for example (-2, -1).")
    rows = rows_of(name, "joint", joint, axis)
    divisor = log_of_base(name, base)
    if validate:
        check_probabilities(name, "joint", joint, rows, axis, AS_THEY_ARE)
    first, second = (joint.shape[a] for a in rows.reduced)
    values = _kernel(rows.split(joint).reshape(-1, first, second))
    return rows.join_values(values / divisor, result_format(joint))


def _kernel(joint: Floats) -> Floats:
    """The mutual information in nats of each joint of shape (batch, rows, columns)."""
    batch, rows, columns = joint.shape
    _, exponent = np.frexp(joint.max(axis=(1, 2)))
    p = np.ldexp(joint, (TOP - exponent)[:, None, None])
    total, total_rest = (part[:, None, None] for part in _sum(p.reshape(batch, rows * columns)))
    observed, error = two_product(p, total)
    observed_rest = error + p * total_rest
    (a, a_rest), (b, b_rest) = _margins(p)
    expected, error = two_product(a, b)
    expected_rest = error + (a * b_rest + a_rest * b)
    log = np.log(observed / expected)
    lost = expected < 2.0**-900  # a b underflows, p N does not
    if lost.any():
        log = np.where(lost, np.log(p / a) + (np.log(total) - np.log(b)), log)

    def values(some: slice | NDArray[np.intp], excess: Floats) -> Floats:
        far = _far(observed[some], observed_rest[some], expected[some], expected_rest[some], log[some])
        terms = np.where(close[some], _near(excess, observed[some] + expected[some]), far)
        return row_sum(terms.reshape(len(terms), rows * columns))[0] / total[some, 0, 0]

    difference, error = two_sum(observed, -expected)
    close = np.abs(difference) <= 0.5 * (observed + expected)
    result = values(slice(None), difference + (error + (observed_rest - expected_rest)))
    deep = np.flatnonzero(result < DEEP * total[:, 0, 0])
    if deep.size:
        result[deep] = values(deep, np.array([_excess_in_whole_numbers(one) for one in p[deep]]))
    return np.where(total[:, 0, 0] == 0, 0.0, np.ldexp(result, exponent - TOP))


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


def _far(x: Floats, x_rest: Floats, y: Floats, y_rest: Floats, log: Floats) -> Floats:
    """x log(x/y) - x + y elsewhere, in an order in which little cancels, and to first order in the rests."""
    value = np.where(x > y, x * (log - 1) + y, y - x * (1 - log))
    value += np.where(y < 2.0**-900, 0.0, x_rest * log + y_rest * (1 - x / y))
    return np.where(x == 0, y, value)


def _excess_in_whole_numbers(p: Floats) -> Floats:
    """p N - a b for one joint, rounded once: floats are whole numbers of a power of two, and Python's know no bounds."""
    mantissa, exponent = np.frexp(p)
    unit = int(exponent[p > 0].min(initial=TOP)) - 53
    shift = np.where(p > 0, exponent - 53 - unit, 0)
    whole = np.ldexp(mantissa, 53).astype(np.int64).astype(object) << shift.astype(object)
    total = whole.sum()
    excess = whole * total - whole.sum(axis=1, keepdims=True) * whole.sum(axis=0)
    bits = 2 * int(total).bit_length()
    rounded: Floats = np.ldexp((excess / (1 << bits)).astype(np.float64), bits + 2 * unit)
    return rounded


def _margins(p: Floats) -> tuple[Pair, Pair]:
    """Sums over the columns and over the rows, in two parts, in shapes that broadcast against `p`."""
    batch, rows, columns = p.shape
    turned = np.ascontiguousarray(p.transpose(0, 2, 1))
    a, a_rest = _sum(p.reshape(batch * rows, columns))
    b, b_rest = _sum(turned.reshape(batch * columns, rows))
    along, across = (batch, rows, 1), (batch, 1, columns)
    return (a.reshape(along), a_rest.reshape(along)), (b.reshape(across), b_rest.reshape(across))


def _sum(rows: Floats) -> Pair:
    """Sums of rows in two parts, to 2^-97 of the largest entry for a million entries: as row_sum, with one split more."""
    _, exponent = np.frexp(rows.max(axis=1, keepdims=True))
    sigma = np.ldexp(1.0, exponent + (rows.shape[1] + 1).bit_length())
    coarse = (rows + sigma) - sigma
    rest, error = row_sum(rows - coarse)
    total, more = two_sum(coarse.sum(axis=1), rest)
    return total, more + error
