"""Sums of rows with what rounding took, in plain vector operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


def two_sum(a: NDArray[np.float64], b: NDArray[np.float64]) -> Pair:
    """The rounded sum and its error: a + b = total + error exactly (Knuth, TAOCP 2, theorem 4.2.2 B).

    The error is 0 where the total is not finite.
    """
    total = a + b
    part = total - a
    error = (a - (total - part)) + (b - part)
    return total, np.where(np.isfinite(error), error, 0.0)


def row_sum(x: NDArray[np.float64]) -> Pair:
    """Sum of each row to half an ULP, and the rest: total + error is the sum to about twice float64's digits.

    Adding a power of two sigma >= (n + 2) max|x| and taking it away splits x into a coarse part, whose sum is exact in
    any order, and a small rest (Rump, Ogita and Oishi, Accurate floating-point summation I, 2008, ExtractVector). A
    plain pairwise sum loses up to 16 ULP in 128 terms just below half an ULP of the first.
    """
    _, exponent = np.frexp(np.abs(x).max(axis=1, keepdims=True))
    sigma = np.ldexp(1.0, exponent + (x.shape[1] + 1).bit_length())
    sigma[~np.isfinite(sigma)] = 0.0  # terms near the largest float: the plain sum
    coarse = (x + sigma) - sigma
    plain = coarse.sum(axis=1)
    total, error = two_sum(plain, (x - coarse).sum(axis=1))
    return np.where(np.isfinite(total), total, plain), error  # inf - inf in the rest: the coarse sum knows


def scaled_sum(terms: Callable[[Any], NDArray[np.float64]], divisor: float = 1.0) -> NDArray[np.float64]:
    """Row sums of terms(1) over `divisor`, where terms(c) = c terms(1) for powers of two c.

    Rows of subnormal terms, each of which would lose half an ULP of the sum, are computed 2^600 larger.
    """
    plain = terms(1.0)
    largest = np.abs(plain).max(axis=1)
    small = (largest < 2.0**-900) & (largest > 0)
    if not small.any():
        return row_sum(plain)[0] / divisor + 0.0  # -0.0 becomes 0.0
    exponent = np.where(small, 600, 0)
    return np.ldexp(row_sum(terms(np.ldexp(1.0, exponent)[:, None]))[0] / divisor, -exponent) + 0.0
