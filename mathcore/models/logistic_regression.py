"""Logistic regression: the probability of one of two classes, by the least mean binary crossentropy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mathcore.numeric.binary_crossentropy import binary_crossentropy_value_and_grad
from mathcore.numeric.sigmoid import sigmoid

from .estimator import Classifier
from .linear_model import LinearModel, counted

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class LogisticRegression(Classifier, LinearModel):
    """The weights of least mean binary crossentropy of sigmoid(X w + b), plus l2/2 |w|^2, for two classes.

    The gradient is X' (sigmoid(X w + b) - t) / N, as the card logistic_regression derives it. With `l2` = 1 / (C N) it is
    scikit-learn's LogisticRegression of that C.

    Examples
    --------
    >>> model = LogisticRegression(l2=0.1).fit([[0.0], [1.0], [2.0], [3.0]], ["no", "yes", "no", "yes"])
    >>> model.predict([[-1.0], [4.0]]).tolist()
    ['no', 'yes']
    """

    bend = 0.25  # sigmoid(z) sigmoid(-z) is at most 1/4
    close = 1e-7
    output = "sigmoid"
    most = 2

    def decision_function(self, X: ArrayLike) -> Floats:
        """The score of each sample, the logit of the second class in `classes_`."""
        scores: Floats = self._scores("decision_function", X)[:, 0]
        return scores

    def predict_proba(self, X: ArrayLike) -> Floats:
        """The probabilities of both classes: shape (samples, 2), in the order of `classes_`."""
        self._check_fitted("predict_proba")
        z = self._scores("predict_proba", X)[:, 0]
        return np.column_stack((sigmoid(-z), sigmoid(z)))  # each from its own side: 1 - p would lose digits

    def _unit(self, targets: NDArray[Any], weight: Floats | None) -> tuple[float, float]:
        return float(np.log(2)), 1.0

    def _loss(self, t: NDArray[Any], z: Floats, weight: Floats | None = None) -> tuple[float, Floats, float]:
        losses, errors = binary_crossentropy_value_and_grad(t, z, from_logits=True, validate=False)
        right = counted(np.abs(errors) < 0.5, weight)
        if weight is not None:
            losses *= weight
            errors *= weight
        errors /= len(t)
        return float(np.add.reduce(losses)) / len(t), errors, right

    def _keep(self, weights: Floats, bias: Any) -> None:
        self.coef_, self.intercept_ = weights[None].copy(), np.array([float(bias)])

    def _separates(self, X: Floats, t: NDArray[Any], w: Floats) -> bool:
        """Whether every score lies on its label's side by more than its rounding error can be."""
        return bool((np.where(t == 1, 1, -1) * (X @ w) > rounding(X, w)).all())


def rounding(X: Floats, w: Floats) -> Floats:
    """A bound of the rounding errors of X @ w: n u / (1 - n u) |X| |w|, doubled for its own (Higham 2002, section 3.1)."""
    bound: Floats = 2 * X.shape[1] * np.finfo(np.float64).eps * (np.abs(X) @ np.abs(w)) + np.finfo(np.float64).tiny
    return bound
