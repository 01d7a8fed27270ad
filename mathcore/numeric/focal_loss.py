"""The focal loss: binary crossentropy with easy samples turned down."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from . import _core
from ._arrays import flag, foreign
from ._space import Array, ArrayLike, Space
from .binary_crossentropy import gradient, gradient_of_logits, labelled, loss_of_logits
from .binary_crossentropy import loss as crossentropy


def focal_loss(
    t: ArrayLike,
    prediction: ArrayLike,
    gamma: float = 2.0,
    *,
    alpha: float | None = None,
    from_logits: bool = False,
    validate: bool = True,
) -> Any:
    """Binary crossentropy times (1 - p_t)^gamma, p_t the probability of the label, within 8 ULP for gamma <= 5.

    Parameters
    ----------
    t : array_like
        Labels 0 and 1: float16, float32, float64, integers or booleans. Labels between are taken as in Keras:
        1 - p_t = t (1 - q) + (1 - t) q.
    prediction : array_like
        Of the shape of `t`: probabilities q of the label 1, or logits if `from_logits`: q = sigmoid(z).
    gamma : float
        How strongly easy samples are turned down, finite and not negative; 0 gives the binary crossentropy. Beyond 5 the
        error grows in proportion to gamma.
    alpha : float, optional
        From 0 to 1: a weight, alpha for the label 1 and 1 - alpha for the label 0 (two more roundings); None weighs both by 1.
    from_logits : bool
        Whether `prediction` holds logits. Logits are better: a q near 1 has already lost the digits of 1 - q.
    validate : bool
        Check that labels and probabilities lie between 0 and 1.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value an entry, not averaged, in the wider float format of the two (float64 for integers; float32, float16: 0.51
        ULP). +inf where the prediction rules out what the label says. nan where an input is nan.

    Raises
    ------
    ValueError
        If the shapes differ, a label or a probability is below 0 or above 1, or `gamma` or `alpha` is out of range.
    TypeError
        If `t` or `prediction` holds anything but real numbers, or `gamma` or `alpha` is not one number.

    Notes
    -----
    Lin, Goyal, Girshick, He and Dollar, Focal loss for dense object detection (2017), equations (4) and (5). 1 - p_t is
    never computed as a difference, and what rounding took of it is carried into the power, which would multiply it by gamma.

    Examples
    --------
    >>> float(focal_loss(1, 0.0, from_logits=True))
    0.17328679513998632
    """
    call, power, weight = _weighted("focal_loss", t, prediction, gamma, alpha, from_logits, validate)
    form = _of_logits if from_logits else _of_probabilities
    core = _core.focal_loss_of_logits if from_logits else _core.focal_loss

    def compiled(t: Any, x: Any) -> Any:
        return core(t, x, 0.0, power, -1.0 if alpha is None else alpha)

    return call.by_entry(lambda space, t, x: weight(t) * form(space, t, x, power, False)[0], "t", "prediction", core=compiled)


def focal_loss_value_and_grad(
    t: ArrayLike,
    prediction: ArrayLike,
    gamma: float = 2.0,
    *,
    alpha: float | None = None,
    from_logits: bool = False,
    validate: bool = True,
) -> tuple[Any, Any]:
    """Focal loss of each entry and its gradient with respect to the prediction, within 8 ULP for labels 0 and 1, gamma <= 5.

    Labels between add two terms that may cancel: there the error is within 8 ULP of the sum of their sizes.

    Parameters
    ----------
    t, prediction, gamma, alpha, from_logits, validate
        As in `focal_loss`.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        The losses, bit for bit those of `focal_loss`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `prediction`, each entry that of its own loss. Divide it by the number of entries for the gradient
        of the mean loss.

    Raises
    ------
    ValueError, TypeError
        As in `focal_loss`.
    """
    call, power, weight = _weighted("focal_loss_value_and_grad", t, prediction, gamma, alpha, from_logits, validate)
    form = _of_logits if from_logits else _of_probabilities

    def both(space: Space, t: Array, x: Array) -> tuple[Array, Array]:
        value, slope = form(space, t, x, power, True)
        return weight(t) * value, weight(t) * slope

    core = _core.focal_loss_of_logits_value_and_grad if from_logits else _core.focal_loss_value_and_grad

    def compiled(t: Any, x: Any) -> Any:
        return core(t, x, 0.0, power, -1.0 if alpha is None else alpha)

    return call.by_entry(both, "t", "prediction", formats=(call.result,) * 2, core=compiled)  # type: ignore[no-any-return]  # two


def _weighted(
    function: str, t: ArrayLike, prediction: ArrayLike, gamma: Any, alpha: Any, from_logits: bool, validate: bool
) -> tuple[Space, Any, Callable[[Array], Any]]:
    flag(function, "from_logits", from_logits)
    flag(function, "validate", validate)
    call = labelled(function, t, prediction, from_logits, validate=False)
    demand = "be finite and not negative, got {}. Use 0 for the plain crossentropy."
    power = call.parameter("gamma", gamma, lambda g: (0 <= g) & (g < math.inf), demand)
    if alpha is None:
        return labelled(function, t, prediction, from_logits, validate), power, lambda t: 1.0
    demand = "be from 0 to 1, got {}. Use None to weigh both labels alike."
    share = call.parameter("alpha", alpha, lambda a: (0 <= a) & (a <= 1), demand)
    return labelled(function, t, prediction, from_logits, validate), power, lambda t: share * t + (1 - share) * (1 - t)


class Miss(NamedTuple):
    """1 - p_t = exp(-size) rest (1 + relative), where `relative` is what rounding took of it."""

    size: Array
    rest: Array
    relative: Array


def _of_logits(space: Space, t: Array, z: Array, gamma: Any, sloped: bool) -> tuple[Array, ...]:
    """m^gamma B with m = 1 - p_t, B the crossentropy, and m^gamma (B' + gamma B m' / m) if that is asked for."""
    e, loss = space.xp.exp(-space.size(z)), loss_of_logits(space, t, z)
    miss = _miss_of_logits(space, t, z, e)
    value = _turned_down(space, miss, gamma, loss)
    if not sloped:
        return (value,)
    rest = space.where(miss.rest == 0, 1.0, miss.rest)
    share = space.where(miss.size > 0, 1.0, e) / rest / (1 + e) / (1 + e)  # m' / m, but for 1 - 2 t
    nothing = (e == 0) | (miss.rest == 0)
    pull = gamma * (1 - 2 * t) * (space.where(nothing, 0.0, share) * space.where(nothing, 0.0, loss))
    slope = gradient_of_logits(space, t, z) + pull
    return value, _turned_down(space, miss, gamma, slope) + 0.0


def _of_probabilities(space: Space, t: Array, q: Array, gamma: Any, sloped: bool) -> tuple[Array, ...]:
    loss, miss = crossentropy(space, t, q), _miss(space, t, q)
    value = _turned_down(space, miss, gamma, loss)
    if not sloped:
        return (value,)
    late = (q < t * space.smallest * 2.0**20) & (q > 0)  # t / q may overflow where the gradient does not: divided last
    divisor = space.where(late, q, 1.0)
    none = (miss.rest == 0) | (loss == space.xp.inf)
    share = space.where(none, 0.0, loss) / space.where(none, 1.0, miss.rest)
    slope = space.where(late, -t, gradient(space, t, q)) + gamma * (1 - 2 * t) * share * divisor
    return value, _turned_down(space, miss, gamma, slope) / divisor + 0.0


def _turned_down(space: Space, miss: Miss, gamma: Any, x: Array) -> Array:
    """(1 - p_t)^gamma x. The power is taken of half its exponent twice where it may underflow and the product does not."""
    xp = space.xp
    if not foreign(gamma) and gamma == 0:
        return x
    none = miss.rest == 0
    rest = space.where(none, 1.0, miss.rest)
    exponent, error = space.two_product(miss.size, gamma)
    factor = rest**gamma * xp.exp(-exponent)
    product, tiny = factor * x, factor < space.smallest * 2.0**40
    if space.perhaps(tiny):
        root = rest ** (gamma / 2) * xp.exp(-exponent / 2)
        product = space.where(tiny, space.where(xp.isinf(x), x, root * (root * space.where(xp.isinf(x), 0.0, x))), product)
    rounding = space.constant(gamma * miss.relative - error)
    product = product + space.where(xp.isinf(product), 0.0, product) * rounding
    return space.where(none & (gamma > 0), 0.0, product)


def _miss_of_logits(space: Space, t: Array, z: Array, e: Array) -> Miss:
    """1 - p_t = (against + e (1 - against)) / (1 + e) with e = exp(-|z|).

    Where e carries it, it is taken out: the power would multiply its rounding by gamma, exp(-gamma |z|) has one of its own.
    """
    other, above = 1 - t, z > 0
    against, agreed = space.where(above, other, t), space.where(above, t, other)
    carried = (against <= agreed * e) & (e > 0)
    base, left = space.where(carried, e, 1.0), space.where(carried, 1.0, e)
    product, product_error = space.two_product(agreed, left)
    numerator, rounding = space.two_sum(space.ratio(against, base), product)
    denominator = space.rounded(1 + e)
    tail = e - (denominator - 1)
    rest = numerator / denominator
    back, back_error = space.two_product(rest, denominator)
    lost = ((numerator - back) - back_error) + (rounding + product_error)
    little = space.constant(numerator) < space.smallest * 2.0**60
    relative = lost / space.where(little, 1.0, numerator) - tail / denominator
    return Miss(space.where(carried, space.size(z), 0.0), rest, space.constant(space.where(little, 0.0, relative)))


def _miss(space: Space, t: Array, q: Array) -> Miss:
    """1 - p_t = t (1 - q) + (1 - t) q."""
    other, rest = space.rounded(1 - t), space.rounded(1 - q)
    (first, first_error), (second, second_error) = space.two_product(t, rest), space.two_product(other, q)
    miss, rounding = space.two_sum(first, second)
    rounding = rounding + (first_error + second_error + t * ((1 - rest) - q) + ((1 - other) - t) * q)
    little = space.constant(miss) < space.smallest * 2.0**60
    relative = space.where(little, 0.0, rounding / space.where(little, 1.0, miss))
    return Miss(0.0 * miss, miss, space.constant(relative))
