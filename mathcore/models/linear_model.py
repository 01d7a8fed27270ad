"""What the three regressions share: scores are X w plus a bias, and only the loss of a score differs.

Loss and gradient of the scores are numeric's; the gradient of the weights is X' times them, as the cards derive it. The bias
is the weight of one more feature that is always 1.
"""

from __future__ import annotations

import inspect
import math
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from .estimator import Estimator, as_array, sample_weights
from .linear_objective import AS_THEY_ARE, LinearObjective, root_mean_square, standard_units
from .plan import BATCHED, FULL, LARGEST, Plan, generator, one_of, plan_of, real_value, validation_rows
from .summary import Layer, summary
from .trainer import ConvergenceWarning, Outcome, SeparableWarning, nearly, train

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from .history import History

    Floats = NDArray[np.float64]

ADAM = 0.001  # its usual learning rate: no theory gives one from the data


class LinearModel(Estimator):
    """Parameters and training of the three regressions.

    Parameters
    ----------
    optimizer : {None, "accelerated", "gradient_descent", "momentum", "adam"}
        Whose steps to take. None: accelerated on all samples at once, Adam on mini-batches.

        "accelerated" is Nesterov's method. If it derives its rate, it works with features measured from their means in
        standard deviations: the same loss of the same model, so that neither offsets nor sizes of features slow it down; the
        weights are given back for the features as they came. All others take their steps with the features as they are.
    learning_rate : float, optional
        None derives it: 1/L, L the largest curvature of the loss; on mini-batches 1/(2 L), L their expected smoothness, with
        momentum times 1 - momentum; 0.001 for Adam.
    momentum : float
        The share of the velocity that "momentum" keeps.
    batch_size : int, optional
        Samples in a batch; None takes all of them at once. Every sample comes once an epoch, in an order drawn anew; the
        last batch may be smaller.
    epochs : int, optional
        At most so many passes; None means 10000 on all samples, 100 on mini-batches.
    l2 : float
        Adds l2 / 2 times the sum of the squared weights, without the bias, to the mean loss.
    tolerance : float, optional
        On all samples: stop where no feature goes along with the errors by more than this share of what it could at the start
        (where every gradient is at most tolerance times the root mean squares of its feature and of an error). None means
        1e-11 for numbers and 1e-7 for classes: the loss is then within 1e-6 of the optimum where there is an `l2`, and linear
        weights within 1e-8 of least squares. On mini-batches, or with a validation share: an epoch that lowers the loss by
        less than this share of it is no progress; None means 1e-4.
    patience : int
        Stop after so many epochs without progress (mini-batches or a validation share only).
    validation_share : float
        The share of samples to set aside; the weights of the epoch with the least loss on them are kept. 0 sets none aside.
    fit_intercept : bool
        Whether there is a bias.
    random_state : None, int, numpy.random.Generator or numpy.random.RandomState
        Seeds the orders and the choice of samples to set aside.
    verbose : {0, 1, 2}
        Nothing, a progress bar, or a line an epoch.

    Attributes
    ----------
    coef_ : numpy.ndarray
        The weights: of shape (features,) for numbers, (1, features) for two classes, else (classes, features).
    intercept_ : float or numpy.ndarray
        The bias: one number, or one for each row of `coef_`; 0 without `fit_intercept`.
    classes_ : numpy.ndarray
        The classes in order (classifiers only).
    n_features_in_ : int
    feature_names_in_ : numpy.ndarray of str
        The names of the columns, if X was a data frame.
    n_iter_ : int
        How many epochs it took.
    converged_ : bool
        Whether it ended before the epochs were over.
    loss_ : float
        The mean loss of the training samples plus the penalty, at these weights.
    history_ : History
        What happened, epoch by epoch.
    """

    coef_: Floats
    intercept_: Any
    history_: History
    n_iter_: int
    converged_: bool
    loss_: float

    def __init__(
        self,
        *,
        optimizer: str | None = None,
        learning_rate: float | None = None,
        momentum: float = 0.9,
        batch_size: int | None = None,
        epochs: int | None = None,
        l2: float = 0.0,
        tolerance: float | None = None,
        patience: int = 10,
        validation_share: float = 0.0,
        fit_intercept: bool = True,
        random_state: Any = None,
        verbose: int = 0,
    ) -> None:
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.batch_size = batch_size
        self.epochs = epochs
        self.l2 = l2
        self.tolerance = tolerance
        self.patience = patience
        self.validation_share = validation_share
        self.fit_intercept = fit_intercept
        self.random_state = random_state
        self.verbose = verbose

    def __init_subclass__(cls, **more: Any) -> None:
        """Parameters and attributes are written once, above, and stand in the documentation of every regression."""
        super().__init_subclass__(**more)
        if cls.__doc__ and LinearModel.__doc__:
            own, shared = inspect.cleandoc(cls.__doc__), inspect.cleandoc(LinearModel.__doc__)
            shared = shared[shared.index("Parameters\n") :]
            before, found, examples = own.partition("Examples\n")
            cls.__doc__ = f"{before.rstrip()}\n\n{shared}\n\n{found}{examples}".rstrip() + "\n"

    # what the regressions differ in --------------------------------------------------------------------------------

    bend: float
    close: float  # the default tolerance
    output: str  # the activation, for the summary
    labels: type = np.float64  # what the loss takes

    def _outputs(self, targets: NDArray[Any], learned: dict[str, Any]) -> tuple[int, ...]:
        """The shape of the scores of one sample."""
        return ()

    def _unit(self, targets: NDArray[Any], weight: Floats | None) -> tuple[float, float]:
        """The loss of knowing nothing, and the size of an error of the scores there."""
        raise NotImplementedError  # abstract: each loss has its own unit

    def _loss(self, t: NDArray[Any], z: Floats, weight: Floats | None = None) -> tuple[float, Floats, float]:
        raise NotImplementedError  # abstract: each regression has its own loss

    def _keep(self, weights: Floats, bias: Any) -> None:
        """Set coef_ and intercept_."""
        raise NotImplementedError  # abstract: their shapes differ

    # training ------------------------------------------------------------------------------------------------------

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Learn from samples X (rows) and what belongs to them, y.

        A fit that fails, or is interrupted (Ctrl-C), leaves the model as it was.

        Parameters
        ----------
        X : array_like
            Of shape (samples, features).
        y : array_like
            One number or label a sample.
        sample_weight : array_like, optional
            How much each sample counts, >= 0: a sample of weight 2 is learned from as two samples are, one of weight 0 as
            none. The loss is the mean weighed so, whence a common factor changes nothing. None means that all count alike.

        Raises
        ------
        ValueError, TypeError
            If X, y or a weight is not as it should be, or a parameter is out of its range.
        DivergenceError
            If the loss grows without bound.

        Warns
        -----
        SeparableWarning
            If without `l2` the weights separate the classes, so that there is no finite optimum.
        ConvergenceWarning
            If the epochs were over before the tolerance was reached.
        """
        return self._learn(X, y, sample_weight)

    def _fit(self, name: str, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None) -> Self:
        l2 = real_value(name, "l2", self.l2, 0, LARGEST, "Use 0 for no penalty.")
        bias = one_of(name, "fit_intercept", self.fit_intercept, (True, False))
        random = generator(name, self.random_state)
        features = self._features("fit", X, first=True)
        weight = sample_weights(name, sample_weight, len(features))
        if weight is not None and not weight.all():
            counts, rows = weight > 0, as_array(name, y, "y")
            if rows.ndim and len(rows) == len(features):  # if not, the check of y says so
                features, y, weight = features[counts], rows[counts], weight[counts]
        targets, learned = self._targets(y, len(features))
        targets = targets.astype(self.labels, copy=False)
        outputs = self._outputs(targets, learned)
        set_aside = validation_rows(name, self.validation_share, len(targets), random)
        samples = len(targets) if set_aside is None else int(np.count_nonzero(~set_aside))
        plan = plan_of(self, name, FULL, BATCHED, samples, close=self.close)

        units = AS_THEY_ARE
        if plan.optimizer == "accelerated" and plan.learning_rate < 0:
            units = standard_units(features, bias, math.sqrt(l2) / math.sqrt(self.bend), weight)  # l2 / bend may overflow
        design = units.of(features, bias)
        start = np.zeros((design.shape[1], *outputs))
        column = (-1,) + (1,) * len(outputs)
        decay = None
        if l2:
            decay = np.append(np.full(features.shape[1], l2 / units.deviation / units.deviation), [0.0] * bias).reshape(column)

        def objective(rows: Any) -> LinearObjective:
            x, t = design[rows], targets[rows]
            share = None if weight is None else weight[rows] / weight[rows].mean()
            unit, error = self._unit(t, share)
            sizes = (root_mean_square(x, share) * error).reshape(column)
            return LinearObjective(self._loss, x, t, decay, self.bend, unit, sizes, self._separates, share)

        training = objective(slice(None) if set_aside is None else ~set_aside)
        validation = None if set_aside is None else objective(set_aside)
        if plan.learning_rate < 0:
            plan = replace(plan, learning_rate=self._rate(name, training, plan))
        outcome = train(training, start, plan, random, validation)

        weights, constant = units.back(outcome.w, bias)
        if not (np.isfinite(weights).all() and np.isfinite(constant).all()):
            raise ValueError(
                f"{name}: the weights leave the range of floats, because features are very small beside what is learned. "
                "Measure them in a smaller unit."
            )
        vars(self).update(learned)
        self._keep(weights, constant)
        self.history_, self.n_iter_ = outcome.history, len(outcome.history)
        self.loss_, gradient, right = training.at(outcome.w)
        self.converged_ = outcome.why != "epochs"
        apart = False
        if nearly(right, samples) and not l2:
            plain = AS_THEY_ARE.of(features if set_aside is None else features[~set_aside], bias)
            whole = np.concatenate((weights, np.reshape(constant, (1, *outputs))[:bias]))
            apart = self._separates(plain, training.t, whole)
        self._warn(name, training, outcome, plan, gradient, apart)
        return self

    def _rate(self, name: str, objective: LinearObjective, plan: Plan) -> float:
        """The learning rate that these data allow."""
        if plan.optimizer == "adam":
            return ADAM
        size = plan.batch_size
        curvature = objective.largest() if size is None else 2 * objective.largest_expected(size)
        rate = 1 / curvature if curvature else 1.0
        if not (0 < rate < math.inf and curvature < math.inf):
            raise ValueError(
                f"{name}: the features are so large or so small ({float(np.abs(objective.X).max()):.3g}) that their squares "
                "leave the range of floats. Standardise them: subtract the mean, divide by the standard deviation."
            )
        return rate * (1 - plan.momentum) if plan.optimizer == "momentum" and size is not None else rate

    def _warn(self, name: str, objective: LinearObjective, outcome: Outcome, plan: Plan, gradient: Floats, apart: bool) -> None:
        history = outcome.history
        if apart:
            warnings.warn(
                f"{name}: these weights separate the classes without an error, so there is no finite optimum: longer weights "
                f"always lower the loss, towards 0. What is returned is where training ended, after {len(history)} epochs. Set "
                "l2 above 0 for an optimum.",
                SeparableWarning,
                stacklevel=5,
            )
        elif outcome.why == "separated" or (outcome.why == "epochs" and plan.batch_size is None and not self.validation_share):
            remedy = "Allow more epochs, or a larger tolerance."
            sizes = objective.sizes[objective.sizes > 0]
            if sizes.size and sizes.max() > 100 * sizes.min():
                factor = sizes.max() / sizes.min()
                remedy = (
                    f"The features differ in size by a factor of {factor:.1g}: standardise them, or leave optimizer and "
                    "learning_rate at None."
                )
            if not history.loss[-1] <= history.loss[0]:
                remedy = f"The loss rose from {history.loss[0]:.3g} to {history.loss[-1]:.3g}. {objective.allowed(plan)}"
            share = np.nanmax(np.abs(gradient) / objective.sizes)
            warnings.warn(
                f"{name}: after {len(history)} epochs the gradient is {share:.1e} of its scale, above the tolerance "
                f"{plan.tolerance:.1e}. {remedy}",
                ConvergenceWarning,
                stacklevel=5,
            )

    def _separates(self, X: Floats, t: NDArray[Any], w: Floats) -> bool:
        return False

    # scores ----------------------------------------------------------------------------------------------------------

    def _scores(self, method: str, X: ArrayLike) -> Floats:
        """X w plus the bias."""
        self._check_fitted(method)
        features = self._features(method, X)
        with np.errstate(over="ignore", invalid="ignore"):
            scores: Floats = features @ self.coef_.T + self.intercept_
        return scores

    def summary(self) -> str:
        """The layers as a table: their output shapes and how many numbers they learn."""
        self._check_fitted("summary")
        shape = self.coef_.shape[0] if self.coef_.ndim == 2 else 1
        return summary(self, [Layer(f"dense ({self.output})", shape, self.coef_.size, shape if self.fit_intercept else 0)])


def counted(right: NDArray[np.bool_], weight: Floats | None) -> float:
    """How many samples are right, each counted by its weight."""
    return int(np.count_nonzero(right)) if weight is None else float(np.vdot(right, weight))
