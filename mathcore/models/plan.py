"""How to train: the parameters of a model, checked, and what follows from them."""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPTIMIZERS = ("accelerated", "gradient_descent", "momentum", "adam")
FULL, BATCHED = 10_000, 100  # epochs, unless they are given: a step on all samples is one epoch
PROGRESS = 1e-4  # of the loss: what an epoch must gain, unless a tolerance is given
LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True)
class Plan:
    """How to train; every value has been checked, and what was left open has been derived."""

    name: str
    optimizer: str
    learning_rate: float
    momentum: float
    batch_size: int | None
    epochs: int
    tolerance: float  # of the gradient, as a share of its scale
    progress: float  # the share of the loss that an epoch must gain
    patience: int
    verbose: int


def validation_rows(name: str, share: Any, samples: int, random: np.random.Generator) -> NDArray[np.bool_] | None:
    """Which samples are set aside; None if none are."""
    part = real_value(name, "validation_share", share, 0, 1, "Use 0.2 to set a fifth of the samples aside.")
    if part == 0:
        return None
    count = round(part * samples)
    if not 0 < count < samples:
        left = "validation" if count == 0 else "training"
        raise ValueError(
            f"{name}: validation_share={share!r} of {samples} samples leaves none for {left}. Pass more samples or another share."
        )
    chosen = np.zeros(samples, bool)
    chosen[random.permutation(samples)[:count]] = True
    return chosen


def plan_of(
    model: Any,
    name: str,
    full: int,
    batched: int,
    samples: int,
    otherwise: tuple[str, str] = ("accelerated", "adam"),
    close: float = PROGRESS,
) -> Plan:
    """The parameters of a model, checked; `otherwise` is the optimizer on all samples and on mini-batches.

    A learning rate that is to be derived is -1.
    """
    size = model.batch_size
    if size is not None:
        size = whole_number(name, "batch_size", size, 1, "Use 32, or None for all samples at once.")
        if size >= samples:
            size = None  # one batch of all samples
    optimizer = one_of(name, "optimizer", model.optimizer, (None, *OPTIMIZERS))
    if optimizer is None:
        optimizer = otherwise[size is not None]
    if optimizer == "accelerated" and size is not None:
        raise ValueError(
            f'{name}: optimizer="accelerated" takes all samples at once: it would amplify the noise of batches of {size}. '
            'Use "momentum" or "adam", or batch_size=None.'
        )
    rate = model.learning_rate
    if rate is not None:
        rate = real_value(name, "learning_rate", rate, 0, math.inf, "Use None to have it derived, or 0.1.", strictly=True)
    epochs = model.epochs
    if epochs is not None:
        epochs = whole_number(name, "epochs", epochs, 1, "Use None for the default.")
    tolerance = model.tolerance
    if tolerance is not None:
        tolerance = real_value(name, "tolerance", tolerance, 0, 1, "Use 1e-6, or 0 to use all epochs.")
    return Plan(
        name=name,
        optimizer=optimizer,
        learning_rate=-1.0 if rate is None else rate,
        momentum=real_value(name, "momentum", model.momentum, 0, 1, "Use 0.9."),
        batch_size=size,
        epochs=epochs or (full if size is None else batched),
        tolerance=close if tolerance is None else tolerance,
        progress=PROGRESS if tolerance is None else tolerance,
        patience=whole_number(name, "patience", model.patience, 1, "Use 10."),
        verbose=one_of(name, "verbose", int(model.verbose) if isinstance(model.verbose, bool) else model.verbose, (0, 1, 2)),
    )


def whole_number(name: str, argument: str, value: Any, least: int, remedy: str) -> int:
    """An integer from `least`."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name}: {argument} must be an integer, got {value!r}. {remedy}")
    if value < least:
        raise ValueError(f"{name}: {argument} must be at least {least}, got {value}. {remedy}")
    return int(value)


def real_value(name: str, argument: str, value: Any, low: float, high: float, remedy: str, *, strictly: bool = False) -> float:
    """A number from `low` to `high`, or strictly between them."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name}: {argument} must be a number, got {value!r}. {remedy}")
    number = float(value)
    if not (low < number < high if strictly else low <= number <= high):
        kind = "strictly between" if strictly else "between"
        wanted = "positive and finite" if (low, high) == (0, math.inf) and strictly else f"{kind} {low:g} and {high:g}"
        raise ValueError(f"{name}: {argument} must be {wanted}, got {value!r}. {remedy}")
    return number


def one_of(name: str, argument: str, value: Any, choices: tuple[Any, ...]) -> Any:
    """One of the choices; NumPy's booleans, as a grid of them holds, are booleans."""
    value = bool(value) if isinstance(value, np.bool_) else value
    if not any(value is c or (type(value) is type(c) and value == c) for c in choices):
        raise ValueError(f"{name}: {argument} must be one of {', '.join(map(repr, choices))}, got {value!r}.")
    return value


def generator(name: str, random_state: Any) -> np.random.Generator:
    """A generator from None, a seed, or a generator of either of NumPy's kinds."""
    if isinstance(random_state, np.random.RandomState):
        return np.random.default_rng(random_state.randint(2**31 - 1))
    try:
        return np.random.default_rng(random_state)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: random_state must be None, an integer >= 0 or a generator, got {random_state!r}.") from error
