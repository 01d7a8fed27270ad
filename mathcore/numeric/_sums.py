"""Sums of rows with what rounding took, in plain vector operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._blocks import scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ._blocks import Block

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]


def two_sum(a: Floats, b: Floats) -> Pair:
    """The rounded sum and its error: a + b = total + error exactly (Knuth, TAOCP 2, theorem 4.2.2 B).

    The error is 0 where the total is not finite.
    """
    total = a + b
    part = total - a
    error = (a - (total - part)) + (b - part)
    return total, np.where(np.isfinite(error), error, 0.0)


def plain_sum(x: Floats, axis: int) -> Floats:
    """The float64 sum of each row, in an order that depends on the length of the row alone: pairwise, or one by one if short."""
    if axis == 0 and x.ndim == 2 and x.shape[1] == 1:  # NumPy would take the one column for a contiguous row
        return np.add.accumulate(x, axis=0)[-1:] + 0.0
    return np.add.reduce(x, axis=axis, keepdims=True)


def pair_sum(x: Floats, largest: Any, axis: int) -> Pair:
    """Sum of each row to about twice float64's digits, as a coarse and a fine part; |x| is at most `largest`.

    Adding sigma >= 2 n max|x| and taking it away splits x into a coarse part, whose sum is exact in any order, and a small
    rest (Rump, Ogita and Oishi, Accurate floating-point summation I, 2008, ExtractVector). A plain pairwise sum loses up to
    16 ULP in 128 terms just below half an ULP of the first.
    """
    sigma = (2.0 * x.shape[axis]) * largest
    part = np.add(x, sigma, out=scratch(x.shape))
    part -= sigma
    coarse = np.add.reduce(part, axis=axis, keepdims=True)
    np.subtract(x, part, out=part)
    return coarse, plain_sum(part, axis)


def sum_of(block: Block, terms: Callable[[int, Any], Floats]) -> Floats:
    """The sum of terms(strip, 1) over each row, rounded as if it had been exact.

    terms(strip, c) = c terms(strip, 1) for powers of two c: rows of subnormal terms, each of which would lose half an ULP of
    the sum, are computed 2^600 larger, rows of terms near the largest float 2^600 smaller.
    """
    total, _, largest = _sum_and_largest(block, lambda strip: terms(strip, 1.0))
    extreme = ((largest < 2.0**-900) & (largest > 0)) | (largest > 2.0**900)
    if extreme.any():
        scale = np.where(extreme, np.where(largest < 1, 2.0**600, 2.0**-600), 1.0)
        scaled = _sum_and_largest(block, lambda strip: terms(strip, scale))[0] / scale
        total = np.where(extreme & np.isfinite(largest), scaled, total)
    return total + 0.0  # -0.0 becomes 0.0


def sum_and_error(block: Block, terms: Callable[[int], Floats]) -> Pair:
    """The sum of terms(strip) over each row, rounded as if it had been exact, and what rounding took."""
    return _sum_and_largest(block, terms)[:2]


def _sum_and_largest(block: Block, terms: Callable[[int], Floats]) -> tuple[Floats, Floats, Floats]:
    axis = block.axis
    plain: Any = 0.0
    coarse: Any = 0.0
    fine: Any = 0.0
    most: Any = 0.0
    for strip in block.pieces():
        x = terms(strip)
        largest = np.maximum(np.maximum.reduce(x, axis=axis, keepdims=True), -np.minimum.reduce(x, axis=axis, keepdims=True))
        part, rest = pair_sum(x, largest, axis)
        coarse, error = two_sum(coarse, part)
        fine = fine + (rest + error)
        most = np.maximum(most, largest)
        if not np.isfinite(part + rest).all():  # terms that are infinite, or so large that sigma is
            plain = plain + np.add.reduce(x, axis=axis, keepdims=True)
        else:
            plain = plain + (part + rest)
    total, error = two_sum(coarse, fine)
    return np.where(np.isfinite(total), total, plain), error, most


def row_sum(x: Floats) -> Pair:
    largest = np.maximum(np.maximum.reduce(x, axis=1, keepdims=True), -np.minimum.reduce(x, axis=1, keepdims=True))
    coarse, fine = pair_sum(x, largest, 1)
    total, error = two_sum(coarse[:, 0], fine[:, 0])
    return np.where(np.isfinite(total), total, np.add.reduce(x, axis=1)), error


def scaled_sum(terms: Any, divisor: float = 1.0) -> Floats:
    plain = terms(1.0)
    largest = np.abs(plain).max(axis=1)
    small = (largest < 2.0**-900) & (largest > 0)
    if not small.any():
        return row_sum(plain)[0] / divisor + 0.0  # -0.0 becomes 0.0
    exponent = np.where(small, 600, 0)
    return np.ldexp(row_sum(terms(np.ldexp(1.0, exponent)[:, None]))[0] / divisor, -exponent) + 0.0
