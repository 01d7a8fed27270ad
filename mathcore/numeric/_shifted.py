"""What softmax, log_softmax, logsumexp and the losses of logits share: exponentials of shifted logits, and their sum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ._sums import row_sum, two_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ._sums import Pair

    Floats = NDArray[np.float64]


# log 2 in two parts, of which the first times an integer below 2^20 is exact (W. J. Cody and W. Waite, 1980)
LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")


class Shifted(NamedTuple):
    """Rows of logits x with a shift m taken out, their maximum if nothing else is said.

    distance + slip = x - m exactly: dropping the slip, at most half an ULP of the distance, costs up to 500 ULP in the
    exponential. `others` + `others_error` is the sum of exp(x - m) over all entries but one maximum, so that its log1p
    keeps its digits when one entry dominates.
    """

    distance: Floats
    slip: Floats
    exponential: Floats  # of the distance alone
    top: NDArray[np.intp]
    others: Floats
    others_error: Floats

    def quotient(self) -> tuple[Floats, Floats]:
        """q and c: the probabilities are q (1 + c), with c below 2^-43."""
        peak = np.take_along_axis(self.exponential, self.top, axis=1)[:, 0]
        total, error = two_sum(peak, self.others)
        error += self.others_error
        return self.exponential / total[:, None], self.slip - (error / total)[:, None]

    def probabilities(self) -> Floats:
        """The softmax, under any shift."""
        quotient, correction = self.quotient()
        return quotient + quotient * correction

    def log_total(self) -> Pair:
        """log(sum(exp(x - m))) for m the maximum, whose exponential is 1: the rounded value and what rounding took.

        1 + others = 2^e (1 + g) with -1/4 <= g < 1/2: log1p(g) is small, and so is its rounding error.
        """
        total = 1 + self.others
        fraction, e = np.frexp(total)
        e = e - (fraction < 0.75)
        power = np.ldexp(1.0, e)
        rest = np.log1p((self.others - (power - 1)) / power) + self.others_error / total
        return two_sum(e * LN2_HIGH, rest + e * LN2_LOW)

    def log_probabilities(self) -> Floats:
        """The log_softmax, for m the maximum: two terms of one sign, so nothing cancels."""
        log, rest = self.log_total()
        value, error = two_sum(self.distance, -log[:, None])
        return value + (error + (self.slip - rest[:, None]))  # rounded once, so it keeps the order of the logits

    def complements(self, probabilities: Floats) -> Floats:
        """1 - p without cancellation, for m the maximum: only its entry can exceed 1/2, and there the others know it."""
        result = 1 - probabilities
        top = (self.others / (1 + self.others))[:, None]
        np.put_along_axis(result, self.top, top, axis=1)
        return result


def limits(rows: Floats) -> Floats:
    """Rows with infinite entries as the logits of their limit: one +inf is one-hot, two or more have no limit (nan)."""
    infinite = rows == np.inf
    if not infinite.any():
        return rows
    count = infinite.sum(axis=1, keepdims=True)
    one_hot = np.where(infinite, 0.0, np.where(np.isnan(rows), np.nan, -np.inf))
    return np.where(count == 0, rows, np.where(count == 1, one_hot, np.nan))


def shifted(rows: Floats, shift: Floats | None = None) -> Shifted:
    """`rows`, as from `limits`, shifted by their maximum or by `shift`; a row of only -inf, or with a nan, is all nan."""
    top = rows.argmax(axis=1)[:, None]  # of a nan, if there is one
    if shift is None:
        shift = np.take_along_axis(rows, top, axis=1)[:, 0]
    distance, slip = two_sum(rows, -shift[:, None])
    exponential = np.exp(distance)
    others, others_error = _sum_but_top(exponential, slip, top)
    small = others < 2.0**-960
    if small.any():
        # a sum of subnormals loses half an ULP a term: sum exp(d + 400), an exact shift for the d that count, instead
        lifted, error = _sum_but_top(np.exp(distance[small] + 400), slip[small], top[small])
        others[small], others_error[small] = lifted * math.exp(-400), error * math.exp(-400)
    return Shifted(distance, slip, exponential, top, others, others_error)


def _sum_but_top(exponential: Floats, slip: Floats, top: NDArray[np.intp]) -> Pair:
    rest = exponential.copy()
    np.put_along_axis(rest, top, 0.0, axis=1)
    total, error = row_sum(rest)
    return two_sum(total, error + (rest * slip).sum(axis=1))
