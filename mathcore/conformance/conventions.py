"""Other readings of a formula that a card accepts: recognised, reported, and no failure.

A card names them in its accuracy fence (`conventions  clipping; velocity sign`). What a card does not name is judged as
the formula stands, and the slip is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mathcore.conformance.subject import Broken, Subject, resolve
from mathcore.strategies.declared import Draw
from mathcore.translation import N_

THRESHOLD = 20.0  # beyond it torch's softplus is its argument
LEAST_LOG = -100.0  # torch's binary crossentropy lets no logarithm be smaller
CLOSE = 1e-9


def accepted(tested: Subject, values: Draw, dtype: str, output: np.ndarray) -> str:
    """The accepted convention by which this result is right; empty if there is none."""
    names = tested.card.accuracy.accepted
    if "nan for masks" in names and _nan_for_masks(tested, values, output):
        return "nan for masks"
    for name, results in (
        (N_("threshold"), _thresholds),
        (N_("clipping"), _clipped),
        (N_("renormalised"), _renormalised),
        ("least length", _lengthened),
    ):
        rtol = 0.0 if name == "renormalised" else CLOSE
        atol = float(np.finfo(dtype).eps) if name == "clipping" else 0.0  # 1 - p is rounded
        if name in names and any(_same(other, output, dtype, rtol, atol) for other in results(tested, values, dtype)):
            return name
    if (
        "renormalised" in names
        and any(p.type.domain == "simplex" for p in tested.parameters)
        and _nearly_renormalised(tested, values, dtype, output)
    ):
        return "renormalised"
    return ""


def _same(one: np.ndarray, other: np.ndarray, dtype: str, rtol: float, atol: float = 0.0) -> bool:
    rtol = max(rtol, 16 * float(np.finfo(dtype).eps))
    with np.errstate(all="ignore"):
        return one.shape == other.shape and bool(np.allclose(one, other.astype(np.float64), rtol=rtol, atol=atol, equal_nan=True))


def _nan_for_masks(tested: Subject, values: Draw, output: np.ndarray) -> bool:
    """Whether all is nan because a masked score meets a label of 0: 0 times -inf."""
    return any(np.isneginf(v).any() for v in values.values() if isinstance(v, np.ndarray)) and bool(np.isnan(output).all())


def _renormalised(tested: Subject, values: Draw, dtype: str) -> Iterator[np.ndarray]:
    """Probabilities divided by their sum, which is rounded and need not be 1."""
    rows = [p for p in tested.parameters if p.type.domain == "simplex"]
    if not tested.card.numeric:
        return
    divided = {p: values[p].astype(np.float64) / values[p].astype(np.float64).sum() for p in rows}
    own = replace(resolve(tested.card.numeric, tested.card), options={"validate": False})
    try:
        yield own.call({**values, **divided})
    except Broken:
        return


def _nearly_renormalised(tested: Subject, values: Draw, dtype: str, output: np.ndarray) -> bool:
    """The same of a function that does divide by the sum, known by half the probabilities: its sum of n is off by n u at most.

    A sum that is off by a part d changes a mean surprisal by d, however small the mean is.
    """
    rows = [p for p in tested.parameters if p.type.domain == "simplex"]
    try:
        halved = tested.call({**values, **{p: values[p] / 2 for p in rows}})
    except Broken:
        return False
    if not _same(halved, output, dtype, 0.0):
        return False
    room = len(rows) * max(np.size(values[p]) for p in rows) * float(np.finfo(dtype).eps)
    return any(_same(other, output, dtype, 0.0, room) for other in _renormalised(tested, values, dtype))


def _lengthened(tested: Subject, values: Draw, dtype: str) -> Iterator[np.ndarray]:
    """Lengths, or their product, that are at least a small number, against a division by 0."""
    if len(tested.parameters) != 2 or len({p.type.shape for p in tested.parameters}) > 1:
        return
    v, w = (np.asarray(values[p], dtype=np.float64) for p in tested.parameters)
    with np.errstate(all="ignore"):
        one, other = float(np.sqrt(v @ v)), float(np.sqrt(w @ w))
        for least in (1e-6, 1e-8, 1e-12, 1e-16):
            yield np.asarray((v @ w) / max(one * other, least))
            yield np.asarray((v @ w) / (max(one, least) * max(other, least)))


def _thresholds(tested: Subject, values: Draw, dtype: str) -> Iterator[np.ndarray]:
    x, *others = tested.parameters
    if not others and not x.type.shape and values[x] > THRESHOLD:
        yield np.asarray(values[x], dtype=np.float64)


def _clipped(tested: Subject, values: Draw, dtype: str) -> Iterator[np.ndarray]:
    """The predictions, the last of the probabilities, kept away from 0 and 1 by about a float; or their logarithms from -100."""
    parts = [p for p in tested.parameters if p.type.domain in ("simplex", "unit")]
    if not tested.card.numeric or len(parts) < 2:
        return
    own = replace(resolve(tested.card.numeric, tested.card), options={"validate": False})
    label, prediction = parts[-2:]
    eps = float(np.finfo(dtype).eps)
    if prediction.type.domain == "unit":
        yes, no = (own.call({**values, label: values[label].dtype.type(t)}).astype(np.float64) for t in (1, 0))
        for least in (eps, eps / 2, float(np.finfo("float64").eps), float(np.finfo(dtype).tiny), float(np.exp(LEAST_LOG))):
            most = -np.log(least)  # of each of the two logarithms by itself
            yield values[label] * np.minimum(yes, most) + (1 - values[label]) * np.minimum(no, most)
    for least in (eps, eps / 2, float(np.finfo(dtype).tiny), float(np.exp(LEAST_LOG))):
        for most in (1 - eps, 1 - eps / 2, 1.0):
            changed = np.clip(np.asarray(values[prediction], dtype=np.float64), least, most)
            try:
                yield own.call({**values, prediction: changed if changed.ndim else changed[()]}).astype(np.float64)
            except Broken:
                continue
