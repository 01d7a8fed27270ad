"""Cross-entropy of a prediction: of pmfs, of labels as rows, of labels as class numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._arrays import (
    AS_THEY_ARE,
    anywhere,
    check_probabilities,
    flag,
    floats,
    foreign,
    inverse_log,
    label_array,
    logarithm,
    per_unit,
    real_array,
    result_format,
    rows_of,
    same_shape,
    two_pmfs,
)
from ._blocks import BLOCK, FRESH, LongRow, few_rows, mended, rowwise
from ._exponentials import Exponentials, kept_or_again, normalised, set_apart, set_apart_all
from ._sums import (
    HIDDEN,
    HUGE,
    TINY,
    few_are_pmfs,
    out_of_range,
    rounded_sums,
    row_sum,
    signed_sum,
    split,
    sum_and_error,
    sum_and_rest,
    sum_of,
    sums_of,
    two_sum,
)
from .entropy import write_surprisal

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis, Rows
    from ._blocks import Block, FewRows
    from ._exponentials import Apart

    Floats = NDArray[np.float64]

FROM_LOGITS = "pass logits with from_logits=True"
LIGHT = 2.0  # the sum of labels that are shares, and more
FAINT = 2.0**-900  # of the largest exponential: below, what is left may be subnormal


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
    if (unit := per_unit(base)) is not None:
        found = _core.crossentropy(p, q, axis, 3 * validate, *unit)
        if found is not NotImplemented:
            return found
    few = few_rows(axis, p, q)
    if few is not None and (not validate or few_are_pmfs(few, 0, 1)):
        return few.work(partial(_crossentropy, *logarithm("crossentropy", base)))
    if foreign(p, q):
        return anywhere("crossentropy", p, q, base=base, axis=axis, validate=validate)
    instead = "pass logits to categorical_crossentropy with from_logits=True"
    rows, p, q = two_pmfs("crossentropy", p, q, axis, validate, instead)
    log, divisor = logarithm("crossentropy", base)
    found = _core.crossentropy(floats(p), floats(q), rows.reduced, 0, *inverse_log(base))
    if found is not NotImplemented:
        return found
    kernel = partial(_crossentropy, log, divisor)
    return rows.joined(rowwise(kernel, rows, [p, q], result_format(p, q), values=1)[1][0])


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
        If the labels or the predicted probabilities are not pmfs, the shapes differ, or an axis is out of range or
        empty.
    TypeError
        If `t` or `prediction` holds anything but real numbers.
    """
    flag("categorical_crossentropy", "validate", validate)
    flag("categorical_crossentropy", "from_logits", from_logits)
    found = _asked("", t, prediction, from_logits, axis, validate)
    if found is not NotImplemented:
        return found
    kernel = _loss_of_logits if from_logits else _loss_of_probabilities
    few = few_rows(axis, t, prediction)
    if few is not None and (not validate or few_are_pmfs(few, *((0,) if from_logits else (0, 1)))):
        return few.work(kernel)
    if foreign(t, prediction):
        return anywhere("categorical_crossentropy", t, prediction, from_logits=from_logits, axis=axis, validate=validate)
    rows, t, prediction = _categorical("categorical_crossentropy", t, prediction, from_logits, axis, validate)
    found = _asked("", floats(t), floats(prediction), from_logits, rows.reduced, False)
    if found is not NotImplemented:
        return found
    return rows.joined(rowwise(kernel, rows, [t, prediction], result_format(t, prediction), values=1)[1][0])


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
    flag("categorical_crossentropy_value_and_grad", "validate", validate)
    flag("categorical_crossentropy_value_and_grad", "from_logits", from_logits)
    name = "categorical_crossentropy_value_and_grad"
    found = _asked("_value_and_grad", t, prediction, from_logits, axis, validate)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    kernel = _loss_and_gradient_of_logits if from_logits else _loss_and_gradient_of_probabilities
    few = few_rows(axis, t, prediction)
    if few is not None and (not validate or few_are_pmfs(few, *((0,) if from_logits else (0, 1)))):
        return few.work(kernel)  # type: ignore[no-any-return]  # two
    if foreign(t, prediction):
        return anywhere(name, t, prediction, from_logits=from_logits, axis=axis, validate=validate)  # type: ignore[no-any-return]  # two
    rows, t, prediction = _categorical(name, t, prediction, from_logits, axis, validate)
    found = _asked("_value_and_grad", floats(t), floats(prediction), from_logits, rows.reduced, False)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    dtype = result_format(t, prediction)
    (gradient,), (value,) = rowwise(kernel, rows, [t, prediction], dtype, outputs=1, values=1)
    return rows.joined(value), gradient[()]


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
    flag("sparse_categorical_crossentropy", "validate", validate)
    flag("sparse_categorical_crossentropy", "from_logits", from_logits)
    found = _asked_of_classes("", labels, prediction, from_logits, axis, validate)
    if found is not NotImplemented:
        return found
    if from_logits and (few := few_rows(axis, prediction)) is not None and _takes_labels(few, labels):
        return few.work(_surprisal_of_logits)
    if foreign(labels, prediction):
        name = "sparse_categorical_crossentropy"
        return anywhere(name, labels, prediction, from_logits=from_logits, axis=axis, validate=validate)
    rows, label, prediction = _sparse("sparse_categorical_crossentropy", labels, prediction, from_logits, axis, validate)
    found = _asked_of_classes("", label, floats(prediction), from_logits, rows.reduced, False)
    if found is not NotImplemented:
        return found
    kernel = _surprisal_of_logits if from_logits else _surprisal_of_probabilities
    found = rowwise(kernel, rows, [prediction], result_format(prediction), columns=[label], values=1)
    return rows.joined(found[1][0])


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
    flag("sparse_categorical_crossentropy_value_and_grad", "validate", validate)
    flag("sparse_categorical_crossentropy_value_and_grad", "from_logits", from_logits)
    found = _asked_of_classes("_value_and_grad", labels, prediction, from_logits, axis, validate)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    if from_logits and (few := few_rows(axis, prediction)) is not None and _takes_labels(few, labels):
        return few.work(_surprisal_and_gradient_of_logits)  # type: ignore[no-any-return]  # two
    name = "sparse_categorical_crossentropy_value_and_grad"
    if foreign(labels, prediction):
        return anywhere(name, labels, prediction, from_logits=from_logits, axis=axis, validate=validate)  # type: ignore[no-any-return]  # two
    rows, label, prediction = _sparse(name, labels, prediction, from_logits, axis, validate)
    found = _asked_of_classes("_value_and_grad", label, floats(prediction), from_logits, rows.reduced, False)
    if found is not NotImplemented:
        return found  # type: ignore[no-any-return]  # two
    kernel = _surprisal_and_gradient_of_logits if from_logits else _surprisal_and_gradient_of_probabilities
    dtype = result_format(prediction)
    (gradient,), (value,) = rowwise(kernel, rows, [prediction], dtype, columns=[label], outputs=1, values=1)
    return rows.joined(value), gradient[()]


