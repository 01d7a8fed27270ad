"""Cross-entropy of a prediction: of pmfs, of labels as rows, of labels as class numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import (
    AS_THEY_ARE,
    check_probabilities,
    label_array,
    log_of_base,
    quiet,
    real_array,
    result_format,
    rows_of,
    same_shape,
)
from ._shifted import Shifted, limits, shifted
from ._sums import row_sum, two_sum
from .entropy import expected_surprisal

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis, Rows

    Floats = NDArray[np.float64]

FROM_LOGITS = "pass logits with from_logits=True"


@quiet
def crossentropy(p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Mean surprisal -sum(p log q) in nats of the prediction q under the truth p, within 6 ULP for any two pmfs with q <= 1.

    An entry that rounding left above 1 has a negative surprisal: where it cancels the rest, within 4 u sum|p log q|.

    Parameters
    ----------
    p, q : array_like
        The truth and the prediction: probabilities of one shape, float16, float32, float64, integers or booleans.
        0 log 0 = 0.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
    axis : int, tuple of int or None
        The axes of the outcomes; None takes all of them.
    validate : bool
        Check that both are >= 0 and that rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the
        format.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the wider float format of the two (float64 for integers; float32, float16: 0.51 ULP).
        +inf where p > 0 = q; nan if the row holds a nan.

    Raises
    ------
    ValueError
        If `p` or `q` is not a pmf, the shapes differ, an axis is out of range or empty, or `base` is not positive, is 1
        or is not finite.
    TypeError
        If `p` or `q` holds anything but real numbers.
    """
    p, q = real_array("crossentropy", "p", p), real_array("crossentropy", "q", q)
    same_shape("crossentropy", "p", p, "q", q)
    rows = rows_of("crossentropy", "p", p, axis)
    divisor = log_of_base("crossentropy", base)
    if validate:
        check_probabilities("crossentropy", "p", p, rows, axis, AS_THEY_ARE)
        instead = "pass logits to categorical_crossentropy with from_logits=True"
        check_probabilities("crossentropy", "q", q, rows, axis, instead)
    values = expected_surprisal(rows.split(p), np.log(rows.split(q)), divisor)
    return rows.join_values(values, result_format(p, q))


