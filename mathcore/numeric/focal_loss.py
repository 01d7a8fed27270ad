"""The focal loss: binary crossentropy with easy samples turned down."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import _core
from ._arrays import anywhere, flag, foreign, real_number
from ._elementwise import elementwise
from ._sums import complement, two_product, two_sum
from .binary_crossentropy import gradient as crossentropy_gradient
from .binary_crossentropy import labelled, logits_gradient, logits_loss
from .binary_crossentropy import loss as crossentropy

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


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
    return _entries("focal_loss", _values, t, prediction, gamma, alpha, from_logits, validate)


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
    name = "focal_loss_value_and_grad"
    return _entries(name, _both, t, prediction, gamma, alpha, from_logits, validate, outputs=2)  # type: ignore[no-any-return]  # two


def _entries(
    function: str,
    kernel: Callable[[Floats, Floats, float, bool], tuple[Floats, ...]],
    t: ArrayLike,
    prediction: ArrayLike,
    gamma: float,
    alpha: float | None,
    from_logits: bool,
    validate: bool,
    outputs: int = 1,
) -> Any:
    flag(function, "from_logits", from_logits)
    flag(function, "validate", validate)
    if foreign(t, prediction):
        return anywhere(function, t, prediction, gamma, alpha=alpha, from_logits=from_logits, validate=validate)
    power = real_number(function, "gamma", gamma)
    if not 0 <= power < math.inf:
        raise ValueError(f"{function}: gamma must be finite and not negative, got {power!r}. Use 0 for the plain crossentropy.")
    share = None if alpha is None else real_number(function, "alpha", alpha)
    if share is not None and not 0 <= share <= 1:
        raise ValueError(f"{function}: alpha must be from 0 to 1, got {share!r}. Use None to weigh both labels alike.")
    t, prediction = labelled(function, t, prediction, from_logits, validate)

    def weighted(t: Floats, x: Floats) -> Any:
        found = kernel(t, x, power, from_logits)
        if share is not None:
            weight = share * t + (1 - share) * (1 - t)
            found = tuple(weight * values for values in found)
        return found if outputs > 1 else found[0]

    name = function.replace("focal_loss", "focal_loss_of_logits") if from_logits else function
    compiled = getattr(_core, name)

    def core(t: Any, x: Any) -> Any:
        return compiled(t, x, 0.0, power, -1.0 if share is None else share)

    return elementwise(function, weighted, core=core, outputs=outputs, t=t, prediction=prediction)


class Miss(NamedTuple):
    """1 - p_t = exp(-size) rest (1 + relative), where `relative` is what rounding took of it."""

    size: Any
    rest: Floats
    relative: Floats


def _values(t: Floats, x: Floats, gamma: float, from_logits: bool) -> tuple[Floats, ...]:
    if from_logits:
        return _turned_down(_logits_miss(t, x, np.exp(-np.abs(x))), gamma, logits_loss(t, x))
    return _turned_down(_miss(t, x), gamma, crossentropy(t, x))


def _both(t: Floats, x: Floats, gamma: float, from_logits: bool) -> tuple[Floats, ...]:
    """D(m^gamma B, x) = m^gamma (B' + gamma B m' / m) with m = 1 - p_t, B the crossentropy."""
    if from_logits:
        e, loss = np.exp(-np.abs(x)), logits_loss(t, x)
        miss = _logits_miss(t, x, e)
        share = np.where(miss.size > 0, 1.0, e) / miss.rest / (1 + e) / (1 + e)  # m' / m, but for 1 - 2 t
        pull = np.where((e == 0) | (miss.rest == 0), 0.0, gamma * (1 - 2 * t) * share * loss)
        value, gradient = _turned_down(miss, gamma, loss, logits_gradient(t, x, e) + pull)
        return value, gradient + 0.0
    loss = crossentropy(t, x)
    miss = _miss(t, x)
    late = x < 1e-300 * t  # t / q may overflow where the gradient does not: divided last
    divisor = np.where(late, x, 1.0)
    slope = np.where(late, -t, crossentropy_gradient(t, x))
    pull = np.where((miss.rest == 0) | np.isinf(loss), 0.0, gamma * (1 - 2 * t) * (loss / miss.rest) * divisor)
    value, gradient = _turned_down(miss, gamma, loss, slope + pull)
    return value, gradient / divisor + 0.0


def _turned_down(miss: Miss, gamma: float, *values: Floats) -> tuple[Floats, ...]:
    """(1 - p_t)^gamma times each of the values."""
    exponent, error = two_product(gamma, miss.size)
    error = np.where(np.isfinite(error), error, 0.0)  # the size of an infinite logit has none
    factor = np.power(miss.rest, gamma) * np.exp(-exponent)
    factor += factor * (gamma * miss.relative - error)
    products = tuple(factor * x for x in values)
    tiny = factor < 1e-290
    if gamma and tiny.any():  # the factor may underflow where its product with a large loss does not
        root = (np.power(miss.rest, gamma / 2) * np.exp(-exponent / 2))[tiny]
        for product, x in zip(products, values, strict=True):
            product[tiny] = np.where(np.isinf(x[tiny]) & (miss.rest[tiny] > 0), x[tiny], root * (root * x[tiny]))
    return products


def _logits_miss(t: Floats, z: Floats, e: Floats) -> Miss:
    """1 - p_t = (against + e (1 - against)) / (1 + e) with e = exp(-|z|).

    Where e carries it, it is taken out: the power would multiply its rounding by gamma, exp(-gamma |z|) has one of its own.
    """
    other, error = complement(t)
    above = z > 0
    against, agreed = np.where(above, other, t), np.where(above, t, other)
    carried = (against <= agreed * e) & (e > 0)
    base, left = np.where(carried, e, 1.0), np.where(carried, 1.0, e)
    product, product_error = two_product(agreed, left)
    numerator, rounding = two_sum(against / base, product)
    rounding = rounding + (product_error + np.where(above, error / base, error * left))
    denominator = 1 + e
    tail = e - (denominator - 1)
    rest = numerator / denominator
    back, back_error = two_product(rest, denominator)
    relative = ((numerator - back) - back_error + rounding) / numerator - tail / denominator
    relative = np.where(numerator < 1e-280, 0.0, relative)  # nothing is left to correct of what is nearly subnormal
    return Miss(np.where(carried, np.abs(z), 0.0), rest, relative)


def _miss(t: Floats, q: Floats) -> Miss:
    """1 - p_t = t (1 - q) + (1 - t) q."""
    (other, t_error), (rest, q_error) = complement(t), complement(q)
    (first, first_error), (second, second_error) = two_product(t, rest), two_product(other, q)
    miss, rounding = two_sum(first, second)
    rounding = rounding + (first_error + second_error + t * q_error + t_error * q)
    return Miss(0.0, miss, np.where(miss < 1e-280, 0.0, rounding / miss))
