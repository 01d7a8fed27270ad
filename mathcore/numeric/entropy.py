"""Shannon entropy: the mean surprisal."""

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
    logarithm,
    per_unit,
    real_array,
    result_format,
    rows_of,
)
from ._blocks import few_rows, mended, rowwise
from ._sums import few_are_pmfs, out_of_range, signed_sum, sum_of, sums_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis
    from ._blocks import Block

    Floats = NDArray[np.float64]


SMALLEST_NORMAL = 2.0**-1022


def log_terms(block: Block, p: Floats, q: Floats, log: Callable[..., Any], scale: Any, strip: int = 0) -> Floats:
    """p log q times `scale`, entry by entry, where 0 log 0 = 0."""
    terms: Floats = log(q, out=block.like(strip))
    if isinstance(scale, float):
        terms *= p
    else:
        terms *= p * scale
        np.copyto(terms, -np.inf, where=(q == 0) & (p > 0))  # also where p * scale underflows
    if not np.minimum.reduce(q, axis=None) > 0:
        np.copyto(terms, 0.0, where=(p == 0) & (q == 0))
    return terms


def entropy(p: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Mean surprisal -sum(p log p) in nats, within 3 ULP for any pmf with p <= 1 (float32, float16: 0.51 ULP).

    An entry that rounding left above 1 has a negative surprisal: where it cancels the rest, within 4 u sum|p log p|.

    Parameters
    ----------
    p : array_like
        Probabilities: float16, float32, float64, integers or booleans, of any shape. 0 log 0 = 0.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
    axis : int, tuple of int or None
        The axes of the outcomes; None takes all of them.
    validate : bool
        Check that p >= 0 and that rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the format.
        With False the sum is that of the bits as they are: nothing is normalised.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the float format of `p` (float64 for integers). A nan makes its row nan.

    Raises
    ------
    ValueError
        If `p` is not a pmf, an axis is out of range or empty, or `base` is not positive, is 1 or is not finite.
    TypeError
        If `p` holds anything but real numbers.

    Notes
    -----
    Shannon, *A mathematical theory of communication* (1948), section 6.

    Examples
    --------
    >>> float(entropy([0.5, 0.25, 0.25], base=2))
    1.5
    """
    flag("entropy", "validate", validate)
    if (unit := per_unit(base)) is not None:
        found = _core.entropy(p, axis, int(validate), *unit)
        if found is not NotImplemented:
            return found
    few = few_rows(axis, p)
    if few is not None and (not validate or few_are_pmfs(few, 0)):
        return few.work(partial(_entropy, *logarithm("entropy", base)))
    if foreign(p):
        return anywhere("entropy", p, base=base, axis=axis, validate=validate)
    p = real_array("entropy", "p", p)
    rows = rows_of("entropy", "p", p, axis)
    log, divisor = logarithm("entropy", base)
    if validate:
        check_probabilities("entropy", "p", p, rows, axis, AS_THEY_ARE)
    found = _core.entropy(floats(p), rows.reduced, 0, *inverse_log(base))
    if found is not NotImplemented:
        return found

    kernel = partial(_entropy, log, divisor)
    return rows.joined(rowwise(kernel, rows, [p], result_format(p), values=1)[1][0])


def _entropy(log: Callable[..., Any], divisor: float, block: Block) -> None:
    write_surprisal(block, log, divisor, 0)


def write_surprisal(block: Block, log: Callable[..., Any], divisor: float, prediction: int) -> None:
    """-sum(p log q) / divisor of each row, q being input number `prediction`."""

    def with_care(block: Block) -> None:
        def terms(strip: int, scale: Any) -> Floats:
            inputs = block.load(strip)
            return log_terms(block, inputs[0], inputs[prediction], log, scale, strip)

        block.write_values(0.0 - sum_of(block, terms, divisor=divisor))  # of both signs where an unchecked entry is above 1

    wrong = None

    def sums(block: Block) -> tuple[Any]:
        nonlocal wrong
        inputs = block.load()
        p, q = inputs[0], inputs[prediction]
        if q.item(q.argmin()) >= SMALLEST_NORMAL:
            terms = log(q, block.like())
        else:  # a 0 counts for nothing against the logarithm of a very small number
            terms = np.maximum(q, SMALLEST_NORMAL, out=block.like())
            log(terms, terms)
            lost = np.logical_or.reduce(~(q >= SMALLEST_NORMAL) & (p != 0), axis=-1 if block.axis else 0)
            if np.count_nonzero(lost):
                wrong = lost.reshape(-1, 1) if block.axis else lost
        terms *= p
        return (signed_sum(block, terms, -1, fine=True),)

    (total,) = sums_of(block, sums)
    wrong = out_of_range(total, -1, wrong, zero=True)
    if wrong is not None and block.strips > 1:
        with_care(block)
        return
    values = 0.0 - (total if divisor == 1 else total / divisor)
    if wrong is not None:
        _, values = mended(block, wrong, with_care, values=values)
    block.write_values(values)
