"""Perplexity: how many equally likely outcomes would be as uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import AS_THEY_ARE, anywhere, check_probabilities, flag, floats, foreign, real_array, result_format, rows_of
from ._blocks import rowwise, scratch
from ._sums import halves, pair_sum, plain_sum, sum_and_error, two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]

FAR_ABOVE = 2.0**60  # an unchecked entry that is larger makes the result 0 as well
LOG_2 = 0.6931471805599453
MOST = 2.0  # the sum of surprisals near 0, in absolute value, whose rounding the bar has room for


def perplexity(p: ArrayLike, *, axis: Axis = -1, validate: bool = True) -> Any:
    """exp(-sum(p log p)), the exponential of the entropy, within 3 ULP for any pmf (float32, float16: 0.51 ULP).

    From 1, for a certain outcome, to n, for n equally likely ones. It does not depend on the base of the logarithm.

    Parameters
    ----------
    p : array_like
        Probabilities: float16, float32, float64, integers or booleans, of any shape. 0 log 0 = 0.
    axis : int, tuple of int or None
        The axes of the outcomes; None takes all of them.
    validate : bool
        Check that p >= 0 and that rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the format.
        With False the sum is that of the bits as they are: nothing is normalised, and an entry above 1 costs digits, within
        4 u sum|p log p| of the value.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the float format of `p` (float64 for integers). A nan makes its row nan.

    Raises
    ------
    ValueError
        If `p` is not a pmf, or an axis is out of range or empty.
    TypeError
        If `p` holds anything but real numbers.

    Notes
    -----
    Jelinek, Mercer, Bahl and Baker, *Perplexity: a measure of the difficulty of speech recognition tasks* (1977). The
    perplexity of a language model is the exponential of its mean crossentropy: np.exp(crossentropy(p, q)).

    Examples
    --------
    >>> float(perplexity([0.25, 0.25, 0.25, 0.25]))
    4.0
    """
    flag("perplexity", "validate", validate)
    found = _core.perplexity(p, axis, int(validate))
    if found is not NotImplemented:
        return found
    if foreign(p):
        return anywhere("perplexity", p, axis=axis, validate=validate)
    p = real_array("perplexity", "p", p)
    rows = rows_of("perplexity", "p", p, axis)
    if validate:
        check_probabilities("perplexity", "p", p, rows, axis, AS_THEY_ARE)
    found = _core.perplexity(floats(p), rows.reduced, 0)
    if found is not NotImplemented:
        return found
    return rows.joined(rowwise(_kernel, rows, [p], result_format(p), values=1)[1][0])


def _kernel(block: Block) -> None:
    """2^k exp(-sum(p log(2^k p))) for a power of two 2^k near the perplexity.

    exp turns the absolute error of an entropy into a relative one, and surprisals of p are large where there are many
    outcomes. Those of 2^k p are near 0, and k comes back without an error. The inverse Simpson index 1 / sum(p^2), which is
    at most the perplexity, says which k.
    """
    squares: Any = 0.0
    for strip in block.pieces():
        (p,) = block.load(strip)
        squares = squares + plain_sum(np.multiply(p, p, out=scratch(p.shape)), block.axis)
    k = np.rint(-np.log2(squares))
    k = np.where(np.abs(k) < 1000, k, 0.0)
    scale = np.exp2(k)
    mass: Any = 0.0
    logs: Any = 0.0
    sizes: Any = 0.0
    rest: Any = 0.0
    for strip in block.pieces():
        (p,) = block.load(strip)
        terms = np.multiply(p, scale, out=scratch(p.shape))
        np.log(terms, out=terms)
        terms *= p
        if not p.min() > 0:
            np.copyto(terms, 0.0, where=p == 0)
        sizes = sizes + plain_sum(np.abs(terms, out=scratch(p.shape)), block.axis)
        coarse, fine = pair_sum(p, MOST, block.axis)
        mass, error = two_sum(mass, coarse)
        rest = rest + (fine + error) * (k * LOG_2)
        coarse, fine = pair_sum(terms, MOST, block.axis)
        logs, error = two_sum(logs, coarse)
        rest = rest - (fine + error)
    exponent = (mass - 1) * (k * LOG_2) - logs + rest
    values = np.ldexp(np.exp(exponent), k.astype(np.int64))
    ill = ~((sizes <= MOST) & (mass <= MOST) & (np.abs(exponent) <= MOST))
    block.write_values(np.where(ill, _wide(block), values) if ill.any() else values)


def _wide(block: Block) -> Floats:
    """exp(-sum(p log p)) of rows whose surprisals differ widely.

    With p = m 2^e and m from 0.7 to 1.4, log2 of the result is -sum(p e), summed to twice float64's digits, less
    sum(p log2 m), which is at most 1/2.
    """

    def parts(strip: int) -> tuple[Floats, Floats, Floats]:
        p = np.minimum(block.load(strip)[0], FAR_ABOVE)
        m, e = np.frexp(p)
        small = m < 0.7071067811865476
        return p, np.where(small, 2 * m, m), (e - small).astype(np.float64)

    def upper_powers(strip: int) -> Floats:
        p, _, e = parts(strip)
        return halves(p)[0] * e  # exact

    def lower_powers(strip: int) -> Floats:
        p, _, e = parts(strip)
        return halves(p)[1] * e

    def logs_of_m(strip: int) -> Floats:
        p, m, _ = parts(strip)
        return np.where(p == 0, 0.0, p * np.log(m))

    powers, rest = sum_and_error(block, upper_powers)
    more, still_more = sum_and_error(block, lower_powers)
    powers, error = two_sum(powers, more)
    logs, _ = sum_and_error(block, logs_of_m)
    whole = np.rint(powers + logs / LOG_2)
    remainder = ((powers - whole) + (error + (rest + still_more))) * LOG_2 + logs
    far = np.abs(whole) > 3000  # entries far above 1, unchecked: the result is 0
    exponent = np.where(np.isnan(whole), 0, np.clip(whole, -3000, 3000)).astype(np.int64)
    return np.ldexp(np.exp(-np.where(far, 0.0, remainder)), -exponent)
