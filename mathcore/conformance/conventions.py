"""Other readings of a formula that a card accepts: recognised, reported, and no failure.

A card names them in its accuracy fence (`conventions  clipping; velocity sign`). What a card does not name is judged as
the formula stands, and the slip is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from mathcore.conformance.subject import Broken, Subject, resolve
from mathcore.strategies.declared import Draw

THRESHOLD = 20.0  # beyond it torch's softplus is its argument
LEAST_LOG = -100.0  # torch's binary crossentropy lets no logarithm be smaller
CLOSE = 1e-9


def accepted(tested: Subject, values: Draw, dtype: str, output: np.ndarray) -> str:
    """The accepted convention by which this result is right; empty if there is none."""
    names = tested.card.accuracy.accepted
    for name, results in (("threshold", _thresholds), ("clipping", _clipped)):
        if name in names and any(_same(other, output, dtype) for other in results(tested, values, dtype)):
            return name
    return ""


def _same(one: np.ndarray, other: np.ndarray, dtype: str) -> bool:
    rtol = max(CLOSE, 16 * float(np.finfo(dtype).eps))
    with np.errstate(all="ignore"):
        return one.shape == other.shape and bool(np.allclose(one, other.astype(np.float64), rtol=rtol, atol=0, equal_nan=True))


def _thresholds(tested: Subject, values: Draw, dtype: str) -> Iterator[np.ndarray]:
    (x,) = tested.parameters
    if values[x] > THRESHOLD:
        yield np.asarray(values[x], dtype=np.float64)


def _clipped(tested: Subject, values: Draw, dtype: str) -> Iterator[np.ndarray]:
    """The predictions, the last of the probabilities, kept away from 0 and 1 by about a float; or their logarithms from -100."""
    own = replace(resolve(tested.card.numeric, tested.card), options={"validate": False})
    prediction = [p for p in tested.parameters if p.type.domain in ("simplex", "unit")][-1]
    eps = float(np.finfo(dtype).eps)
    for least in (eps, eps / 2, float(np.finfo(dtype).tiny), float(np.exp(LEAST_LOG))):
        for most in (1 - eps, 1 - eps / 2, 1.0):
            changed = np.clip(np.asarray(values[prediction], dtype=np.float64), least, most)
            try:
                yield own.call({**values, prediction: changed if changed.ndim else changed[()]}).astype(np.float64)
            except Broken:
                continue


def by_velocity_sign(tested: Subject) -> Subject | None:
    """The function with its velocity counted the other way round, where the card accepts that; exact, as only signs change."""
    if "velocity sign" not in tested.card.accuracy.accepted:
        return None
    place = next(k for k, p in enumerate(tested.parameters) if p.name == "v")
    inner: Callable[..., Any] = tested.function
    turned = tested.card.definition.head.endswith("velocity")

    def other(*arguments: Any, **more: Any) -> Any:
        given = list(arguments)
        given[place] = -given[place]
        result = inner(*given, **more)
        part = result if tested.part is None else result[tested.part]
        return -part if turned else part

    return replace(tested, function=other, part=None)
