"""Softmax regression: the probabilities of any number of classes, by the least mean categorical crossentropy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mathcore.numeric import softmax, sparse_categorical_crossentropy_value_and_grad

from .estimator import Classifier
from .linear_model import LinearModel, counted
from .logistic_regression import rounding

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]


class SoftmaxRegression(Classifier, LinearModel):
    """The weights of least mean categorical crossentropy of softmax(X W + b), plus l2/2 |W|^2.

    The gradient is X' (softmax(X W + b) - T) / N, as the card softmax_regression derives it. With `l2` = 1 / (C N) it is
    scikit-learn's LogisticRegression of that C for three classes and more. (For two it has a column of weights more than
    LogisticRegression; without `l2` both give the same probabilities.)

    Examples
    --------
    >>> model = SoftmaxRegression(l2=0.1).fit([[0.0], [1.0], [2.0], [2.5]], ["low", "middle", "high", "high"])
    >>> model.predict([[-1.0], [4.0]]).tolist()
    ['low', 'high']
    """

    bend = 0.5  # the curvature of log-sum-exp is a variance of numbers that lie at most sqrt(2) apart
    close = 1e-7
    output = "softmax"
    labels = np.intp

    def decision_function(self, X: ArrayLike) -> Floats:
        """The scores (logits): shape (samples, classes); for two classes the logit of the second, shape (samples,)."""
        z = self._scores("decision_function", X)
        return z[:, 1] - z[:, 0] if z.shape[1] == 2 else z

    def predict_proba(self, X: ArrayLike) -> Floats:
        """The probabilities of the classes: shape (samples, classes), in the order of `classes_`."""
        probabilities: Floats = softmax(self._scores("predict_proba", X), axis=1)
        return probabilities

    def _outputs(self, targets: NDArray[Any], learned: dict[str, Any]) -> tuple[int, ...]:
        return (len(learned["classes_"]),)

    def _unit(self, targets: NDArray[Any], weight: Floats | None) -> tuple[float, float]:
        return float(np.log(2)), 1.0

    def _loss(self, t: NDArray[Any], z: Floats, weight: Floats | None = None) -> tuple[float, Floats, float]:
        right = counted(z.argmax(axis=1) == t, weight)
        losses, errors = sparse_categorical_crossentropy_value_and_grad(t, z, from_logits=True)
        if weight is not None:
            losses = losses * weight
            errors *= weight[:, None]
        errors /= len(t)
        return float(np.add.reduce(losses)) / len(t), errors, right

    def _keep(self, weights: Floats, bias: Any) -> None:
        self.coef_, self.intercept_ = np.ascontiguousarray(weights.T), np.array(bias, np.float64)

    def _separates(self, X: Floats, t: NDArray[Any], w: Floats) -> bool:
        """Whether every sample's own score is above all others by more than their rounding errors can be."""
        z, error = X @ w, rounding(X, w)
        rows = np.arange(len(z))
        own = z[rows, t] - error[rows, t]
        others = z + error
        others[rows, t] = -np.inf
        return bool((own > others.max(axis=1)).all())