def of_few_rows(labels: NDArray[np.intp], logits: Floats) -> tuple[Floats, Floats] | None:
    """`sparse_categorical_crossentropy_value_and_grad` of a table of few logits, whose labels are known to be right.

    The operations are those of `_surprisal_and_gradient_of_logits`, without what a block costs. None where the table is not
    one of few short rows, or a row needs more care; for a caller who lets no flag of NumPy warn.
    """
    few = few_rows(1, logits)
    if few is None or few.axis or logits.size > FRESH:
        return None
    apart = set_apart(few, 0, few.room())
    if apart.wrong is not None:
        return None
    top, rivals = apart.top, apart.rivals
    place = labels * top.size  # in the table, whose rows lie side by side
    place += np.arange(top.size)
    losses = apart.highest - few.inputs[0].take(place)
    losses += np.log1p(rivals / top)
    top += rivals
    table = apart.e
    table /= top
    chosen = table.take(place)
    table.put(place, np.where(chosen > 0.5, -(rivals / top), chosen - 1))
    return losses, table.T.copy()


def _asked(kind: str, t: Any, prediction: Any, from_logits: bool, axis: Any, validate: bool) -> Any:
    """What the compiled core says of labels as rows."""
    if from_logits:
        return getattr(_core, "crossentropy_of_logits" + kind)(t, prediction, axis, int(validate))
    return getattr(_core, "crossentropy" + kind)(t, prediction, axis, 3 * validate, 1.0, 0.0)


