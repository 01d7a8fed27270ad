"""Perplexity: how many equally likely outcomes would be as uncertain."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import flag
from ._space import VALUE, Array, ArrayLike, Axis, Space, space

FAR_ABOVE = 2.0**50  # an unchecked entry that is larger makes the result 0 as well


def perplexity(p: ArrayLike, *, axis: Axis = -1, validate: bool = True) -> Any:
    """exp(-sum(p log p)), the exponential of the entropy, within 8 ULP for any pmf (float32, float16: 0.51 ULP).

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
    if (found := _core.perplexity(p, axis, int(validate))) is not NotImplemented:
        return found
    call = space("perplexity", p=p)
    call.along("p", axis)
    if validate:
        call.check_pmf("p", axis)
    return call.by_row(_perplexity, "p", gives=(VALUE,), core=lambda p, axis: _core.perplexity(p, axis, 0))


def _perplexity(row: Space, p: Array) -> Array:
    # exp makes a relative error of an absolute one, and surprisals are large where there are many outcomes: those of
    # scale p are near 0. 1 / sum(p^2), which is at most the perplexity, says which scale.
    xp, p = row.xp, row.where(p > FAR_ABOVE, FAR_ABOVE, p)
    mass, rest = row.pair(p)
    squares = row.constant(row.where(abs(mass - 1) < 0.5, row.sum(p * p), 1.0))
    scale = row.where((squares > 0) & (squares < xp.inf), 1 / row.where(squares == 0, 1.0, squares), 1.0)
    logs = row.total(p * row.log(row.where(p == 0, 1.0, p * scale)))
    return scale * xp.exp(((mass - 1) + rest) * xp.log(scale) - logs)
