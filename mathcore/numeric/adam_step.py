"""One step of Adam."""

from __future__ import annotations

import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from functools import lru_cache, partial
from typing import Any, NamedTuple

from . import _core
from ._arrays import foreign, whole_number
from ._exactly import adam as adam_exactly
from ._space import Array, ArrayLike, Space
from .gradient_descent import state
from .momentum_step import HUGE, TINY, blend


class Exact(NamedTuple):
    """The corrected rate and epsilon, each a number and an exponent; and whether products with them may leave the range."""

    rate: tuple[float, int]
    small: tuple[float, int]
    rest: float  # what rounding took of the rate, as a part of it
    extreme: bool


DIGITS = Context(prec=110, Emin=MIN_EMIN, Emax=MAX_EMAX)  # (1 - 2^-53)^2 has 106: a tie that has to round to even


def adam_step(
    w: ArrayLike,
    gradient: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Any, Any, Any]:
    """The weights and both moments after step number t: w within 4 u (|w| + |step|), m and v within 1 ULP.

    m' = beta1 m + (1 - beta1) gradient and v' = beta2 v + (1 - beta2) gradient^2; with m_hat = m' / (1 - beta1^t) and v_hat
    = v' / (1 - beta2^t) the step is -learning_rate m_hat / (sqrt(v_hat) + epsilon). u is the unit roundoff of the format of
    `w`. For any finite input: the step uses m' and v' before they are rounded, and squares that leave the range of floats.

    Parameters
    ----------
    w, gradient : array_like
        Weights and the gradient of the loss at them, of one shape: float16, float32, float64, integers or booleans.
    m, v : array_like
        The moments that the step before returned, zeros at first, of the shape of `w`; v >= 0. Each keeps its own format:
        keep them in float32 or float64, because in float16 the square of a gradient below 2e-4 vanishes, whatever the
        format of `w`. In float64 v' is +inf for gradients beyond 1e154 or so, by its own exact value.
    t : int
        Which step this is, from 1.
    learning_rate : float
        About the size of a step, finite and not negative.
    beta1, beta2 : float
        The shares of the moments that are kept, each >= 0 and < 1.
    epsilon : float
        What keeps a weight without gradients where it is; positive and finite.

    Returns
    -------
    w : numpy.ndarray or numpy scalar
        New weights, in the float format of `w` (float64 for integers).
    m, v : numpy.ndarray or numpy scalar
        New moments, in the float formats of `m` and `v`. The arguments are unchanged.

    Raises
    ------
    ValueError
        If the shapes differ, an entry of `v` is negative, `t` is below 1, or a parameter is out of its range.
    TypeError
        If an array holds anything but real numbers, `t` is no integer, or a parameter is not one number.

    Notes
    -----
    Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1, in the order of the end of section 2: the
    learning rate and epsilon take the corrections 1 - beta^t, which are computed to 60 digits and rounded once.

    Examples
    --------
    >>> w, m, v = adam_step([0.5], [4.0], [0.0], [0.0], 1, 0.25)
    >>> w.tolist()
    [0.25000000062499994]
    """
    plain = type(t) is int and all([type(x) is float for x in (learning_rate, beta1, beta2, epsilon)])
    if plain and (options := _options(t, learning_rate, beta1, beta2, epsilon)):
        found = _core.adam_step(w, gradient, m, v, *options)
        if found is not NotImplemented:
            return found  # type: ignore[no-any-return]  # three
    call, rate = state("adam_step", learning_rate, w=w, gradient=gradient, m=m, v=v)
    remedy = "Pass the v that the step before returned, zeros at first; m comes before v."
    call.check_between("v", 0, math.inf, "v, a mean of squares, must be >= 0; {} is {}. " + remedy)
    demand = "be >= 0 and < 1, got {}. Use 0.9 for beta1, 0.999 for beta2."
    beta1 = call.parameter("beta1", beta1, lambda b: (0 <= b) & (b < 1), demand)
    beta2 = call.parameter("beta2", beta2, lambda b: (0 <= b) & (b < 1), demand)
    demand = "be positive and finite, got {}. Use 1e-8, or a smaller number."
    small = call.parameter("epsilon", epsilon, lambda e: (0 < e) & (e < math.inf), demand)
    asked = rate, beta1, beta2, small
    rate, small, exact = _corrected(call, rate, small, beta1, beta2, t)

    def step(space: Space, w: Array, gradient: Array, m: Array, v: Array) -> tuple[Array, ...]:
        moved = _step(space, w, gradient, m, v, rate, exact.rest if exact else 0.0, small, beta1, beta2)
        if exact is None:
            return moved
        far = _far(gradient, m, v, moved) | exact.extreme
        exactly = partial(adam_exactly, beta1=beta1, beta2=beta2, rate=exact.rate, small=exact.small)
        return space.mended(moved, far, exactly, w, gradient, m, v)

    formats = call.format_of("w"), call.format_of("m"), call.format_of("v")

    def compiled(*arrays: Any) -> Any:
        options = _options(_count("adam_step", t), *asked)
        return _core.adam_step(*arrays, *options) if options else NotImplemented

    return call.by_entry(step, "w", "gradient", "m", "v", formats=formats, core=compiled)  # type: ignore[no-any-return]  # three