def _asked_of_classes(kind: str, labels: Any, prediction: Any, from_logits: bool, axis: Any, validate: bool) -> Any:
    """What the compiled core says of labels as class numbers."""
    if from_logits:
        return getattr(_core, "sparse_crossentropy_of_logits" + kind)(labels, prediction, axis)
    return getattr(_core, "sparse_crossentropy" + kind)(labels, prediction, axis, int(validate))


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
    return rows, label, prediction


def _crossentropy(log: Callable[..., Any], divisor: float, block: Block) -> None:
    write_surprisal(block, log, divisor, 1)


# labels as rows -------------------------------------------------------------------------------------------------


def _loss_of_probabilities(block: Block) -> None:
    write_surprisal(block, np.log, 1, 1)


def _loss_and_gradient_of_probabilities(block: Block) -> None:
    _loss_of_probabilities(block)
    for strip in block.pieces():
        truth, prediction = block.load(strip)
        gradient = np.divide(truth, prediction, out=block.room(strip))
        np.subtract(0.0, gradient, out=gradient)
        if not prediction.item(prediction.argmin()) > 0:
            np.copyto(gradient, 0.0, where=(truth == 0) & (prediction == 0))
        block.write(gradient, strip)


def _loss_of_logits(block: Block) -> None:
    loss, wrong = _expected_surprisal(block, set_apart_all(block, 1))
    if wrong is not None and block.strips > 1:
        _loss_with_care(block)
        return
    if wrong is not None:
        _, loss = mended(block, wrong, _loss_with_care, values=loss)
    block.write_values(loss)


def _expected_surprisal(block: Block, apart: Apart) -> tuple[Any, Any]:
    """sum t (log + highest - z) of each row, of products of non-negative numbers; and the rows that need more care."""
    log = apart.log_rivals()

    def sums(block: Block) -> tuple[Any]:
        truth, z = block.load()
        cost = np.subtract(apart.highest, z, block.like())
        cost += log
        cost *= truth
        return (signed_sum(block, cost, 1, fine=True),)

    (loss,) = sums_of(block, sums)
    return loss, out_of_range(loss, 1, apart.wrong, zero=True)


def _loss_and_gradient_of_logits(block: Block) -> None:
    apart = set_apart_all(block, 1, output=0)
    loss, wrong = _expected_surprisal(block, apart)
    if wrong is not None and block.strips > 1:
        _loss_and_gradient_with_care(block)
        return
    gradient = apart.e
    if apart.wrong is not True:
        mass, total, part = _shares(block, apart)
        wrong = _weighty(block, apart, mass, wrong)
        if wrong is not None and block.strips > 1:
            _loss_and_gradient_with_care(block)
            return
        for strip in block.each():
            gradient = apart.e if block.strips == 1 else kept_or_again(strip, 1, block.keeps())
            gradient *= part
            _subtract(strip, gradient, apart, mass, total)
            strip.write(gradient)
    if wrong is not None:
        gradient, loss = mended(block, wrong, _loss_and_gradient_with_care, gradient, loss)
        block.write(gradient)
    block.write_values(loss)


def _shares(block: Block, apart: Apart) -> tuple[Any, Any, Any]:
    """T = sum t, the sum of the exponentials, and their quotient."""

    def masses(block: Block) -> tuple[Any, Any]:
        truth = block.load()[0]
        return sum_and_rest(truth, block.axis) if block.careful else (row_sum(truth, block.axis), 0.0)

    def totals(strip: Block) -> tuple[Any, Any]:
        if block.strips == 1:
            return sum_and_rest(apart.e, block.axis, apart.top)
        return sum_and_rest(kept_or_again(strip, 1, block.keeps()), 1)

    mass, rest = rounded_sums(block, masses)
    if not block.careful:
        return mass, apart.total, mass / apart.total
    total, missing = rounded_sums(block, totals)
    return mass, total, _quotient(mass, rest, total, missing)


