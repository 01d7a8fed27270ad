"""Binary crossentropy, from probabilities or from logits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import AS_THEY_ARE, anywhere, flag, foreign, real_array
from ._elementwise import elementwise
from ._sums import complement, two_product, two_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LARGEST = np.finfo(np.float64).max


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
    flag("binary_crossentropy", "validate", validate)
    flag("binary_crossentropy", "from_logits", from_logits)
    core = _core.binary_crossentropy_of_logits if from_logits else _core.binary_crossentropy
    found = core(t, prediction, float(validate))
    if found is not NotImplemented:
        return found
    if foreign(t, prediction):
        return anywhere("binary_crossentropy", t, prediction, from_logits=from_logits, validate=validate)
    name = "binary_crossentropy"
    t, prediction = labelled(name, t, prediction, from_logits, validate)
    kernel = logits_loss if from_logits else loss
    return elementwise(name, kernel, core=lambda t, q: core(t, q, 0.0), t=t, prediction=prediction)


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
    flag("binary_crossentropy_value_and_grad", "validate", validate)
    flag("binary_crossentropy_value_and_grad", "from_logits", from_logits)
    name = "binary_crossentropy_value_and_grad"
    core = _core.binary_crossentropy_of_logits_value_and_grad if from_logits else _core.binary_crossentropy_value_and_grad
    found = core(t, prediction, float(validate))
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    if foreign(t, prediction):
        return anywhere(name, t, prediction, from_logits=from_logits, validate=validate)  # type: ignore[no-any-return]  # two
    t, prediction = labelled(name, t, prediction, from_logits, validate)
    both = _logits_both if from_logits else _both
    return elementwise(name, both, core=lambda t, q: core(t, q, 0.0), outputs=2, t=t, prediction=prediction)  # type: ignore[no-any-return]  # two outputs


def labelled(
    function: str, t: ArrayLike, prediction: ArrayLike, from_logits: bool, validate: bool
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Both as arrays; labels, and predictions that are no logits, between 0 and 1."""
    t, prediction = real_array(function, "t", t), real_array(function, "prediction", prediction)
    if validate:
        _from_0_to_1(function, "t", "labels", t, f"Scale them to 0 and 1, or {AS_THEY_ARE}.")
        if not from_logits:
            remedy = f"Scores that are no probabilities are logits: pass logits with from_logits=True, or {AS_THEY_ARE}."
            _from_0_to_1(function, "prediction", "probabilities", prediction, remedy)
    return t, prediction


def _from_0_to_1(function: str, argument: str, what: str, x: NDArray[Any], remedy: str) -> None:
    if x.size and x.min() >= 0 and x.max() <= 1:
        return
    wrong = (x < 0) | (x > 1)  # a nan passes, and comes out as nan
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"{argument}[{', '.join(map(str, index))}]" if index else argument
        raise ValueError(f"{function}: {what} must be from 0 to 1; {place} is {float(x[index])!r}. {remedy}")


def logits_loss(t: Floats, z: Floats) -> Floats:
    """t softplus(-z) + (1 - t) softplus(z)."""
    size = np.abs(z)
    return _loss_of_logits(t, z > 0, size, np.exp(-size), complement(t))


def _loss_of_logits(t: Floats, positive: Any, size: Floats, e: Floats, rest: tuple[Floats, Floats]) -> Floats:
    other, error = rest
    against = np.where(positive, other, t)
    linear = np.where(against == 0, 0.0, size * against)  # 0 times an infinite logit is 0
    log = np.log1p(e)
    if np.logical_or.reduce(error):  # labels 0 and 1 have none
        log += np.where(positive, error * np.minimum(size, LARGEST), 0.0)
    total: Floats = np.add(linear, log, out=linear)
    return total


def loss(t: Floats, q: Floats) -> Floats:
    """-t log q - (1 - t) log(1 - q), with 0 log 0 = 0."""
    other, error = complement(t)
    log_q, log_other = np.log(q), np.log1p(-q)
    (first, first_error), (second, second_error) = two_product(t, log_q), two_product(other, log_other)
    first, second = np.where(t == 0, 0.0, first), np.where(other == 0, 0.0, second)
    error = first_error + second_error + error * log_other
    if not np.isfinite(error).all():  # q is 0 or 1, and both terms are exact
        error = np.where(np.isfinite(error), error, 0.0)
    total, rounding = two_sum(first, second)
    surprisal: Floats = 0.0 - (total + (rounding + error))  # a minus sign alone would turn 0.0 to -0.0
    return surprisal


def logits_gradient(t: Floats, z: Floats, e: Floats) -> Floats:
    """sigmoid(z) - t with e = exp(-|z|), as (1 - t) sigmoid(z) - t sigmoid(-z): for a label 0 or 1 one product is 0."""
    return _gradient_of_logits(t, z > 0, e, complement(t))


def _gradient_of_logits(t: Floats, positive: Any, e: Floats, rest: tuple[Floats, Floats]) -> Floats:
    other, error = rest
    if np.logical_or.reduce(error):
        numerator = np.where(positive, other - (t * e - error), other * e - (t - error * e))
    else:  # labels 0 and 1 have no error
        numerator = np.where(positive, other - t * e, other * e - t)
    quotient: Floats = numerator - numerator * (e / (1 + e))  # numerator / (1 + e), with fewer roundings where e is small
    return quotient


def gradient(t: Floats, q: Floats) -> Floats:
    """(q - t) / (q (1 - q)): q and t are exact, so no digit is lost in their difference."""
    q = q + 0.0  # -0.0 is a probability of 0 as well
    soft = (q - t) / (q * (1 - q))
    return np.where(t == 0, 1 / (1 - q), np.where(t == 1, -1 / q, soft))


def of_hard_labels(t: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Loss and gradient of logits where all labels are 0 or 1: one of the two terms of each is 0, and needs no product."""
    found = _core.binary_crossentropy_of_logits_value_and_grad(t, z, 0.0)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    size = np.abs(z)
    e = np.exp(np.negative(size))
    against = np.not_equal(z > 0, t > 0.5)  # the logit is on the wrong side of 0, or on it
    loss = np.where(against, size, 0.0)
    loss += np.log1p(e)
    gradient = np.copysign(np.where(against, 1.0, e), 0.5 - t)
    e /= 1 + e
    e *= gradient
    gradient -= e  # numerator / (1 + e), with fewer roundings where e is small
    gradient += 0.0  # -0.0 becomes 0.0
    return loss, gradient


def _logits_both(t: Floats, z: Floats) -> tuple[Floats, Floats]:
    if not np.count_nonzero(t * (1 - t)):
        return of_hard_labels(t, z)
    size = np.abs(z)
    e, positive, rest = np.exp(-size), z > 0, complement(t)
    gradient = _gradient_of_logits(t, positive, e, rest)
    gradient += 0.0
    return _loss_of_logits(t, positive, size, e, rest), gradient


def _both(t: Floats, q: Floats) -> tuple[Floats, Floats]:
    return loss(t, q), gradient(t, q)
