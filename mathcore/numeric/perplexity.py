"""Perplexity: how many equally likely outcomes would be as uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import AS_THEY_ARE, check_probabilities, quiet, real_array, result_format, rows_of
from ._sums import row_sum, two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis

LOG_2 = 0.6931471805599453


def _kernel(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """exp(-sum(p log p)) of each row.

    exp turns the absolute error of an entropy into a relative one, so the entropy is kept in two parts. With p = m 2^e
    and m from 0.7 to 1.4, log2 of the result is -sum(p e), summed to twice float64's digits, less sum(p log2 m), which
    is at most 1/2.
    """
    m, e = np.frexp(p)
    small = m < 0.7071067811865476
    m, e = np.where(small, 2 * m, m), e - small
    wide = 134_217_729.0 * p
    upper = wide - (wide - p)  # the first 26 digits of p (Veltkamp): their products with e are exact
    powers, rest = row_sum(upper * e)
    more, still_more = row_sum((p - upper) * e)
    powers, error = two_sum(powers, more)
    logs, _ = row_sum(np.where(p == 0, 0.0, p * np.log(m)))
    whole = np.rint(powers + logs / LOG_2)
    remainder = ((powers - whole) + (error + (rest + still_more))) * LOG_2 + logs
    far = np.abs(whole) > 3000  # entries far above 1, unchecked: the result is 0
    exponent = np.where(np.isnan(whole), 0, np.clip(whole, -3000, 3000)).astype(np.int64)
    return np.ldexp(np.exp(-np.where(far, 0.0, remainder)), -exponent)


@quiet
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
        With False the sum is that of the bits as they are: nothing is normalised.

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
    p = real_array("perplexity", "p", p)
    rows = rows_of("perplexity", "p", p, axis)
    if validate:
        check_probabilities("perplexity", "p", p, rows, axis, AS_THEY_ARE)
    return rows.join_values(_kernel(rows.split(p)), result_format(p))