def _weighty(block: Block, apart: Apart, mass: Any, wrong: Any) -> Any:
    """The rows that are `wrong`, and those of such heavy labels that T s - t overflows, or s underflows where T s does not."""
    if not block.careful:
        return wrong
    if isinstance(mass, float):
        heavy = not mass <= LIGHT and not (mass <= HUGE and apart.e.item(apart.e.argmin()) >= FAINT * apart.top)
        return True if heavy else wrong
    if mass.item(mass.argmax()) <= LIGHT:
        return wrong
    heavy = ~(mass <= LIGHT)
    if block.strips == 1:
        least = np.minimum.reduce(apart.e, axis=-1 if block.axis else 0).reshape(mass.shape)
        heavy &= ~((mass <= HUGE) & (least >= FAINT * apart.top))
    if wrong is not None:
        heavy |= wrong
    return heavy if heavy.any() else None


def _subtract(block: Block, gradient: Floats, apart: Apart, mass: Any, total: Any) -> None:
    """T s less t, in place."""
    truth, lead = block.load()[0], None
    if np.count_nonzero(apart.rivals < apart.top * (1 if block.careful else HIDDEN)):
        place = np.nonzero((truth > mass / 2) & (gradient > mass / 2))
        if place[0].size:
            lead = _lead(block, place, apart, mass, total)
    gradient -= truth
    if lead is not None:
        gradient[place] = lead


def _lead(block: Block, place: Any, apart: Apart, mass: Any, total: Any) -> Any:
    """T s - t where s and t are more than half of their sums; if t is all of T nothing cancels."""
    t = block.load()[0][place]
    top, rivals = apart.top, apart.rivals
    if len(place) > 1:
        row = place[0 if block.axis else 1]
        top, rivals, mass, total = (np.reshape(x, -1)[row] for x in (top, rivals, mass, total))
    return _difference(top, rivals, t, mass, total)


def _difference(top: Any, rivals: Any, t: Any, mass: Any, total: Any) -> Any:
    """T s - t with s = top / total as s (T - t) - t (1 - s)."""
    return top / total * (mass - t) - rivals / total * t


# the same for rows of any length and kind


def _loss_with_care(block: Block) -> None:
    exponentials = Exponentials(block, argument=1)
    exponentials.sum()
    _write_loss(block, exponentials)


def _write_loss(block: Block, exponentials: Exponentials) -> None:
    log = exponentials.log_rivals()
    finite = exponentials.infinite is None and np.isfinite(exponentials.deepest)

    def terms(strip: int, scale: Any) -> Floats:
        """t (log + highest - z): products of non-negative numbers."""
        truth, z = block.load(strip)[0], exponentials.logits(strip)
        if isinstance(scale, float):
            cost: Floats = np.subtract(exponentials.highest, z, out=block.like(strip))
            cost += log
            cost *= truth
        else:  # the distance of huge logits may overflow where its share does not
            less, more = np.minimum(scale, 1.0), np.maximum(scale, 1.0)
            cost = (exponentials.highest * less - z * less) + log * less
            heavy = truth > 1  # there the distance is what is tiny
            cost = cost * np.where(heavy, more, 1.0) * (truth * np.where(heavy, 1.0, more))
        if not finite:
            np.copyto(cost, 0.0, where=truth == 0)  # also against a mask
        return cost

    loss = sum_of(block, terms, 1)
    if not finite and np.isinf(loss).any():
        smaller = np.full_like(exponentials.highest, 2.0**-600)
        share, _ = sum_and_error(block, lambda strip: terms(strip, smaller))
        loss = np.where(np.isinf(loss) & np.isfinite(share), share / smaller, loss)
    block.write_values(loss if finite else np.where(np.isnan(exponentials.highest), np.nan, loss))


