"""What the libraries that everybody uses are judged as: SciPy, torch, JAX, optax, scikit-learn, keras, function by function.

A library that is not installed is left out and named. The results are data, with the versions that gave them.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from mathcore.evidence import Report


@dataclass(frozen=True)
class Peer:
    """A function of a library, how it is called, and the card that judges it."""

    library: str
    card: str
    target: str  # MODULE:FUNCTION
    call: str = ""
    backend: str = "numpy"


DISTRIBUTIONS = {"sklearn": "scikit-learn"}


def _scipy() -> Iterator[Peer]:
    for card, name, call in (
        ("softmax", "special:softmax", "f(z, axis=axis)"),
        ("log_softmax", "special:log_softmax", "f(z, axis=axis)"),
        ("logsumexp", "special:logsumexp", "f(z, axis=axis)"),
        ("sigmoid", "special:expit", ""),
        ("log_sigmoid", "special:log_expit", ""),
        ("logit", "special:logit", ""),
        ("entropy", "stats:entropy", "f(p, axis=axis)"),
        ("kl_divergence", "stats:entropy", "f(p, q, axis=axis)"),
    ):
        yield Peer("scipy", card, f"scipy.{name}", call)


def _torch() -> Iterator[Peer]:
    of = "torch.nn.functional:"
    for card, target, call in (
        ("softmax", of + "softmax", "f(z, dim=axis)"),
        ("log_softmax", of + "log_softmax", "f(z, dim=axis)"),
        ("logsumexp", "torch:logsumexp", "f(z, dim=axis)"),
        ("sigmoid", "torch:sigmoid", "f(array(x))"),
        ("log_sigmoid", of + "logsigmoid", "f(array(x))"),
        ("logit", "torch:logit", "f(array(p))"),
        ("softplus", of + "softplus", "f(array(x))"),
        ("silu", of + "silu", "f(array(x))"),
        ("mish", of + "mish", "f(array(x))"),
        ("gelu", of + "gelu", "f(array(x))"),
        ("tanh", "torch:tanh", "f(array(x))"),
        ("relu", of + "relu", "f(array(x))"),
        ("mean_squared_error", of + "mse_loss", "f(y, t)"),
        ("mean_absolute_error", of + "l1_loss", "f(y, t)"),
        ("huber", of + "huber_loss", "f(y, t, delta=float(c), reduction='none')"),
        ("binary_crossentropy", of + "binary_cross_entropy_with_logits", "f(array(z), array(t))"),
        ("sparse_categorical_crossentropy", of + "cross_entropy", "f(z, array(t))"),
        ("categorical_crossentropy", of + "cross_entropy", "f(z, t)"),
        ("cosine_similarity", of + "cosine_similarity", "f(v, w, dim=axis)"),
        ("one_hot", of + "one_hot", "f(array(t), n)"),
    ):
        yield Peer("torch", card, target, call, "torch")


def _jax() -> Iterator[Peer]:
    of = "jax.nn:"
    for card, target, call in (
        ("softmax", of + "softmax", "f(z, axis=axis)"),
        ("log_softmax", of + "log_softmax", "f(z, axis=axis)"),
        ("logsumexp", "jax.scipy.special:logsumexp", "f(z, axis=axis)"),
        ("sigmoid", of + "sigmoid", ""),
        ("log_sigmoid", of + "log_sigmoid", ""),
        ("softplus", of + "softplus", ""),
        ("silu", of + "silu", ""),
        ("mish", of + "mish", ""),
        ("gelu", of + "gelu", "f(x, approximate=False)"),
        ("tanh", "jax.numpy:tanh", ""),
        ("relu", of + "relu", ""),
        ("logit", "jax.scipy.special:logit", ""),
        ("one_hot", of + "one_hot", "f(t, n)"),
    ):
        yield Peer("jax", card, target, call, "jax")
    for card, target, call in (
        ("sparse_categorical_crossentropy", "optax:softmax_cross_entropy_with_integer_labels", "f(z, t)"),
        ("categorical_crossentropy", "optax:softmax_cross_entropy", "f(z, t)"),
        ("binary_crossentropy", "optax:sigmoid_binary_cross_entropy", "f(z, t)"),
        ("cosine_similarity", "optax:cosine_similarity", "f(v, w)"),
    ):
        yield Peer("optax", card, target, call, "jax")


def _sklearn() -> Iterator[Peer]:
    for card, target in (
        ("mean_squared_error", "sklearn.metrics:mean_squared_error"),
        ("mean_absolute_error", "sklearn.metrics:mean_absolute_error"),
    ):
        yield Peer("sklearn", card, target, "f(t, y)")


def _keras() -> Iterator[Peer]:
    for card, name, call in (
        ("softmax", "softmax", "f(z, axis=axis)"),
        ("log_softmax", "log_softmax", "f(z, axis=axis)"),
        ("logsumexp", "logsumexp", "f(z, axis=axis)"),
        ("sigmoid", "sigmoid", ""),
        ("softplus", "softplus", ""),
        ("silu", "silu", ""),
        ("relu", "relu", ""),
        ("gelu", "gelu", "f(x, approximate=False)"),
    ):
        yield Peer("keras", card, f"keras.ops:{name}", call)


LIBRARIES: dict[str, Callable[[], Iterator[Peer]]] = {
    "scipy": _scipy, "torch": _torch, "jax": _jax, "sklearn": _sklearn, "keras": _keras,
}  # fmt: skip


def installed(library: str) -> str:
    """Its version; empty if it is not installed."""
    try:
        return version(DISTRIBUTIONS.get(library, library))
    except PackageNotFoundError:
        return ""


def peers(libraries: tuple[str, ...] = ()) -> tuple[Peer, ...]:
    """The functions of the libraries that are installed; raises ValueError for one that is not known."""
    for name in libraries:
        if name not in LIBRARIES:
            raise ValueError(f"peers: {name!r} is no library that is compared: choose of {', '.join(LIBRARIES)}")
    chosen = libraries or tuple(LIBRARIES)
    return tuple(peer for name in chosen for peer in LIBRARIES[name]() if installed(peer.library))


def judged(peer: Peer) -> Report:
    """The report on one function, made in a process of its own."""
    from mathcore.conformance.accuracy import SEED
    from mathcore.conformance.contained import contained

    return contained(peer.target, peer.card, call=peer.call, backend=peer.backend, seed=SEED)


def data(reports: dict[Peer, Report]) -> dict[str, Any]:
    """The results with the versions that gave them, for a file and for the page that is made of it."""
    found = []
    for peer, report in reports.items():
        largest = {c.name: c.figures.get("max") for c in report.checks if c.kind == "accuracy" and c.figures}
        found.append({
            "library": peer.library, "card": peer.card, "function": peer.target.replace(":", "."), "grade": str(report.grade),
            "findings": [finding.shown for finding in report.findings],
            "told": {str(c.name): c.detail for c in report.checks if c.standing},
            "beyond": {c.name: c.figures["beyond"] for c in report.checks if c.figures.get("beyond")},
            "outputs": {c.name: c.figures["outputs"] for c in report.checks if "outputs" in c.figures},
            "largest": largest,
        })  # fmt: skip
    libraries = sorted({peer.library for peer in reports})
    versions = {"python": platform.python_version(), "numpy": version("numpy")} | {n: installed(n) for n in libraries}
    return {"versions": versions, "machine": platform.machine(), "functions": found}
