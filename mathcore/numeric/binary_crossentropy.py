"""Binary crossentropy, from probabilities or from logits."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import AS_THEY_ARE, flag
from ._space import Array, ArrayLike, Space, space


def binary_crossentropy(t: ArrayLike, prediction: ArrayLike, *, from_logits: bool = False, validate: bool = True) -> Any:
    """Loss in nats of each entry, -t log q - (1 - t) log(1 - q), within 2 ULP for any finite input.

    Parameters
    ----------
    t : array_like
        Labels 0 and 1, or anything between: float16, float32, float64, integers or booleans.
    prediction : array_like
        Of the shape of `t`: probabilities q of the label 1, or logits if `from_logits`: q = sigmoid(z).
    from_logits : bool
        Whether `prediction` holds logits. Logits are better: a q near 1 has already lost the digits of 1 - q.
    validate : bool
        Check that labels and probabilities lie between 0 and 1.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value an entry, not averaged, in the wider float format of the two (float64 for integers; float32, float16: 0.51
        ULP). +inf where the prediction rules out what the label says; 0 log 0 = 0. nan where an input is nan.

    Raises
    ------
    ValueError
        If the shapes differ, or a label or a probability is below 0 or above 1.
    TypeError
        If `t` or `prediction` holds anything but real numbers.

    Notes
    -----
    From logits the loss is t softplus(-z) + (1 - t) softplus(z) = log1p(exp(-|z|)) + |z| times the share of the label that
    z votes against: two terms >= 0, of which nothing cancels. max(z, 0) - t z + log1p(exp(-|z|)), the usual form, returns
    0 for z = -45.748 and t = 0, where the loss is 1.35e-20.

    Examples
    --------
    >>> float(binary_crossentropy(1, 1000.0, from_logits=True))
    0.0
    >>> float(binary_crossentropy(0, 0.5))
    0.6931471805599453
    """
    _require_flags("binary_crossentropy", from_logits, validate)
    core = _core.binary_crossentropy_of_logits if from_logits else _core.binary_crossentropy
    if (found := core(t, prediction, float(validate))) is not NotImplemented:
        return found
    call = labelled("binary_crossentropy", t, prediction, from_logits, validate)
    form = loss_of_logits if from_logits else loss
    return call.by_entry(form, "t", "prediction", core=lambda t, x: core(t, x, 0.0))


def binary_crossentropy_value_and_grad(
    t: ArrayLike, prediction: ArrayLike, *, from_logits: bool = False, validate: bool = True
) -> tuple[Any, Any]:
    """Loss of each entry and its gradient with respect to the prediction.

    The gradient is sigmoid(z) - t for logits: within 2 ULP for labels 0 and 1, within 4 u ((1 - t) sigmoid(z) +
    t sigmoid(-z)) for labels between; for probabilities it is (q - t) / (q (1 - q)), within 3 ULP.

    Parameters
    ----------
    t, prediction, from_logits, validate
        As in `binary_crossentropy`.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        The losses, bit for bit those of `binary_crossentropy`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `prediction`, each entry that of its own loss. Divide it by the number of entries for the gradient
        of the mean loss.

    Raises
    ------
    ValueError, TypeError
        As in `binary_crossentropy`.
    """
    name = "binary_crossentropy_value_and_grad"
    _require_flags(name, from_logits, validate)
    core = _core.binary_crossentropy_of_logits_value_and_grad if from_logits else _core.binary_crossentropy_value_and_grad
    if (found := core(t, prediction, float(validate))) is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    call = labelled(name, t, prediction, from_logits, validate)
    both, compiled = _both_of_logits if from_logits else _both, lambda t, x: core(t, x, 0.0)
    return call.by_entry(both, "t", "prediction", formats=(call.result,) * 2, core=compiled)  # type: ignore[no-any-return]  # two


def _require_flags(function: str, from_logits: bool, validate: bool) -> None:
    flag(function, "validate", validate)
    flag(function, "from_logits", from_logits)


def labelled(function: str, t: ArrayLike, prediction: ArrayLike, from_logits: bool, validate: bool) -> Space:
    """Both as arrays; labels, and predictions that are no logits, between 0 and 1."""
    flag(function, "validate", validate)
    flag(function, "from_logits", from_logits)
    call = space(function, t=t, prediction=prediction)
    if validate:
        call.check_between("t", 0, 1, f"labels must be from 0 to 1; {{}} is {{}}. Scale them to 0 and 1, or {AS_THEY_ARE}.")
        if not from_logits:
            remedy = f"Scores that are no probabilities are logits: pass logits with from_logits=True, or {AS_THEY_ARE}."
            call.check_between("prediction", 0, 1, "probabilities must be from 0 to 1; {} is {}. " + remedy)
    call.same_shape("t", "prediction")
    return call


def loss_of_logits(space: Space, t: Array, z: Array) -> Array:
    """t softplus(-z) + (1 - t) softplus(z): |z| times the share of the label against it, and log1p(exp(-|z|)), both >= 0."""
    size = space.size(z)
    against = space.where(z > 0, 1 - t, t)
    linear = against * size
    nothing = against == 0
    if space.perhaps(linear != linear):  # 0 times an infinite logit is 0
        linear = space.where(nothing & (size == space.xp.inf), 0.0, against * space.where(nothing, 0.0, size) + 0.0 * t)
    return linear + space.log1p(space.xp.exp(-size))


def gradient_of_logits(space: Space, t: Array, z: Array) -> Array:
    """sigmoid(z) - t, as (1 - t) sigmoid(z) - t sigmoid(-z): for a label 0 or 1 one product is 0."""
    e = space.xp.exp(-space.size(z))
    numerator = space.where(z > 0, (1 - t) - t * e, (1 - t) * e - t)
    return numerator - numerator * (e / (1 + e))  # numerator / (1 + e), with fewer roundings where e is small


def loss(space: Space, t: Array, q: Array) -> Array:
    """-t log q - (1 - t) log(1 - q), where 0 log 0 = 0."""
    other = 1 - t
    yes = t * space.log(space.where((t == 0) & (q == 0), 1.0, q))
    no = other * space.log1p(-space.where((other == 0) & (q >= 1), 0.0, q))
    return 0.0 - (yes + no)


def gradient(space: Space, t: Array, q: Array) -> Array:
    """(q - t) / (q (1 - q)): q and t are exact, so no digit is lost in their difference."""
    certain = (q == 0) | (q == 1)
    inner = space.where(certain, 0.5, q)
    soft = (inner - t) / (inner * (1 - inner))
    limit = space.where(t == q, space.xp.nan, space.where(q < t, -space.xp.inf, space.xp.inf))
    no = space.where(q == 1, space.xp.inf, 1 / space.where(q == 1, 0.5, 1 - q))
    yes = space.where(q == 0, -space.xp.inf, -1 / space.where(q == 0, 1.0, q))
    known = space.where(certain, limit, soft)
    return space.where(t == 0, no, space.where(t == 1, yes, known))


def _both_of_logits(space: Space, t: Array, z: Array) -> tuple[Array, Array]:
    return loss_of_logits(space, t, z), gradient_of_logits(space, t, z) + 0.0  # -0.0 becomes 0.0


def _both(space: Space, t: Array, q: Array) -> tuple[Array, Array]:
    return loss(space, t, q), gradient(space, t, q)
