"""Shannon entropy: the mean surprisal."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import flag, inverse_log, logarithm, per_unit
from ._space import LIFTED, VALUE, Array, ArrayLike, Axis, Space, space


def entropy(p: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Mean surprisal -sum(p log p) in nats, within 3 ULP for any pmf with p <= 1 (float32, float16: 0.51 ULP).

    An entry that rounding left above 1 has a negative surprisal: where it cancels the rest, within 4 u sum|p log p|.

    Parameters
    ----------
    p : array_like
        Probabilities: float16, float32, float64, integers or booleans, of any shape. 0 log 0 = 0.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
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
        If `p` is not a pmf, an axis is out of range or empty, or `base` is not positive, is 1 or is not finite.
    TypeError
        If `p` holds anything but real numbers.

    Notes
    -----
    Shannon, *A mathematical theory of communication* (1948), section 6.

    Examples
    --------
    >>> float(entropy([0.5, 0.25, 0.25], base=2))
    1.5
    """
    flag("entropy", "validate", validate)
    unit = per_unit(base)
    if unit and (found := _core.entropy(p, axis, int(validate), *unit)) is not NotImplemented:
        return found
    call = space("entropy", p=p)
    call.along("p", axis)
    log, divisor = logarithm("entropy", base)
    if validate:
        call.check_pmf("p", axis)

    def compiled(p: Any, axis: Any) -> Any:
        return _core.entropy(p, axis, 0, *inverse_log(base))

    return call.by_row(lambda row, p: surprisal(row, p, p, log, divisor), "p", gives=(VALUE,), core=compiled)


def surprisal(row: Space, p: Array, q: Array, log: str = "log", divisor: float = 1.0) -> Array:
    """-sum(p log q) / divisor, where 0 log 0 = 0."""
    zero = q == 0
    if row.perhaps(zero):
        q = row.where(zero & (p == 0), 1.0, q)
    unit = row.unit(p, LIFTED)
    return 0.0 - row.total(p * (unit * row.log(q, log))) / divisor / unit  # 0.0 - 0.0 is 0.0
