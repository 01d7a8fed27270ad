"""Linear regression: the gradient of the mean squared error in the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import numpy_alone, real_array, result_format
from ._calls import quietly
from ._exactly import FAR_BELOW, two_product
from ._space import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Scaled = tuple[Floats, NDArray[Any]]  # numbers m 2^k as pairs (m, k), |m| below 1: no product leaves the range


def linear_regression_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> Any:
    """2/N X^T (X w - y), within 8 u / N sum_a |X_ak| (sum_l |X_al w_l| + |y_a|) for any finite input; u as of the format.

    Parameters
    ----------
    X : array_like
        N rows of d features, of shape (N, d): float16, float32, float64, integers or booleans.
    y : array_like
        The N labels.
    w : array_like
        The d weights. A bias is the weight of a feature that is 1 in each row.

    Returns
    -------
    numpy.ndarray
        The d slopes, in the widest float format of the three (float64 for integers), in the unit of a squared label per
        unit of a weight. +inf or -inf beyond the largest float; nan where an input that counts is nan or infinite.

    Raises
    ------
    ValueError
        If `X` has not two axes or no rows or columns, or the lengths of `y` and `w` are not its numbers of rows and columns.
    TypeError
        If `X`, `y` or `w` holds anything but real numbers.

    Notes
    -----
    The bar does not grow with N and d: products keep what rounding took and are summed as if exactly (Ogita, Rump and
    Oishi, Accurate sum and dot product, 2005), once for each error X w - y and once for each slope. Exponents are kept
    apart, so that nothing overflows on the way. Where speed counts more than digits, write 2 / N * X.T @ (X @ w - y).

    Examples
    --------
    >>> linear_regression_gradient([[1, 1], [2, 1], [3, 1]], [1, 2, 6], [2, -1])
    array([-0.66666667,  0.        ])
    """
    name = "linear_regression_gradient"
    numpy_alone(name, X, y, w)
    X, y, w = real_array(name, "X", X), real_array(name, "y", y), real_array(name, "w", w)
    if X.ndim != 2:
        raise ValueError(
            f"{name}: X must have two axes, samples and features, got shape {X.shape}. "
            f"Reshape one feature to (N, 1), one sample to (1, d)."
        )
    if not X.size:
        raise ValueError(f"{name}: X of shape {X.shape} is empty. Pass at least one sample with one feature.")
    for argument, array, length, what in (("y", y, len(X), "label a row"), ("w", w, X.shape[1], "weight a column")):
        if array.shape != (length,):
            raise ValueError(
                f"{name}: {argument} must have one {what} of X, shape ({length},), got {array.shape}. "
                f"Pass a flat list; several targets are several calls."
            )
    return quietly(_gradient, X, y, w)


def _gradient(X: NDArray[Any], y: NDArray[Any], w: NDArray[Any]) -> NDArray[Any]:
    """In float64, some rows and then some columns at a time."""
    samples, features = X.shape
    weights = np.frexp(np.append(w.astype(np.float64), -1.0))  # the label is one more feature
    errors = np.empty(samples), np.empty(samples, np.int32)
    for rows in _parts(samples, features):
        errors[0][rows], errors[1][rows] = _dots(np.column_stack((X[rows], y[rows])), weights)
    slopes = np.empty(features)
    for columns in _parts(features, samples):
        m, k = _dots(X[:, columns].T, errors)
        slopes[columns] = np.ldexp(2 * m / samples, k)
    slopes += 0.0  # -0.0 becomes 0.0
    return slopes.astype(result_format(X, y, w))


def _parts(count: int, length: int) -> Iterator[slice]:
    """`count` rows of this length, a block at a time."""
    step = max(1, CHUNK // length)
    return (slice(start, start + step) for start in range(0, count, step))


def _dots(rows: NDArray[Any], factors: Scaled) -> Scaled:
    """The sum of each row times the factors, rounded as if it had been exact."""
    m, k = np.frexp(rows.astype(np.float64, order="C"))
    high, low = two_product(m, factors[0])
    finite = np.isfinite(high)
    low = np.where(finite, low, 0.0)
    exponent = np.where(finite & (high != 0), k + factors[1], FAR_BELOW)
    top = exponent.max(axis=1, keepdims=True)
    terms = np.ldexp(np.concatenate((high, low), axis=1), np.tile(exponent - top, 2))
    sigma = 2.0 * terms.shape[1] * np.abs(terms).max(axis=1, keepdims=True)
    coarse = (terms + sigma) - sigma  # whose sum is exact in any order (see `Space.pair`)
    total = coarse.sum(axis=1, keepdims=True) + (terms - coarse).sum(axis=1, keepdims=True)
    one, more = np.frexp(np.where(np.isfinite(total), total, high.sum(axis=1, keepdims=True)))
    return one[:, 0], (top + more)[:, 0]
