"""The loss of scores X w as a function of the weights, and the units in which features are learned from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .plan import Plan

    Floats = NDArray[np.float64]
    # labels, scores and weights -> mean loss, its gradient by the scores, how many samples are right (-1: no classes)
    Loss = Callable[[NDArray[Any], Floats, Floats | None], tuple[float, Floats, float]]

LEAST, MOST = 1e-200, 1e300  # between them a sum of squares has all its digits
LARGE = 1500  # columns: up to here the largest eigenvalue is computed, above it is bounded


@dataclass(frozen=True)
class LinearObjective:
    """Mean loss of the scores X w, plus half the sum of decay w^2."""

    loss: Loss
    X: Floats  # with the column of ones, if there is a bias
    t: NDArray[Any]
    decay: Floats | None  # l2 for each weight, 0 for the bias; None if it is 0 for all
    bend: float  # the largest second derivative of the loss of one sample along any unit vector of scores
    unit: float
    sizes: Floats  # the root mean square of each feature times that of an error: what a gradient is small beside
    separates: Callable[[Floats, NDArray[Any], Floats], bool]  # whether scores X w are on their labels' sides, surely
    weight: Floats | None = None  # of each sample, 1 on average; None if all count alike
    room: list[Any] = field(default_factory=list, compare=False)  # X, t, weights and the batches of `shuffled`

    @property
    def samples(self) -> int:
        return len(self.t)

    def at(self, w: Floats) -> tuple[float, Floats, float]:
        loss, errors, right = self.loss(self.t, self.X @ w, self.weight)
        gradient: Floats = self.X.T @ errors
        if self.decay is not None:
            pull = self.decay * w
            loss += 0.5 * float(np.vdot(pull, w))
            gradient += pull
        return loss, gradient, right

    def shuffled(self, order: NDArray[np.intp], size: int) -> list[LinearObjective]:
        """The batches of `size` samples, taken in this order; they last until the next order, which takes their room."""
        if not self.room:
            X, t = np.empty_like(self.X), np.empty_like(self.t)
            weight = None if self.weight is None else np.empty_like(self.weight)
            rows = [slice(a, a + size) for a in range(0, len(t), size)]
            parts = [replace(self, X=X[r], t=t[r], weight=None if weight is None else weight[r], room=[]) for r in rows]
            self.room[:] = X, t, weight, parts
        X, t, weight, parts = self.room
        self.X.take(order, axis=0, out=X, mode="clip")  # which needs no room of its own, as "raise" does
        self.t.take(order, out=t, mode="clip")
        if self.weight is not None:
            self.weight.take(order, out=weight, mode="clip")
        return parts  # type: ignore[no-any-return]  # as above

    def scale(self) -> Floats:
        return self.sizes

    def separated(self, w: Floats) -> bool:
        return self.decay is None and self.separates(self.X, self.t, w)

    def largest(self) -> float:
        """The largest curvature of the loss: exact for least squares, an upper bound for classes."""
        X = weighed(self.X, self.weight)
        scale = float(np.abs(X).max(initial=0.0))
        if scale == 0:
            return self.weight_decay
        X = X / scale
        if min(X.shape) <= LARGE:
            gram = X.T @ X if X.shape[1] <= X.shape[0] else X @ X.T
            value = float(np.linalg.eigvalsh(gram)[-1])
        else:  # |X|_2^2 <= |X|_1 |X|_inf
            value = float(np.abs(X).sum(axis=0).max() * np.abs(X).sum(axis=1).max())
        return _times(self.bend * value / len(X), scale) + self.weight_decay

    def largest_of_a_sample(self) -> float:
        """No batch is more curved than this, the largest curvature of the loss of one sample."""
        X = weighed(self.X, self.weight)
        scale = float(np.abs(X).max(initial=0.0))
        if scale == 0:
            return self.weight_decay
        return _times(self.bend * float(np.square(X / scale).sum(axis=1).max()), scale) + self.weight_decay

    def largest_expected(self, size: int) -> float:
        """The expected smoothness of batches of `size`, drawn without repetition: between that of one sample and of all.

        Gower, Loizou, Qian, Sailanbayev, Shulgin and Richtarik, SGD: general analysis and improved rates (2019), section 3.
        """
        n = len(self.t)
        all_share = n * (size - 1) / (size * (n - 1))
        return all_share * self.largest() + (1 - all_share) * self.largest_of_a_sample()

    @property
    def weight_decay(self) -> float:
        return 0.0 if self.decay is None else float(self.decay.max())

    def allowed(self, plan: Plan) -> str:
        reach, formula = {
            "accelerated": (4 / 3, "4/(3 L)"),  # 2 (1 + b) / (1 + 2 b) for a momentum b that goes to 1
            "momentum": (2 * (1 + plan.momentum), f"2 (1 + {plan.momentum:g})/L"),
        }.get(plan.optimizer, (2.0, "2/L"))
        rate, limit, which = plan.learning_rate, reach / self.largest(), "these data"
        if rate <= limit and plan.batch_size is not None:
            limit = reach / self.largest_of_a_sample()
            which = "the largest sample, and a batch can be more curved than all samples together"
        if plan.optimizer == "adam" or rate <= limit:
            return f"Take a learning rate below {rate:.3g}, or standardise the features."
        return (
            f"Learning rate {rate:.3g} is above {formula} = {limit:.3g} for {which}, L the largest curvature of the loss: steps "
            f"overshoot by more each time. Take a rate below {limit:.3g}, or learning_rate=None, which chooses one."
        )


def _times(value: float, scale: float) -> float:
    """value scale^2, without an overflow on the way."""
    return value * scale * scale


class Units(NamedTuple):
    """What the features are measured in while they are learned from: (x - middle) / deviation.

    The card standardisation derives that w x + c is the same model with the weight w deviation and the bias c + w middle.
    """

    middle: Any
    deviation: Any

    def of(self, features: Floats, bias: bool) -> Floats:
        """The features in these units, with the column of ones if there is a bias."""
        design = np.empty((len(features), features.shape[1] + bias))
        design[:, features.shape[1] :] = 1.0
        if self is AS_THEY_ARE:
            design[:, : features.shape[1]] = features
            return design
        np.divide(features - self.middle, self.deviation, out=design[:, : features.shape[1]])
        return design

    def back(self, w: Floats, bias: bool) -> tuple[Floats, Any]:
        """Weights and bias for the features as they came."""
        weights, constant = w[: len(w) - bias], w[-1] if bias else np.zeros(w.shape[1:])
        if self is AS_THEY_ARE:
            return weights, constant
        weights = (weights.T / self.deviation).T
        return weights, constant - np.broadcast_to(self.middle, self.deviation.shape) @ weights


AS_THEY_ARE = Units(0.0, 1.0)


def weighed(x: Floats, weight: Floats | None) -> Floats:
    """Rows times the roots of their weights, whose squares are weighed."""
    return x if weight is None else x * np.sqrt(weight)[:, None]


def root_mean_square(x: Floats, weight: Floats | None = None) -> Floats:
    """Of each column; no square overflows or underflows on the way."""
    x = weighed(x, weight)
    totals = np.einsum("ij,ij->j", x, x)
    if totals.size and totals.min() > LEAST and totals.max() < MOST:
        plain: Floats = np.sqrt(totals / len(x))
        return plain
    largest = np.abs(x).max(axis=0)
    sizes: Floats = largest * np.sqrt(np.square(x / np.where(largest > 0, largest, 1)).mean(axis=0))
    return sizes


def standard_units(features: Floats, bias: bool, least: float, weight: Floats | None) -> Units:
    """Means and standard deviations, of at least `least`: below it the penalty curves the loss more than the feature does.

    Without a bias a shift would change the model, so that features keep their zero.
    """
    middle = np.average(features, axis=0, weights=weight) if bias else 0.0
    share = None if weight is None else weight / weight.mean()
    deviation = np.maximum(root_mean_square(features - middle, share), least)
    if not np.isfinite(deviation).all():
        return AS_THEY_ARE
    return Units(middle, np.where(deviation > 0, deviation, 1.0))
