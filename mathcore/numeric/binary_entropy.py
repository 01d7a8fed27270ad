"""Binary entropy: the mean surprisal of a coin."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import AS_THEY_ARE, flag, inverse_log, log_of_base, per_unit
from ._space import Array, ArrayLike, Space, space


def binary_entropy(p: ArrayLike, *, base: float | None = None, validate: bool = True) -> Any:
    """-p log p - (1 - p) log(1 - p) in nats, within 2 ULP for any p from 0 to 1 (float32, float16: 0.51 ULP).

    In other bases within 3.5 ULP.

    Parameters
    ----------
    p : array_like
        Probabilities of the first of two outcomes: float16, float32, float64, integers or booleans, of any shape.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
    validate : bool
        Check that 0 <= p <= 1. With False, entries outside give nan.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `p`, in its float format (float64 for integers). 0 at 0 and at 1; nan at nan.

    Raises
    ------
    ValueError
        If an entry of `p` is below 0 or above 1, or `base` is not positive, is 1 or is not finite.
    TypeError
        If `p` holds anything but real numbers.

    Notes
    -----
    Cover and Thomas, *Elements of Information Theory*, section 2.1.

    Examples
    --------
    >>> float(binary_entropy(0.5, base=2))
    1.0
    """
    flag("binary_entropy", "validate", validate)
    unit = per_unit(base)
    if unit and (found := _core.binary_entropy(p, float(validate), *unit)) is not NotImplemented:
        return found
    call, divisor = space("binary_entropy", p=p), log_of_base("binary_entropy", base)
    if validate:
        remedy = f"Turn scores into probabilities with sigmoid, or {AS_THEY_ARE}."
        call.check_between("p", 0, 1, "probabilities must lie from 0 to 1; {} is {}. " + remedy)
    return call.by_entry(
        lambda space, p: _binary_entropy(space, p) / divisor, "p", core=lambda p: _core.binary_entropy(p, 0.0, *inverse_log(base))
    )


def _binary_entropy(space: Space, p: Array) -> Array:
    s = space.where(p < 0.5, p, 1 - p)  # the smaller of both, exact: two terms >= 0, of which log1p keeps the digits of one
    none = s == 0  # 0 log 0 = 0
    inner = space.where(none, 0.5, space.where(s < 0, space.xp.nan, s))
    value = -inner * space.log(inner) - (1 - inner) * space.log1p(-inner)
    return space.where(none, 0.0, value)