@quiet
def categorical_crossentropy(
    t: ArrayLike, prediction: ArrayLike, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> Any:
    """Loss in nats of each sample with labels t given as rows of probabilities, within 6 ULP for any finite input.

    -sum(t log q) for probabilities q; T logsumexp(z) - sum(t z) with T = sum(t) for logits z, summed as -sum(t
    log_softmax(z)): terms of one sign, so that a confident right answer costs 8.5e-18, not 0. (For probabilities the bound
    holds if none is above 1, as in `crossentropy`.)

    Parameters
    ----------
    t : array_like
        Labels: one-hot or soft, probabilities along `axis`. A 0 costs nothing, also against a probability of 0 or a
        logit of -inf.
    prediction : array_like
        Probabilities, or logits if `from_logits`, of the shape of `t`; logits of +-inf and nan as in `softmax`.
    from_logits : bool
        Whether `prediction` holds logits. Logits are better: probabilities have already lost digits.
    axis : int, tuple of int or None
        The axes of the classes; None takes all of them.
    validate : bool
        Check that labels and predicted probabilities are >= 0 and that their rows sum to 1 within
        min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the format.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a sample, not averaged, in the wider float format of the two (float64 for integers; float32, float16:
        0.51 ULP). +inf where t > 0 meets a probability of 0.

    Raises
    ------
    ValueError
        If the labels or the predicted probabilities are not pmfs, the shapes differ, or an axis is out of range or
        empty.
    TypeError
        If `t` or `prediction` holds anything but real numbers.
    """
    rows, t, prediction = _categorical("categorical_crossentropy", t, prediction, from_logits, axis, validate)
    batch, labels = rows.split(prediction), rows.split(t)
    log_q = shifted(limits(batch)).log_probabilities() if from_logits else np.log(batch)
    return rows.join_values(expected_surprisal(labels, log_q), result_format(t, prediction))


@quiet
def categorical_crossentropy_value_and_grad(
    t: ArrayLike, prediction: ArrayLike, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> tuple[Any, Any]:
    """Loss of each sample, and the gradient of each sample's own loss with respect to its prediction.

    The gradient is T s - t for logits (s their softmax, T = sum(t)), within 4 u (T s + t); -t / q for probabilities q,
    within 1 ULP, and 0 where t = 0.

    Parameters
    ----------
    t, prediction, from_logits, axis, validate
        As in `categorical_crossentropy`.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        The losses, bit for bit those of `categorical_crossentropy`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `prediction`. Divide it by the number of samples for the gradient of the mean loss.

    Raises
    ------
    ValueError, TypeError
        As in `categorical_crossentropy`.
    """
    name = "categorical_crossentropy_value_and_grad"
    rows, t, prediction = _categorical(name, t, prediction, from_logits, axis, validate)
    batch, labels = rows.split(prediction), rows.split(t)
    if from_logits:
        parts = shifted(limits(batch))
        log_q = parts.log_probabilities()
        gradient = _logits_gradient(labels, parts)
    else:
        log_q = np.log(batch)
        gradient = np.where((labels == 0) & (batch == 0), 0.0, -labels / batch)
    dtype = result_format(t, prediction)
    values = expected_surprisal(labels, log_q)
    return rows.join_values(values, dtype), rows.join(gradient + 0.0, dtype)


@quiet
def sparse_categorical_crossentropy(
    labels: ArrayLike,
    prediction: ArrayLike,
    *,
    from_logits: bool = False,
    axis: Axis = -1,
    validate: bool = True,
) -> Any:
    """Loss in nats of each sample, its label the number of its class, within 6 ULP for any finite input.

    -log q[label] for probabilities q; -log_softmax(z)[label] for logits z.

    Parameters
    ----------
    labels : array_like
        Integers from 0, of the shape of `prediction` without the axes of the classes.
    prediction : array_like
        Probabilities, or logits if `from_logits`: float16, float32, float64, integers or booleans; logits of +-inf and
        nan as in `softmax`.
    from_logits : bool
        Whether `prediction` holds logits. Logits are better: probabilities have already lost digits.
    axis : int, tuple of int or None
        The axes of the classes, None for all; along several axes labels count classes in C order.
    validate : bool
        Check that predicted probabilities are >= 0 and that their rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u
        the unit roundoff of the format. Labels are always checked.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a sample, not averaged, in the float format of `prediction` (float64 for integers; float32, float16:
        0.51 ULP). +inf where the label meets a probability of 0.

    Raises
    ------
    ValueError
        If a label is out of range, the shapes do not fit, the predicted probabilities are not pmfs, or an axis is out of
        range or empty.
    TypeError
        If labels are not integers, or `prediction` holds anything but real numbers.
    """
    rows, label, prediction = _sparse("sparse_categorical_crossentropy", labels, prediction, from_logits, axis, validate)
    batch = rows.split(prediction)
    return rows.join_values(_surprisal_of(label, batch, from_logits), result_format(prediction))


@quiet
def sparse_categorical_crossentropy_value_and_grad(
    labels: ArrayLike,
    prediction: ArrayLike,
    *,
    from_logits: bool = False,
    axis: Axis = -1,
    validate: bool = True,
) -> tuple[Any, Any]:
    """Loss of each sample, and the gradient of each sample's own loss with respect to its prediction, within 6 ULP.

    The gradient is s - onehot(label) for logits (s their softmax): at the label it is minus the sum of the others, which
    keeps its digits when s is nearly 1. For probabilities q it is -1 / q at the label and 0 elsewhere.

    Parameters
    ----------
    labels, prediction, from_logits, axis, validate
        As in `sparse_categorical_crossentropy`.

    Returns
    -------
    values : numpy.ndarray or numpy scalar
        The losses, bit for bit those of `sparse_categorical_crossentropy`.
    gradient : numpy.ndarray or numpy scalar
        Of the shape of `prediction`. Divide it by the number of samples for the gradient of the mean loss.

    Raises
    ------
    ValueError, TypeError
        As in `sparse_categorical_crossentropy`.
    """
    name = "sparse_categorical_crossentropy_value_and_grad"
    rows, label, prediction = _sparse(name, labels, prediction, from_logits, axis, validate)
    batch = rows.split(prediction)
    if from_logits:
        parts = shifted(limits(batch))
        gradient = parts.probabilities()
        at_label = -np.take_along_axis(parts.complements(gradient), label, axis=1) + 0.0
    else:
        gradient = np.zeros_like(batch)
        at_label = -1 / np.take_along_axis(batch, label, axis=1)
    np.put_along_axis(gradient, label, at_label, axis=1)
    dtype = result_format(prediction)
    return rows.join_values(_surprisal_of(label, batch, from_logits), dtype), rows.join(gradient, dtype)


def _categorical(
    function: str, t: ArrayLike, prediction: ArrayLike, from_logits: bool, axis: Axis, validate: bool
) -> tuple[Rows, NDArray[Any], NDArray[Any]]:
    t, prediction = real_array(function, "t", t), real_array(function, "prediction", prediction)
    same_shape(function, "t", t, "prediction", prediction)
    rows = rows_of(function, "prediction", prediction, axis)
    if validate:
        check_probabilities(function, "t", t, rows, axis, AS_THEY_ARE)
        if not from_logits:
            check_probabilities(function, "prediction", prediction, rows, axis, FROM_LOGITS)
    return rows, t, prediction


def _logits_gradient(t: Floats, parts: Shifted) -> Floats:
    """T s_i - t_i as s_i (T - t_i) - t_i (1 - s_i): for a one-hot row one product is 0 and the other keeps its digits."""
    total, total_error = row_sum(t)
    others, error = two_sum(total[:, None], -t)
    quotient, correction = parts.quotient()
    # T - t_i is mostly near 1: times 1 costs no rounding, the rest of it is small (and exact)
    near_one = np.where(others > 0.5, 1.0, 0.0)
    small = quotient * (others - near_one) + quotient * (correction * others + (error + total_error[:, None]))
    return quotient * near_one + (small - t * parts.complements(parts.probabilities()))


def _sparse(
    function: str, labels: ArrayLike, prediction: ArrayLike, from_logits: bool, axis: Axis, validate: bool
) -> tuple[Rows, NDArray[np.intp], NDArray[Any]]:
    prediction = real_array(function, "prediction", prediction)
    rows = rows_of(function, "prediction", prediction, axis)
    label = label_array(function, labels, rows.length)
    if label.shape != rows.batch:
        raise ValueError(
            f"{function}: labels must have the shape of prediction without its class axes, {rows.batch}, got "
            f"{label.shape}. Pass one class number a sample; one-hot rows go to categorical_crossentropy."
        )
    if validate and not from_logits:
        check_probabilities(function, "prediction", prediction, rows, axis, FROM_LOGITS)
    return rows, label.reshape(-1, 1), prediction


def _surprisal_of(label: NDArray[np.intp], batch: Floats, from_logits: bool) -> Floats:
    log_q = shifted(limits(batch)).log_probabilities() if from_logits else np.log(batch)
    return -np.take_along_axis(log_q, label, axis=1)[:, 0] + 0.0
