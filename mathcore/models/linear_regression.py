"""Linear regression: numbers from a weighted sum of the features, by the least mean squared error."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mathcore.numeric import mean_squared_error_value_and_grad
from mathcore.numeric._core import runs

from .estimator import Regressor
from .linear_model import LinearModel
from .linear_objective import LEAST, MOST, root_mean_square

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class LinearRegression(Regressor, LinearModel):
    """The weights of least mean squared error, mean((y - X w - b)^2) + l2/2 |w|^2, found by gradient steps.

    The gradient is (2/N) X' (X w - y), as the card linear_regression derives it. With `l2` it is scikit-learn's Ridge of
    alpha = N l2 / 2.

    Examples
    --------
    >>> model = LinearRegression().fit([[1.0], [2.0], [3.0]], [1.0, 3.0, 5.0])
    >>> model.coef_.round(6).tolist(), round(model.intercept_, 6)
    ([2.0], -1.0)
    """

    bend = 2.0
    close = 1e-11
    output = "linear"

    def predict(self, X: ArrayLike) -> Floats:
        """One number a sample."""
        return self._scores("predict", X)

    def _unit(self, targets: NDArray[Any], weight: Floats | None) -> tuple[float, float]:
        size = float(root_mean_square(targets[:, None], weight)[0])
        middle = targets.mean() if weight is None else np.average(targets, weights=weight)
        spread = float(root_mean_square((targets - middle)[:, None], weight)[0])
        if not size * size < math.inf:
            raise ValueError(
                f"{type(self).__name__}.fit: y is so large ({np.abs(targets).max():.3g}) that its squares leave the range of "
                "floats. Measure it in a larger unit."
            )
        return size * size or 1.0, 2 * (spread or size or 1.0)

    def _loss(self, t: NDArray[Any], z: Floats, weight: Floats | None = None) -> tuple[float, Floats, float]:
        if weight is not None:
            root = np.sqrt(weight)
            loss, errors, right = self._loss(t * root, z * root)
            errors *= root
            return loss, errors, right
        if runs():  # of few numbers the core's call takes less time than NumPy's steps
            loss, errors = mean_squared_error_value_and_grad(t, z)
            return float(loss), errors, -1
        errors = z - t
        total = float(np.vdot(errors, errors))
        if not LEAST < total < MOST:  # squares may have left the range of floats, where their mean has not
            loss, errors = mean_squared_error_value_and_grad(t, z)
            return float(loss), errors, -1
        errors /= len(t) / 2
        return total / len(t), errors, -1

    def _keep(self, weights: Floats, bias: Any) -> None:
        self.coef_, self.intercept_ = weights.copy(), float(bias)