def _loss_and_gradient_with_care(block: Block) -> None:
    exponentials = Exponentials(block, argument=1)
    exponentials.sum()
    _write_loss(block, exponentials)
    total, error = sum_and_error(block, lambda strip: block.load(strip)[0])
    scale: Any = 1.0
    if not (TINY <= np.minimum.reduce(total, axis=None) and np.maximum.reduce(total, axis=None) <= HUGE):
        scale = np.where(total <= HUGE, np.where(TINY <= total, 1.0, 2.0**600), 2.0**-64)  # T may overflow, T s underflow
        total, error = sum_and_error(block, lambda strip: block.load(strip)[0] * scale)
    if block.careful:
        part = _quotient(total, error, exponentials.total, (exponentials.coarse - exponentials.total) + exponentials.fine)
    else:
        part = total / exponentials.total
    for strip in block.pieces():
        truth = block.load(strip)[0] * scale
        e = exponentials.exponential(strip, block.like(strip))
        gradient = np.multiply(e, part, out=block.room(strip))
        if not np.maximum.reduce(total, axis=None) <= LIGHT:
            _put_faint(gradient, e, exponentials, strip, total, total > LIGHT * scale)
        absent = (gradient == 0) & (scale < 1)
        leading = np.divmod(np.flatnonzero(gradient > total / 2), e.shape[1])  # `gradient` may be a view of the result
        gradient -= truth
        if leading[0].size:
            row = leading[0 if block.axis else 1]
            named = truth[leading] > total.reshape(-1)[row] / 2
            leading, row = (leading[0][named], leading[1][named]), row[named]
            of_row, rivals = exponentials.total.reshape(-1)[row], exponentials.rivals().reshape(-1)[row]
            gradient[leading] = _difference(e[leading], rivals, truth[leading], total.reshape(-1)[row], of_row)
        gradient /= scale
        if not isinstance(scale, float):
            np.copyto(gradient, 0.0 - block.load(strip)[0], where=absent)  # a label that the scale takes among the subnormals
        block.write(gradient, strip)


def _put_faint(gradient: Floats, e: Floats, exponentials: Exponentials, strip: int, mass: Any, heavy: Any) -> None:
    """T s of heavy rows where s underflows, as a product of two roots of it and of T."""
    faint = (e < FAINT * exponentials.top) & heavy
    if faint.any():
        distance, slip = two_sum(exponentials.logits(strip), -exponentials.highest)
        root = np.exp(distance / 2)
        share = root * (mass / (exponentials.total / exponentials.top)) * root
        np.copyto(gradient, share + share * slip, where=faint)


def _quotient(x: Any, x_rest: Any, y: Any, y_rest: Any) -> Any:
    """(x + x_rest) / (y + y_rest), rounded once: a first guess of 26 digits and what is missing; products of halves are exact."""
    guess, (upper, lower) = split(x / y)[0], split(y)
    missing = ((x - guess * upper) - guess * lower) + (x_rest - guess * y_rest)
    return guess + missing / y


# labels as class numbers ------------------------------------------------------------------------------------------


def _takes_labels(few: FewRows, labels: ArrayLike) -> bool:
    """Gives a few rows their labels; False for wrong ones."""
    if type(labels) is not np.ndarray and foreign(labels):
        return False
    try:
        label = np.asarray(labels)
    except Exception:  # what is no array is refused with words later
        return False
    if label.dtype.kind not in "iu" or label.shape != few.batch:
        return False
    if not (label.item(label.argmin()) >= 0 and label.item(label.argmax()) < few.length):
        return False
    few.columns = [label]
    return True


def _at(block: Block, strip: int) -> tuple[tuple[Any, ...], NDArray[Any]]:
    """Where a strip holds its rows' labels: an index of the strip, and the numbers of the rows that it serves."""
    place = block.columns[0].reshape(-1)
    row = np.arange(place.size)
    if isinstance(block, LongRow):
        place = place - strip * BLOCK
        row = row[(place >= 0) & (place < BLOCK)]
        place = place[row]
    return (row, place) if block.axis else (place, row), row


def _picked(block: Block, array: Callable[[int], Floats]) -> Floats:
    """The entries of array(strip) at the labels, one a row."""
    chosen = np.empty(block.columns[0].shape)
    for strip in block.pieces():
        index, row = _at(block, strip)
        chosen.reshape(-1)[row] = array(strip)[index]
    return chosen


