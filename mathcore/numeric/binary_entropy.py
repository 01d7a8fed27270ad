"""Binary entropy: the mean surprisal of a coin."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import AS_THEY_ARE, anywhere, flag, foreign, inverse_log, log_of_base, per_unit, real_array
from ._elementwise import elementwise
from ._sums import halves, two_product

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LOG_2, LOG_2_REST = 0.6931471805599453, 2.3190468138462996e-17  # log 2 to twice float64's digits
# (1 + x) log(1 + x) + (1 - x) log(1 - x) = x^2 + x^4/6 + ...: 13 terms leave less than 2^-60 of log 2 for |x| <= 1/4
EVEN = [1 / (k * (2 * k - 1)) for k in range(1, 14)]


def binary_entropy(p: ArrayLike, *, base: float | None = None, validate: bool = True) -> Any:
    """-p log p - (1 - p) log(1 - p) in nats, within 2 ULP for any p from 0 to 1 (float32, float16: 0.51 ULP).

    The bar holds in every base.

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
    The smaller of p and 1 - p is known exactly: p itself, or a difference that does not round. Near 1/2 the entropy is
    log 2 less a series in 1 - 2 p; elsewhere it is a sum of two terms >= 0, the larger one kept in two parts.

    Cover and Thomas, *Elements of Information Theory*, section 2.1.

    Examples
    --------
    >>> float(binary_entropy(0.5, base=2))
    1.0
    """
    flag("binary_entropy", "validate", validate)
    if (unit := per_unit(base)) is not None:
        found = _core.binary_entropy(p, float(validate), *unit)
        if found is not NotImplemented:
            return found
    if foreign(p):
        return anywhere("binary_entropy", p, base=base, validate=validate)
    name = "binary_entropy"
    p = real_array(name, "p", p)
    divisor = log_of_base(name, base)
    rest = 0.0 if base is None else float(Decimal(float(base)).ln() - Decimal(divisor))
    if validate:
        _check_unit(name, p)
    unit = inverse_log(base)
    return elementwise(name, lambda x: _entropy(x, divisor, rest), core=lambda x: _core.binary_entropy(x, 0.0, *unit), p=p)


def _entropy(p: Floats, divisor: float, rest: float) -> Floats:
    """The entropy divided by divisor + rest, the logarithm of the base."""
    other = 1 - p  # exact for p from 1/2 to 1
    s = np.minimum(p, other)
    np.maximum(p, other, out=other)
    scale: Any = 1.0
    plain = bool(s.min(initial=1.0) > 2.0**-900)
    if not plain:
        scale = np.where(s < 2.0**-900, 2.0**600, 1.0)  # the error of a product must not underflow
        other *= scale
    log = np.log(s)
    np.negative(s, out=s)
    other *= np.log1p(s)
    if not plain:
        s *= scale
    (upper, lower), (log_upper, log_lower) = halves(s), halves(log)
    log_lower *= upper
    upper *= log_upper  # exact
    lower *= log
    lower += log_lower
    lower -= other
    near = np.flatnonzero(s <= -0.375)
    if near.size:
        upper[near], lower[near] = LOG_2, LOG_2_REST - _missing(1 - 2 * p[near])
    total = upper + lower
    if divisor != 1:
        lower -= total - upper  # now what rounding took from the total
        quotient = total / divisor
        back, error = two_product(quotient, divisor)
        total = quotient + ((total - back) - error + lower - quotient * rest) / divisor
    return total if plain else np.where(s == 0, 0.0, total / scale)


def _missing(x: Floats) -> Floats:
    """What the entropy of p = (1 - x)/2 lacks of log 2."""
    square = x * x
    series = np.zeros_like(x)
    for coefficient in reversed(EVEN):
        series *= square
        series += coefficient
    return square * series / 2


def _check_unit(function: str, p: NDArray[Any]) -> None:
    wrong = (p < 0) | (p > 1)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"p[{', '.join(map(str, index))}]" if index else "p"
        raise ValueError(
            f"{function}: probabilities must lie from 0 to 1; {place} is {float(p[index])!r}. "
            f"Turn scores into probabilities with sigmoid, or {AS_THEY_ARE}."
        )