def _step(
    space: Space, w: Array, gradient: Array, m: Array, v: Array, rate: Any, rate_rest: float, small: Any, beta1: Any, beta2: Any
) -> tuple[Array, Array, Array]:
    xp = space.xp
    first, first_rest = blend(space, beta1, m, 1 - beta1, gradient, (1 - (1 - beta1) - beta1) * gradient)
    unit = _unit(space, gradient, v)
    square, error = space.two_product(gradient / unit, gradient / unit)
    new = 1 - beta2
    second, _ = blend(space, beta2, v / unit / unit, new, square, new * error + ((1 - new) - beta2) * square)
    none = second == 0
    root = xp.sqrt(space.where(none, 1.0, second))
    back, error = space.two_product(root, root)
    lost = space.constant(space.where(none, 0.0, ((second - back) - error) / (2 * root)))  # what rounding took of the root
    divisor, error = space.two_sum(space.where(none, 0.0, root) * unit, 0.0 * root + small)
    lost = (error + lost * unit) / divisor
    large = space.constant(abs(first)) > 1  # neither a quotient that overflows nor a subnormal product comes between
    before, after = space.where(large, rate, 1.0), space.where(large, 1.0, rate)
    numerator, missing = space.two_product(first, before)
    numerator = space.rounded(numerator)
    quotient = numerator / divisor
    back, error = space.two_product(quotient, divisor)
    missing = (((numerator - back) - error) + (missing + first_rest * before)) / divisor - quotient * lost
    change, error = space.two_product(quotient, after)
    missing, change = space.constant(missing), space.rounded(change)
    change = change + (error + (after * missing + change * rate_rest))
    return w - change, first + 0.0, second * unit * unit  # -0.0 becomes 0.0


def _far(gradient: Array, m: Array, v: Array, moved: tuple[Array, ...]) -> Array:
    """Where a product or its error may have left the range of float64."""
    _, first, second = moved
    size = abs(first)
    first_far = ((size < TINY) | (size > HUGE)) & ((gradient != 0) | (m != 0))
    second_far = ((second < TINY) | (second > HUGE)) & ((gradient != 0) | (v != 0))
    return first_far | second_far | (abs(gradient) > 2.0**250)


