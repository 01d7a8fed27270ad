"""Cross-entropy of a prediction: of pmfs, of labels as rows, of labels as class numbers."""

from __future__ import annotations

from typing import Any

from . import _core
from ._arrays import flag, inverse_log, logarithm, per_unit
from ._space import ENTRIES, VALUE, Array, ArrayLike, Axis, Space, space
from .entropy import surprisal
from .kl_divergence import two_pmfs
from .softmax import Exponentials, exponentials

FROM_LOGITS = "pass logits with from_logits=True"
CLASSES = (
    "have the shape of prediction without its class axes, {}, got {}. Pass one class number a sample; one-hot rows go to "
    "categorical_crossentropy."
)
HEAVY = 2.0  # the sum of labels that are no shares, but more


def crossentropy(p: ArrayLike, q: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Mean surprisal -sum(p log q) in nats of the prediction q under the truth p, within 3 ULP for any two pmfs with q <= 1.

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
    flag("crossentropy", "validate", validate)
    unit = per_unit(base)
    if unit and (found := _core.crossentropy(p, q, axis, 3 * validate, *unit)) is not NotImplemented:
        return found
    call = two_pmfs("crossentropy", p, q, axis, validate, "pass logits to categorical_crossentropy with from_logits=True")
    log, divisor = logarithm("crossentropy", base)

    def compiled(p: Any, q: Any, axis: Any) -> Any:
        return _core.crossentropy(p, q, axis, 0, *inverse_log(base))

    return call.by_row(lambda row, p, q: surprisal(row, p, q, log, divisor), "p", "q", gives=(VALUE,), core=compiled)


def categorical_crossentropy(
    t: ArrayLike, prediction: ArrayLike, *, from_logits: bool = False, axis: Axis = -1, validate: bool = True
) -> Any:
    """Loss in nats of each sample with labels t given as rows of probabilities, within 3.5 ULP for any finite input.

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
        If the labels or the predicted probabilities are not pmfs, the shapes differ, or an axis is out of range or empty.
    TypeError
        If `t` or `prediction` holds anything but real numbers.
    """
    name = "categorical_crossentropy"
    _require_flags(name, from_logits, validate)
    core = _compiled("", from_logits)
    if (found := core(t, prediction, axis, validate)) is not NotImplemented:
        return found
    call = _with_rows(name, t, prediction, from_logits, axis, validate)
    loss = _loss_of_logits if from_logits else surprisal
    return call.by_row(loss, "t", "prediction", gives=(VALUE,), core=core)


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
    _require_flags(name, from_logits, validate)
    core = _compiled("_value_and_grad", from_logits)
    if (found := core(t, prediction, axis, validate)) is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    call = _with_rows(name, t, prediction, from_logits, axis, validate)
    both = _both_of_logits if from_logits else _both
    return call.by_row(both, "t", "prediction", gives=(VALUE, ENTRIES), core=core)  # type: ignore[no-any-return]  # two


def sparse_categorical_crossentropy(
    labels: ArrayLike,
    prediction: ArrayLike,
    *,
    from_logits: bool = False,
    axis: Axis = -1,
    validate: bool = True,
) -> Any:
    """Loss in nats of each sample, its label the number of its class, within 3.5 ULP for any finite input.

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
    name = "sparse_categorical_crossentropy"
    _require_flags(name, from_logits, validate)
    core = _compiled_of_numbers("", from_logits)
    if (found := core(labels, prediction, axis, validate)) is not NotImplemented:
        return found
    call = _with_numbers(name, labels, prediction, from_logits, axis, validate)
    loss = _surprisal_of_logits if from_logits else _surprisal
    return call.by_row(lambda row, *arrays: loss(row, *arrays)[0], "labels", "prediction", gives=(VALUE,), core=core)


def sparse_categorical_crossentropy_value_and_grad(
    labels: ArrayLike,
    prediction: ArrayLike,
    *,
    from_logits: bool = False,
    axis: Axis = -1,
    validate: bool = True,
) -> tuple[Any, Any]:
    """Loss of each sample, and the gradient of each sample's own loss with respect to its prediction, within 4 ULP.

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
    _require_flags(name, from_logits, validate)
    core = _compiled_of_numbers("_value_and_grad", from_logits)
    if (found := core(labels, prediction, axis, validate)) is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    call = _with_numbers(name, labels, prediction, from_logits, axis, validate)
    both = _surprisal_of_logits if from_logits else _surprisal
    return call.by_row(both, "labels", "prediction", gives=(VALUE, ENTRIES), core=core)  # type: ignore[no-any-return]  # two


def _require_flags(function: str, from_logits: bool, validate: bool) -> None:
    flag(function, "validate", validate)
    flag(function, "from_logits", from_logits)


# labels as rows ---------------------------------------------------------------------------------------------------------


def _compiled(kind: str, from_logits: bool) -> Any:
    """The function of the compiled core, of labels, prediction and axis; without checks unless it is told to check."""
    if from_logits:
        core = getattr(_core, f"crossentropy_of_logits{kind}")
        return lambda t, z, axis, validate=False: core(t, z, axis, int(validate))
    core = getattr(_core, f"crossentropy{kind}")
    return lambda t, q, axis, validate=False: core(t, q, axis, 3 * validate, 1.0, 0.0)


def _with_rows(function: str, t: ArrayLike, prediction: ArrayLike, from_logits: bool, axis: Axis, validate: bool) -> Space:
    call = space(function, t=t, prediction=prediction)
    call.same_shape("t", "prediction")
    call.along("prediction", axis)
    if validate:
        call.check_pmf("t", axis)
        if not from_logits:
            call.check_pmf("prediction", axis, FROM_LOGITS)
    return call


def _both(row: Space, t: Array, q: Array) -> tuple[Array, Array]:
    """-sum(t log q) and -t / q, which is 0 where t = 0."""
    zero = q == 0
    slope = row.where(zero, row.where(t == 0, 0.0, row.xp.inf), t / row.where(zero, 1.0, q))
    return surprisal(row, t, q), 0.0 - slope


def _loss_of_logits(row: Space, t: Array, z: Array) -> Array:
    return _expected(row, t, z, exponentials(row, z))


def _expected(row: Space, t: Array, z: Array, found: Exponentials) -> Array:
    """sum t (log(1 + rivals) + (top - z)): products of non-negative numbers, so that the loss is 0 only where it rounds to 0."""
    cost = found.surprisals
    infinite = cost == row.xp.inf
    if row.perhaps(infinite):  # 0 log 0 = 0
        cost = row.where(infinite & (t == 0), 0.0, cost)
    terms = t * cost
    unit = row.unit(terms)
    if row.perhaps(unit != 1.0):
        terms = row.where(t > 1, t * (unit * cost), t * unit * cost)
    if row.perhaps(infinite):  # the distance of two huge logits may overflow where its share does not
        far = infinite & row.xp.isfinite(z) & row.xp.isfinite(row.max(z))
        quarter = row.where(far, row.max(z) / 4 - row.where(far, z, 0.0) / 4, 0.0)
        terms = row.where(far, t * unit * quarter * 4, terms)
    return row.total(terms) / unit


def _both_of_logits(row: Space, t: Array, z: Array) -> tuple[Array, Array]:
    """The loss and T s - t. Where s and t are more than half of all, the difference is s (T - t) - t (1 - s)."""
    found, unit = exponentials(row, z), row.unit(t)
    share = t * unit
    mass, mass_rest = row.pair(share)
    whole, whole_rest = row.two_sum(0.0 * found.rivals + 1.0, found.rivals)
    quotient = mass / whole
    back, error = row.two_product(quotient, whole)  # of two sums in two parts, it is as good as rounded once
    quotient = quotient + (((mass - back) - error) + (mass_rest - quotient * whole_rest)) / whole
    part = found.e * quotient
    faint = (found.distance < -row.reach) & (mass > HEAVY)
    if row.perhaps(faint):  # s may underflow where T s does not: half of its exponent at a time
        root = row.xp.exp(row.where(faint, found.distance, 0.0) / 2)
        part = row.where(faint, root * (quotient * root) * (1 + found.slip), part)
    leading = (share > mass / 2) & (found.e > whole / 2)
    gradient = part - share
    if row.perhaps(leading):
        lead = found.e / whole * (mass - share) - share * (found.rivals / whole)
        gradient = row.where(leading, lead, gradient)
    if row.perhaps(unit != 1.0):  # what is left of a small label is the label
        gradient = row.where(part == 0, -t, gradient / unit)
    return _expected(row, t, z, found), gradient


# labels as class numbers ------------------------------------------------------------------------------------------------


def _compiled_of_numbers(kind: str, from_logits: bool) -> Any:
    """As `_compiled`, of class numbers."""
    if from_logits:
        core = getattr(_core, f"sparse_crossentropy_of_logits{kind}")
        return lambda labels, z, axis, validate=False: core(labels, z, axis)
    core = getattr(_core, f"sparse_crossentropy{kind}")
    return lambda labels, q, axis, validate=False: core(labels, q, axis, int(validate))


def _with_numbers(
    function: str, labels: ArrayLike, prediction: ArrayLike, from_logits: bool, axis: Axis, validate: bool
) -> Space:
    call = space(function, labels=labels, prediction=prediction)
    call.along("prediction", axis)
    call.check_labels(CLASSES)
    if validate and not from_logits:
        call.check_pmf("prediction", axis, FROM_LOGITS)
    return call


def _surprisal(row: Space, labels: Array, q: Array) -> tuple[Array, Array]:
    """-log q at the label, and -1 / q there."""
    label = labels == row.numbers
    chosen = row.sum(row.where(label, q, 0.0))
    zero = q == 0
    slope = row.where(label, row.where(zero, -row.xp.inf, -1 / row.where(zero, 1.0, q)), 0.0)
    return row.known(0.0 - row.log(chosen)), row.known(slope)


def _surprisal_of_logits(row: Space, labels: Array, z: Array) -> tuple[Array, Array]:
    """log(1 + rivals) + (top - z) at the label, and s - 1 there: above 1/2 minus the sum of the others, so that none is 0."""
    label, found = labels == row.numbers, exponentials(row, z)
    whole = 1 + found.rivals
    s = found.e / whole
    gradient = row.where(label, row.where(s > 0.5, -(found.rivals / whole), s - 1), s)
    return row.known(row.sum(row.where(label, found.surprisals, 0.0))), row.known(gradient)
