"""One trainer for every loss: epochs, batches, an optimiser's steps, when to stop and how to tell that it went wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from mathcore.numeric.adam_step import adam_step
from mathcore.numeric.gradient_descent import gradient_descent_step
from mathcore.numeric.momentum_step import momentum_step

from .history import History
from .plan import OPTIMIZERS, Plan
from .progress import progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEPARATED = 1e-3  # of the loss of knowing nothing: where training ends for which there is no optimum
SHARES, EPSILON = (0.9, 0.999), 1e-8  # of Adam, as of adam_step
GROWN = 1e6  # a loss so many times the loss of knowing nothing has diverged


class ConvergenceWarning(UserWarning):
    """Training ended before the tolerance was reached."""


class SeparableWarning(ConvergenceWarning):
    """The classes are separated without an error, so that longer weights are always better: there is no finite optimum."""


class DivergenceError(ArithmeticError):
    """The loss grew without bound; the message says which learning rate these data allow."""


class Objective(Protocol):
    """What is minimised, as a function of one array of weights."""

    @property
    def samples(self) -> int:
        """How many there are."""

    @property
    def unit(self) -> float:
        """The loss of knowing nothing, for comparison."""

    def at(self, w: Floats) -> tuple[float, Floats, float]:
        """Loss, gradient, and how many samples are classified rightly, by their weights (-1 if none are classified)."""

    def shuffled(self, order: NDArray[np.intp], size: int) -> Sequence[Objective]:
        """The same for the batches of `size` samples, taken in this order."""

    def scale(self) -> Floats:
        """How large each entry of a gradient is that is not small: the unit of the tolerance."""

    def separated(self, w: Floats) -> bool:
        """Whether nothing but longer weights would lower the loss, because `w` separates the classes without an error."""

    def allowed(self, plan: Plan) -> str:
        """Which learning rates these data allow, in a sentence for someone whose training diverged."""


@dataclass(frozen=True)
class Outcome:
    """Where training ended."""

    w: Floats
    history: History
    why: str  # "tolerance", "separated", "patience" or "epochs"


# steps: numeric's
# ----------------------------------------------------------------------------------------------------------------


class GradientDescent:
    """w - rate gradient."""

    def __init__(self, w: Floats, plan: Plan) -> None:
        self.rate, self.share = plan.learning_rate, plan.momentum

    def ahead(self, w: Floats) -> Floats:
        """Where the gradient is taken."""
        return w

    def step(self, w: Floats, ahead: Floats, gradient: Floats) -> Floats:
        """The weights after a step from `w` with the gradient at `ahead`."""
        after: Floats = gradient_descent_step(w, gradient, self.rate)
        return after


class Momentum(GradientDescent):
    """A velocity that keeps a share of itself."""

    def __init__(self, w: Floats, plan: Plan) -> None:
        super().__init__(w, plan)
        self.velocity = np.zeros_like(w)

    def step(self, w: Floats, ahead: Floats, gradient: Floats) -> Floats:
        after: Floats
        after, self.velocity = momentum_step(w, gradient, self.velocity, self.rate, self.share)
        return after


class Adam(GradientDescent):
    """Steps of about the learning rate, whatever the size of the gradient."""

    def __init__(self, w: Floats, plan: Plan) -> None:
        super().__init__(w, plan)
        self.m, self.v, self.count = np.zeros_like(w), np.zeros_like(w), 0

    def step(self, w: Floats, ahead: Floats, gradient: Floats) -> Floats:
        self.count += 1
        after: Floats
        after, self.m, self.v = adam_step(w, gradient, self.m, self.v, self.count, self.rate, *SHARES, EPSILON)
        return after


class Accelerated(GradientDescent):
    """Nesterov's method: gradient descent from the point where the last step leads on, the momentum growing from 0.

    Step t keeps the share (s_t - 1) / s_{t+1} of the last one, s_{t+1} = (1 + sqrt(1 + 4 s_t^2)) / 2 (Nesterov 1983). Where
    the momentum carries uphill it begins again (O'Donoghue, Candès 2015, the gradient scheme): then no strong convexity has
    to be known.
    """

    def __init__(self, w: Floats, plan: Plan) -> None:
        super().__init__(w, plan)
        self.moved = self.nothing = np.zeros_like(w)
        self.s = 1.0

    def ahead(self, w: Floats) -> Floats:
        following = (1 + math.sqrt(1 + 4 * self.s * self.s)) / 2
        lead = self.moved * ((self.s - 1) / following)
        lead += w
        self.s = following
        return lead

    def step(self, w: Floats, ahead: Floats, gradient: Floats) -> Floats:
        after = super().step(ahead, ahead, gradient)
        self.moved = after - w
        if np.vdot(gradient, self.moved) > 0:
            self.s, self.moved = 1.0, self.nothing
        return after


STEPS: dict[str, type[GradientDescent]] = dict(zip(OPTIMIZERS, (Accelerated, GradientDescent, Momentum, Adam), strict=True))


# training -------------------------------------------------------------------------------------------------------


def train(
    objective: Objective,
    start: Floats,
    plan: Plan,
    random: np.random.Generator,
    validation: Objective | None = None,
) -> Outcome:
    """Weights that make the objective small, from `start`, as the plan says.

    With all samples in one batch it ends where the gradient is 0 but for the tolerance, or where the classes are separated,
    no penalty keeps the weights short and the loss is a thousandth of that of knowing nothing; with mini-batches, or a
    validation objective, also where the loss has made no progress for `patience` epochs. With a
    validation objective the weights returned are those of the epoch that was best at it.

    Raises
    ------
    DivergenceError
        If the loss leaves the range of floats or grows a million times above that of knowing nothing.
    """
    with progress(plan.verbose) as shown:
        return _train(objective, start, plan, random, validation, shown.epoch if plan.verbose else None)


def _train(
    objective: Objective,
    start: Floats,
    plan: Plan,
    random: np.random.Generator,
    validation: Objective | None,
    show: Callable[[int, int, int, dict[str, float]], None] | None,
) -> Outcome:
    w = start
    optimiser = STEPS[plan.optimizer](w, plan)
    samples = objective.samples
    whole = plan.batch_size is None or plan.batch_size >= samples
    batches = 1 if whole else -(-samples // (plan.batch_size or 1))
    parts: Sequence[Objective] = [objective]
    limit = objective.scale() * plan.tolerance
    reach = float(np.sum(np.square(limit))) * start.size / limit.size  # of a gradient within the limit, squared
    losses, rights, steps, others = [], [], [], []
    best, best_w, waited, why = math.inf, w, 0, "epochs"
    for epoch in range(1, plan.epochs + 1):
        if not whole:
            parts = objective.shuffled(random.permutation(samples), plan.batch_size or 1)
        loss, right = 0.0, 0.0
        for part in parts:
            ahead = optimiser.ahead(w)
            value, gradient, found = part.at(ahead)
            if whole and np.vdot(gradient, gradient) <= reach and (np.abs(gradient) <= limit).all():
                w, last, why = ahead, w, "tolerance"
            elif whole and nearly(found, samples) and value < SEPARATED * objective.unit and objective.separated(ahead):
                w, last, why = ahead, w, "separated"
            else:
                w, last = optimiser.step(w, ahead, gradient), w
            loss += value if whole else value * (part.samples / samples)
            right += found
        step = w - last
        losses.append(loss)
        rights.append(right)
        steps.append(math.sqrt(np.vdot(step, step)))
        if not loss <= GROWN * objective.unit:
            _diverged(objective, plan, epoch, losses)
        if validation is not None:
            other, _, found = validation.at(w)
            others.append((other, found / validation.samples))
        if show is not None:
            measures = {"loss": loss} | ({"accuracy": right / samples} if right >= 0 else {})
            if validation is not None:
                measures |= {"val_loss": other} | ({"val_accuracy": found / validation.samples} if found >= 0 else {})
            show(epoch, plan.epochs, batches, measures)
        if why != "epochs":
            break
        if validation is not None or not whole:
            judged = loss if validation is None else other
            if judged < best - plan.progress * abs(best) or best == math.inf:
                best, best_w, waited = judged, w, 0
            else:
                waited += 1
                if waited >= plan.patience:
                    why = "patience"
                    break
    if validation is not None and why in ("patience", "epochs"):
        w = best_w
    return Outcome(w, _history(plan, samples, losses, rights, steps, others), why)


def nearly(found: float, samples: int) -> bool:
    """Whether the weights of the samples found make up that of all, but for the rounding of their sum."""
    return found >= samples * (1 - 1e-9)


def _history(plan: Plan, samples: int, losses: Any, rights: Any, steps: Any, others: Any) -> History:
    empty = np.full(len(losses), np.nan)
    measured = bool(rights) and rights[0] >= 0
    accuracy = np.asarray(rights) / samples if measured else empty
    validation = np.asarray(others).T if others else np.array([empty, empty])
    rate = np.full(len(losses), plan.learning_rate)
    return History(losses, accuracy, validation[0], validation[1] if measured else empty, rate, steps)


def _diverged(objective: Objective, plan: Plan, epoch: int, losses: list[float]) -> None:
    raise DivergenceError(
        f"{plan.name}: training diverged: in epoch {epoch} the loss is {losses[-1]:.3g}, after {losses[0]:.3g} in epoch 1. "
        f"{objective.allowed(plan)}"
    )