def _unit(space: Space, gradient: Array, v: Array) -> Any:
    """A power of two by which gradients are divided whose squares leave the range."""
    limit = 2.0 ** (round(math.log2(space.largest)) // 2)
    size = space.constant(abs(gradient))
    large, tiny = size > limit / 4, (size < 4 / limit) & (space.constant(v) < 16 / limit / limit) & (size > 0)
    if not space.perhaps(large | tiny):
        return 1.0
    return space.where(large, limit, space.where(tiny, 2 / limit, 1.0))


def _corrected(call: Space, rate: Any, small: Any, beta1: Any, beta2: Any, t: Any) -> tuple[Any, Any, Exact | None]:
    """The learning rate and epsilon with the corrections 1 - beta^t: of numbers rounded once, by expm1 of arrays."""
    if not foreign(rate, small, beta1, beta2, t):
        return _of_numbers(rate, small, beta1, beta2, _count(call.function, t))
    if not foreign(t):
        t = _count(call.function, t)
    elif call.says(t < 1):
        raise ValueError(f"{call.function}: t must be at least 1, got {int(t)}. Count the steps from 1.")
    else:
        t = call.cast(t, call.dtype)
    left1, left2 = (-call.xp.expm1(t * _log(call, beta)) for beta in (beta1, beta2))
    root = call.xp.sqrt(left2)
    return rate * (root / left1), small * root, None


@lru_cache(maxsize=16)
def _options(count: int, rate: float, beta1: float, beta2: float, epsilon: float) -> tuple[float, ...]:
    """What the compiled core takes, the computed ones as two floats each; nothing for what is wrong or out of its range."""
    if not (count >= 1 and 0 <= rate < math.inf and 0 <= beta1 < 1 and 0 <= beta2 < 1 and 0 < epsilon < math.inf):
        return ()
    with localcontext(DIGITS):
        exact = _exact(rate, epsilon, beta1, beta2, count)
        high = [float(x) for x in exact]
        if not _ordinary(rate, high[0], high[1]):
            return ()
        rates = [part for x, y in zip(exact, high, strict=True) for part in (y, float(x - Decimal(y)))]
        new1, new2 = 1 - beta1, 1 - beta2
        return beta1, beta2, new1, (1 - new1) - beta1, new2, (1 - new2) - beta2, *rates


@lru_cache(maxsize=16)  # the same for all arrays of weights
def _of_numbers(rate: float, small: float, beta1: float, beta2: float, count: int) -> tuple[float, float, Exact]:
    """Both as floats, and as numbers with exponents, of which none is out of range."""
    with localcontext(DIGITS):
        (x, i), (y, k) = math.frexp(rate), math.frexp(small)
        pairs = [(float(z), e) for z, e in zip(_exact(x, y, beta1, beta2, count), (i, k), strict=True)]
        exact = _exact(rate, small, beta1, beta2, count)
        found, least = map(float, exact)
        ordinary = _ordinary(rate, found, least)
        rest = float((exact[0] - Decimal(found)) / Decimal(found)) if ordinary and rate else 0.0
        return found, least, Exact(pairs[0], pairs[1], rest, not ordinary)


def _exact(rate: float, epsilon: float, beta1: float, beta2: float, count: int) -> tuple[Decimal, Decimal]:
    """The corrected learning rate and epsilon."""
    root = left_of(beta2, count).sqrt()
    return Decimal(rate) * root / left_of(beta1, count), Decimal(epsilon) * root


def _ordinary(rate: float, corrected: float, epsilon: float) -> bool:
    """Whether products with the corrected numbers stay in the range of floats."""
    return (rate == 0 or 2.0**-200 < corrected < 2.0**100) and 2.0**-900 < epsilon < 2.0**200


def left_of(beta: float, count: int) -> Decimal:
    """1 - beta^count to 60 digits."""
    with localcontext(DIGITS):
        return 1 - Decimal(beta) ** count


def _log(call: Space, beta: Any) -> Any:
    if foreign(beta):
        return call.xp.log(beta)
    return call.number(float(Context(prec=60).ln(Decimal(beta))) if beta else -math.inf)


def _count(function: str, t: int) -> int:
    try:
        count = whole_number(t)
    except TypeError as error:
        raise TypeError(f"{function}: t must be an integer, got {t!r}. Count the steps from 1.") from error
    if count < 1:
        raise ValueError(f"{function}: t must be at least 1, got {count}. Count the steps from 1.")
    return count