def _surprisal_of_probabilities(block: Block) -> None:
    chosen = _picked(block, lambda strip: block.load(strip)[0])
    block.write_values(-np.log(chosen) + 0.0)


def _surprisal_and_gradient_of_probabilities(block: Block) -> None:
    _surprisal_of_probabilities(block)
    for strip in block.pieces():
        (prediction,) = block.load(strip)
        gradient = block.room(strip)
        gradient[...] = 0.0
        index, _ = _at(block, strip)
        gradient[index] = -1 / prediction[index]
        block.write(gradient, strip)


def _surprisal_of_logits(block: Block) -> None:
    apart = set_apart_all(block)
    if apart.wrong is not None and block.strips > 1:
        _surprisal_with_care(block)
        return
    values = _surprisals(block, apart, _at_labels(block) if block.strips == 1 else None)
    if apart.wrong is not None:
        _, values = mended(block, apart.wrong, _surprisal_with_care, values=values)
    block.write_values(values)


def _surprisal_and_gradient_of_logits(block: Block) -> None:
    apart = set_apart_all(block, output=0)
    if apart.wrong is not None and block.strips > 1:
        _surprisal_and_gradient_with_care(block)
        return
    index = _at_labels(block) if block.strips == 1 else None
    values, total = _surprisals(block, apart, index), apart.total
    rest = apart.rivals / total
    if block.strips > 1:
        for number, strip in enumerate(block.each()):
            gradient = normalised(kept_or_again(strip, 0, block.keeps()), total, block.careful)
            _subtract_labels(gradient, _at(block, number)[0], rest)
            strip.write(gradient)
    else:
        gradient = normalised(apart.e, total, block.careful)
        _subtract_labels(gradient, index, rest)
        if apart.wrong is not None:
            gradient, values = mended(block, apart.wrong, _surprisal_and_gradient_with_care, gradient, values)
        block.write(gradient)
    block.write_values(values)


def _subtract_labels(p: Floats, index: Any, rest: Any) -> None:
    """Probabilities less 1 at the labels: above 1/2 there is only the largest, and 1 - p is the `rest`."""
    chosen = p[index]
    if p.ndim == 1:
        p[index] = -rest if chosen > 0.5 else chosen - 1
        return
    p[index] = np.where(chosen > 0.5, -rest.reshape(-1), chosen - 1)


def _surprisals(block: Block, apart: Apart, index: Any) -> Any:
    """log(sum) - z at the labels, one a row; `index` says where in a block of one strip they are."""
    log = apart.log_rivals()
    if block.strips > 1:
        return log + (apart.highest - _picked(block, lambda strip: block.load(strip)[0]))
    z = block.load()[0]
    if z.ndim == 1:
        return log + (apart.highest - z.item(index))
    return log.reshape(-1) + (apart.highest.reshape(-1) - z[index])


def _at_labels(block: Block) -> Any:
    """The index of the rows' labels in a block of one strip."""
    label = block.columns[0].reshape(-1)
    if block.load()[0].ndim == 1:
        return int(label[0])
    rows = np.arange(label.size)
    return (rows, label) if block.axis else (label, rows)


def _surprisal_with_care(block: Block) -> None:
    exponentials = Exponentials(block)
    exponentials.sum()
    _write_surprisal(block, exponentials)


def _write_surprisal(block: Block, exponentials: Exponentials) -> None:
    chosen = _picked(block, exponentials.logits)
    block.write_values(exponentials.log_rivals() + (exponentials.highest - chosen))


def _surprisal_and_gradient_with_care(block: Block) -> None:
    exponentials = Exponentials(block)
    exponentials.sum(build=True)
    _write_surprisal(block, exponentials)
    for strip in block.pieces():
        e = exponentials.exponential(strip, block.room(strip))
        gradient = normalised(e, exponentials.total, block.careful)
        index, row = _at(block, strip)
        chosen = np.zeros_like(exponentials.total)
        chosen.reshape(-1)[row] = gradient[index]
        gradient[index] = 0.0 - exponentials.complement(chosen).reshape(-1)[row]
        block.write(gradient, strip)
