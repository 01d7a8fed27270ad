"""Label smoothing: a little of the certainty of a label is spread over all classes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import _core
from ._arrays import AS_THEY_ARE, flag
from ._space import ArrayLike, Axis, space


def label_smoothing(t: ArrayLike, smoothing: float = 0.1, *, axis: Axis = -1, validate: bool = True) -> Any:
    """(1 - smoothing) t + smoothing / n, within 2 ULP for any labels t >= 0 (float32, float16: 0.51 ULP).

    Parameters
    ----------
    t : array_like
        Labels as probabilities, one-hot or soft: float16, float32, float64, integers or booleans, of any shape.
    smoothing : float
        From 0, which changes nothing, to 1, which gives every class 1/n.
    axis : int, tuple of int or None
        The axes of the n classes; None takes all of them.
    validate : bool
        Check that t >= 0 and that rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the format.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `t`, in its float format whatever that of `smoothing` (float64 for integers). A nan stays in place.

    Raises
    ------
    ValueError
        If `t` is not a pmf (class numbers are not: pass one_hot of them), `smoothing` lies outside 0 to 1, or an axis is
        out of range or empty.
    TypeError
        If `t` holds anything but real numbers, or `smoothing` is not one number.

    Notes
    -----
    Szegedy et al., *Rethinking the Inception architecture for computer vision* (2016), section 7. The true class keeps
    1 - smoothing + smoothing / n, as with Keras and PyTorch.

    Examples
    --------
    >>> label_smoothing([0, 1, 0, 0], 0.5).tolist()
    [0.125, 0.625, 0.125, 0.125]
    """
    flag("label_smoothing", "validate", validate)
    call = space("label_smoothing", t=t)
    call.along("t", axis)
    demand = "lie from 0 to 1, got {}. Use 0.1, or 0 for labels as they are."
    share = call.parameter("smoothing", smoothing, lambda s: (0 <= s) & (s <= 1), demand)
    if validate:
        call.check_pmf("t", axis, f"pass one_hot(labels) for class numbers, or {AS_THEY_ARE}")
    keep = 1 - share
    rest = (1 - keep) - share  # what rounding took from `keep`

    def compiled(t: Any) -> Any:
        spread = Fraction(share) / call.length
        return _core.label_smoothing(t, keep, rest, float(spread), float(spread - Fraction(float(spread))))

    return call.by_entry(lambda _, t: keep * t + (share / call.length + rest * t), "t", core=compiled)
