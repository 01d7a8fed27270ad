"""A network with one hidden layer: dense, tanh or relu, dense, softmax; trained by backpropagation as the card derives it."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from mathcore.numeric import softmax, sparse_categorical_crossentropy_value_and_grad
from mathcore.numeric.relu import relu
from mathcore.numeric.tanh import tanh

from .estimator import Classifier
from .plan import LARGEST, Plan, generator, one_of, plan_of, real_value, validation_rows, whole_number
from .summary import Layer, summary
from .trainer import ConvergenceWarning, train

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from .history import History

    Floats = NDArray[np.float64]

EPOCHS = 200


@dataclass(frozen=True)
class NetworkObjective:
    """Mean categorical crossentropy of a network whose weights W, b, V, c lie one after the other in one array."""

    X: Floats
    t: NDArray[np.intp]
    sizes: tuple[int, int, int]  # features, neurons, classes
    activation: str
    l2: float
    unit: float = 1.0

    @property
    def samples(self) -> int:
        return len(self.t)

    def parts(self, w: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """W (features, neurons), b, V (neurons, classes), c as views of `w`."""
        d, h, m = self.sizes
        W, b, V, c = np.split(w, np.cumsum([d * h, h, h * m]))
        return W.reshape(d, h), b, V.reshape(h, m), c

    def scores(self, w: Floats) -> tuple[Floats, Floats]:
        """The activations of the hidden layer, and the scores of the classes."""
        W, b, V, c = self.parts(w)
        hidden: Floats = (tanh if self.activation == "tanh" else relu)(self.X @ W + b)
        return hidden, hidden @ V + c

    def at(self, w: Floats) -> tuple[float, Floats, int]:
        hidden, z = self.scores(w)
        losses, top = sparse_categorical_crossentropy_value_and_grad(self.t, z, from_logits=True)
        right = int(np.count_nonzero(z.argmax(axis=1) == self.t))
        top /= len(self.t)
        W, _, V, _ = self.parts(w)
        slope = 1 - hidden * hidden if self.activation == "tanh" else hidden > 0
        low = top @ V.T * slope
        gradient = np.empty_like(w)
        gW, gb, gV, gc = self.parts(gradient)
        np.matmul(self.X.T, low, out=gW)
        np.add.reduce(low, axis=0, out=gb)
        np.matmul(hidden.T, top, out=gV)
        np.add.reduce(top, axis=0, out=gc)
        loss = float(np.add.reduce(losses)) / len(self.t)
        if self.l2:
            gW += self.l2 * W
            gV += self.l2 * V
            loss += 0.5 * self.l2 * float(np.vdot(W, W) + np.vdot(V, V))
        return loss, gradient, right

    def shuffled(self, order: NDArray[np.intp], size: int) -> list[NetworkObjective]:
        X, t = self.X[order], self.t[order]
        starts = range(0, len(t), size)
        return [NetworkObjective(X[a : a + size], t[a : a + size], self.sizes, self.activation, self.l2) for a in starts]

    def scale(self) -> Floats:
        return np.ones(())

    def separated(self, w: Floats) -> bool:
        return False

    def allowed(self, plan: Plan) -> str:
        return (
            f"Take a learning rate below {plan.learning_rate:.3g}, and standardise the features. (A network is not convex: no "
            "rate follows from the data.)"
        )


class DenseNetwork(Classifier):
    """A classifier with one hidden layer.

    Parameters
    ----------
    hidden : int
        How many neurons the hidden layer has.
    activation : {"tanh", "relu"}
        Of the hidden layer.
    optimizer : {None, "gradient_descent", "momentum", "adam"}
        Whose steps to take; None means Adam.
    learning_rate : float
        Of the optimizer. No theory gives one: the loss is not convex.
    momentum, batch_size, epochs, l2, tolerance, patience, validation_share, random_state, verbose
        As of the regressions; `epochs` of None means 200. `random_state` also draws the first weights: uniform within
        sqrt(6 / (inputs + outputs)) of 0 (Glorot, Bengio 2010), the biases 0.

    Attributes
    ----------
    coefs_ : list of numpy.ndarray
        The weights of both layers, of shape (features, hidden) and (hidden, classes).
    intercepts_ : list of numpy.ndarray
        Their biases.
    classes_, n_features_in_, feature_names_in_, n_iter_, converged_, loss_, history_
        As of the regressions.
    """

    coefs_: list[Floats]
    intercepts_: list[Floats]
    history_: History

    def __init__(
        self,
        hidden: int = 16,
        *,
        activation: str = "tanh",
        optimizer: str | None = None,
        learning_rate: float = 0.01,
        momentum: float = 0.9,
        batch_size: int | None = 32,
        epochs: int | None = None,
        l2: float = 0.0,
        tolerance: float | None = None,
        patience: int = 10,
        validation_share: float = 0.0,
        random_state: Any = None,
        verbose: int = 0,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.batch_size = batch_size
        self.epochs = epochs
        self.l2 = l2
        self.tolerance = tolerance
        self.patience = patience
        self.validation_share = validation_share
        self.random_state = random_state
        self.verbose = verbose

    def _fit(self, name: str, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None) -> Self:
        hidden = whole_number(name, "hidden", self.hidden, 1, "Use 16.")
        activation = one_of(name, "activation", self.activation, ("tanh", "relu"))
        l2 = real_value(name, "l2", self.l2, 0, LARGEST, "Use 0 for no penalty.")
        if self.learning_rate is None:
            raise ValueError(f"{name}: learning_rate must be given: no theory derives one for a network. Use 0.01.")
        if self.optimizer == "accelerated":
            raise ValueError(f'{name}: optimizer="accelerated" is for convex losses. Use "momentum" or "adam".')
        random = generator(name, self.random_state)
        features = self._features("fit", X, first=True)
        labels, learned = self._targets(y, len(features))
        classes = learned["classes_"]
        set_aside = validation_rows(name, self.validation_share, len(labels), random)
        sizes = features.shape[1], hidden, len(classes)

        def objective(rows: Any) -> NetworkObjective:
            return NetworkObjective(features[rows], labels[rows], sizes, activation, l2)

        training = objective(slice(None) if set_aside is None else ~set_aside)
        validation = None if set_aside is None else objective(set_aside)
        plan = plan_of(self, name, EPOCHS, EPOCHS, training.samples, otherwise=("adam", "adam"))
        start = np.zeros((sizes[0] + 1) * sizes[1] + (sizes[1] + 1) * sizes[2])
        for weights in training.parts(start)[::2]:
            reach = math.sqrt(6 / sum(weights.shape))
            weights[...] = random.uniform(-reach, reach, weights.shape)
        outcome = train(training, start, plan, random, validation)

        W, b, V, c = (part.copy() for part in training.parts(outcome.w))
        self.coefs_, self.intercepts_, self.classes_, self.activation_ = [W, V], [b, c], classes, activation
        self.history_, self.n_iter_ = outcome.history, len(outcome.history)
        self.converged_ = outcome.why != "epochs"
        self.loss_ = training.at(outcome.w)[0]
        left = replace(training, l2=0.0).at(outcome.w)[0]
        if not left <= math.log(len(classes)):
            warnings.warn(
                f"{name}: the mean loss is {left:.3g}, more than that of knowing nothing, log {len(classes)} = "
                f"{math.log(len(classes)):.3g}. {training.allowed(plan)}",
                ConvergenceWarning,
                stacklevel=4,
            )
        return self

    def _scores(self, method: str, X: ArrayLike) -> Floats:
        self._check_fitted(method)
        features = self._features(method, X)
        (W, V), (b, c) = self.coefs_, self.intercepts_
        with np.errstate(over="ignore", invalid="ignore"):
            hidden = (tanh if self.activation_ == "tanh" else relu)(features @ W + b)
            scores: Floats = hidden @ V + c
        return scores

    def decision_function(self, X: ArrayLike) -> Floats:
        """The scores (logits): shape (samples, classes); for two classes the logit of the second, shape (samples,)."""
        z = self._scores("decision_function", X)
        return z[:, 1] - z[:, 0] if z.shape[1] == 2 else z

    def predict_proba(self, X: ArrayLike) -> Floats:
        """The probabilities of the classes: shape (samples, classes), in the order of `classes_`."""
        probabilities: Floats = softmax(self._scores("predict_proba", X), axis=1)
        return probabilities

    def summary(self) -> str:
        """The layers as a table: their output shapes and how many numbers they learn."""
        self._check_fitted("summary")
        (W, V), (b, c) = self.coefs_, self.intercepts_
        return summary(
            self,
            [
                Layer(f"dense ({self.activation_})", W.shape[1], W.size, b.size),
                Layer("dense (softmax)", V.shape[1], V.size, c.size),
            ],
        )
