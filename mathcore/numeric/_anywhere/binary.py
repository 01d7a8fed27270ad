"""Of two classes: binary crossentropy and the focal loss."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from .._arrays import AS_THEY_ARE
from ._space import Space
from .activations import size_of

if TYPE_CHECKING:
    Array = Any


def binary_crossentropy(t: Array, prediction: Array, *, from_logits: bool = False, validate: bool = True) -> Array:
    space, t, x = _labelled("binary_crossentropy", t, prediction, from_logits, validate)
    return space.out(_loss_of_logits(space, t, x) if from_logits else _loss(space, t, x))


def binary_crossentropy_value_and_grad(
    t: Array, prediction: Array, *, from_logits: bool = False, validate: bool = True
) -> tuple[Array, Array]:
    space, t, x = _labelled("binary_crossentropy_value_and_grad", t, prediction, from_logits, validate)
    if from_logits:
        return space.out(_loss_of_logits(space, t, x)), space.out(_gradient_of_logits(space, t, x) + 0.0)
    return space.out(_loss(space, t, x)), space.out(_gradient(space, t, x))


def _labelled(function: str, t: Array, prediction: Array, from_logits: bool, validate: bool) -> tuple[Space, Array, Array]:
    space = Space(function, t=t, prediction=prediction)
    if validate:
        space.check_between("t", 0, 1, f"labels must be from 0 to 1; {{}} is {{}}. Scale them to 0 and 1, or {AS_THEY_ARE}.")
        if not from_logits:
            remedy = f"Scores that are no probabilities are logits: pass logits with from_logits=True, or {AS_THEY_ARE}."
            space.check_between("prediction", 0, 1, "probabilities must be from 0 to 1; {} is {}. " + remedy)
    space.same_shape("t", "prediction")
    return space, space.real("t"), space.real("prediction")


def _loss_of_logits(space: Space, t: Array, z: Array) -> Array:
    """t softplus(-z) + (1 - t) softplus(z): |z| times the share of the label against it, and log1p(exp(-|z|))."""
    size = size_of(space, z)
    against = space.where(z > 0, 1 - t, t)
    linear = against * space.where((against == 0) & space.xp.isinf(size), 0.0, size)
    return linear + space.log1p(space.xp.exp(-size))


def _gradient_of_logits(space: Space, t: Array, z: Array) -> Array:
    """sigmoid(z) - t, as (1 - t) sigmoid(z) - t sigmoid(-z): for a label 0 or 1 one product is 0."""
    e = space.xp.exp(-size_of(space, z))
    numerator = space.where(z > 0, (1 - t) - t * e, (1 - t) * e - t)
    return numerator / (1 + e)


def _loss(space: Space, t: Array, q: Array) -> Array:
    """-t log q - (1 - t) log(1 - q), where 0 log 0 = 0."""
    other = 1 - t
    yes = t * space.log(space.where((t == 0) & (q == 0), 1.0, q))
    sure = q == 1
    rest = space.where((other == 0) & sure, 0.0, q)
    if space.library in ("torch", "jax"):
        return 0.0 - (yes + other * space.log1p(-rest))
    no = space.where(q > 1, space.xp.nan, space.log1p(-space.where(rest >= 1, 0.0, rest)))
    return 0.0 - (yes + other * space.where((rest == 1) & sure, -space.xp.inf, no))


def _gradient(space: Space, t: Array, q: Array) -> Array:
    """(q - t) / (q (1 - q)): q and t are exact, so no digit is lost in their difference."""
    certain = (q == 0) | (q == 1)
    inner = space.where(certain, 0.5, q)
    soft = (inner - t) / (inner * (1 - inner))
    soft = space.where(certain, space.where(t == q, space.xp.nan, space.where(q < t, -space.xp.inf, space.xp.inf)), soft)
    return space.where(t == 0, space.quotient(1.0, 1 - q), space.where(t == 1, 0.0 - space.quotient(1.0, q), soft))


# the focal loss ---------------------------------------------------------------------------------------------------------


class Miss(NamedTuple):
    """1 - p_t = exp(-size) rest (1 + relative), where `relative` is what rounding took of it."""

    size: Array
    rest: Array
    relative: Array


def focal_loss(
    t: Array,
    prediction: Array,
    gamma: Any = 2.0,
    *,
    alpha: Any = None,
    from_logits: bool = False,
    validate: bool = True,
) -> Array:
    space, t, x, power, weight = _weighted("focal_loss", t, prediction, gamma, alpha, from_logits, validate)
    return space.out(weight * _focal(space, t, x, power, from_logits, False)[0])


def focal_loss_value_and_grad(
    t: Array,
    prediction: Array,
    gamma: Any = 2.0,
    *,
    alpha: Any = None,
    from_logits: bool = False,
    validate: bool = True,
) -> tuple[Array, Array]:
    name = "focal_loss_value_and_grad"
    space, t, x, power, weight = _weighted(name, t, prediction, gamma, alpha, from_logits, validate)
    value, gradient = _focal(space, t, x, power, from_logits, True)
    return space.out(weight * value), space.out(weight * gradient)


def _weighted(
    function: str, t: Array, prediction: Array, gamma: Any, alpha: Any, from_logits: bool, validate: bool
) -> tuple[Space, Array, Array, Any, Any]:
    space = Space(function, t=t, prediction=prediction)
    demand = "be finite and not negative, got {}. Use 0 for the plain crossentropy."
    power = space.parameter("gamma", gamma, lambda g: (0 <= g) & (g < math.inf), demand)
    share = alpha
    if alpha is not None:
        demand = "be from 0 to 1, got {}. Use None to weigh both labels alike."
        share = space.parameter("alpha", alpha, lambda a: (0 <= a) & (a <= 1), demand)
    space, t, x = _labelled(function, t, prediction, from_logits, validate)
    return space, t, x, power, 1.0 if share is None else share * t + (1 - share) * (1 - t)


def _focal(space: Space, t: Array, x: Array, gamma: Any, from_logits: bool, slope: bool) -> tuple[Array, ...]:
    """m^gamma B with m = 1 - p_t, B the crossentropy; with `slope` m^gamma (B' + gamma B m' / m), too."""
    xp = space.xp
    if from_logits:
        e, loss = xp.exp(-size_of(space, x)), _loss_of_logits(space, t, x)
        miss = _miss_of_logits(space, t, x, e)
        if not slope:
            return (_turned_down(space, miss, gamma, loss),)
        rest = space.where(miss.rest == 0, 1.0, miss.rest)
        share = space.where(miss.size > 0, 1.0, e) / rest / (1 + e) / (1 + e)  # m' / m, but for 1 - 2 t
        nothing = (e == 0) | (miss.rest == 0)
        pull = gamma * (1 - 2 * t) * (space.where(nothing, 0.0, share) * space.where(nothing, 0.0, loss))
        gradient = _turned_down(space, miss, gamma, _gradient_of_logits(space, t, x) + pull)
        return _turned_down(space, miss, gamma, loss), gradient + 0.0
    loss, miss = _loss(space, t, x), _miss(space, t, x)
    if not slope:
        return (_turned_down(space, miss, gamma, loss),)
    late = x < t * space.smallest * 2.0**20  # t / q may overflow where the gradient does not: divided last
    divisor = space.where(late & (x > 0), x, 1.0)
    none = (miss.rest == 0) | xp.isinf(loss)
    share = space.where(none, 0.0, loss) / space.where(none, 1.0, miss.rest)
    pull = gamma * (1 - 2 * t) * share * divisor
    steep = space.where(late & (x > 0), -t, _gradient(space, t, x))
    return _turned_down(space, miss, gamma, loss), _turned_down(space, miss, gamma, steep + pull) / divisor + 0.0


def _turned_down(space: Space, miss: Miss, gamma: Any, x: Array) -> Array:
    """(1 - p_t)^gamma x. The power is taken of half its exponent twice where it may underflow and the product does not."""
    xp = space.xp
    if isinstance(gamma, float) and gamma == 0:
        return x
    none = miss.rest == 0
    rest = space.where(none, 1.0, miss.rest)
    exponent, error = space.two_product(miss.size, gamma)
    factor = rest**gamma * xp.exp(-exponent)
    root = rest ** (gamma / 2) * xp.exp(-exponent / 2)
    product = space.where(factor < space.smallest * 2.0**40, root * (root * x), factor * x)
    rounding = space.constant(gamma * miss.relative - error)
    product = product + space.where(xp.isinf(product), 0.0, product) * rounding
    return space.where(none & (gamma > 0), 0.0, product)


def _miss_of_logits(space: Space, t: Array, z: Array, e: Array) -> Miss:
    """1 - p_t = (against + e (1 - against)) / (1 + e) with e = exp(-|z|).

    Where e carries it, it is taken out: the power would multiply its rounding by gamma, exp(-gamma |z|) has one of its own.
    """
    other = 1 - t
    above = z > 0
    against, agreed = space.where(above, other, t), space.where(above, t, other)
    carried = (against <= agreed * e) & (e > 0)
    base, left = space.where(carried, e, 1.0), space.where(carried, 1.0, e)
    product, product_error = space.two_product(agreed, left)
    numerator, rounding = space.two_sum(space.ratio(against, base), product)
    rounding = rounding + product_error
    return Miss(space.where(carried, size_of(space, z), 0.0), *_divided(space, numerator, rounding, e))


def _divided(space: Space, numerator: Array, rounding: Array, e: Array) -> tuple[Array, Array]:
    """(numerator + rounding) / (1 + e), and what rounding took, as a part of it."""
    denominator = space.rounded(1 + e)
    tail = e - (denominator - 1)
    rest = numerator / denominator
    back, back_error = space.two_product(rest, denominator)
    little = space.constant(numerator) < space.smallest * 2.0**60
    safe = space.where(little, 1.0, numerator)
    relative = ((numerator - back) - back_error + rounding) / safe - tail / denominator
    return rest, space.constant(space.where(little, 0.0, relative))


def _miss(space: Space, t: Array, q: Array) -> Miss:
    """1 - p_t = t (1 - q) + (1 - t) q."""
    other, rest = space.rounded(1 - t), space.rounded(1 - q)
    (first, first_error), (second, second_error) = space.two_product(t, rest), space.two_product(other, q)
    miss, rounding = space.two_sum(first, second)
    rounding = rounding + (first_error + second_error + t * ((1 - rest) - q) + ((1 - other) - t) * q)
    little = space.constant(miss) < space.smallest * 2.0**60
    relative = space.where(little, 0.0, rounding / space.where(little, 1.0, miss))
    return Miss(space.number(0.0) * miss, miss, space.constant(relative))
